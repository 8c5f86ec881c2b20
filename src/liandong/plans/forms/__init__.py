"""Input of the pages of plans."""

from liandong.plans.forms.condition import ClauseForm
from liandong.plans.forms.document import KINDS, GroupForm, HeadForm, PeriodForm, SourcesForm
from liandong.plans.forms.figures import FiguresForm
from liandong.plans.forms.level import LevelForm
from liandong.plans.forms.manuscript import DiscardForm, OpenManuscriptForm
from liandong.plans.forms.place import PlaceForm, stands_at
from liandong.plans.forms.plan import (
    DRAFT,
    IN_FORCE,
    AdoptDraftForm,
    AdoptLibraryForm,
    FactField,
    ImportWordForm,
    WhatIfForm,
)
from liandong.plans.forms.step import ReplacementForm, StepForm

__all__ = [
    "DRAFT",
    "IN_FORCE",
    "KINDS",
    "AdoptDraftForm",
    "AdoptLibraryForm",
    "ClauseForm",
    "DiscardForm",
    "FactField",
    "FiguresForm",
    "GroupForm",
    "HeadForm",
    "ImportWordForm",
    "LevelForm",
    "OpenManuscriptForm",
    "PeriodForm",
    "PlaceForm",
    "ReplacementForm",
    "SourcesForm",
    "StepForm",
    "WhatIfForm",
    "stands_at",
]
