"""Input of the pages of plans."""

from liandong.plans.forms.manuscript import (
    ClauseForm,
    DiscardForm,
    GroupForm,
    HeadForm,
    LevelForm,
    OpenManuscriptForm,
    PeriodForm,
    PlaceForm,
    SourcesForm,
    StepForm,
    stands_at,
)
from liandong.plans.forms.plan import (
    DRAFT,
    IN_FORCE,
    AdoptDraftForm,
    AdoptLibraryForm,
    FactField,
    ImportWordForm,
    WhatIfForm,
)

__all__ = [
    "DRAFT",
    "IN_FORCE",
    "AdoptDraftForm",
    "AdoptLibraryForm",
    "ClauseForm",
    "DiscardForm",
    "FactField",
    "GroupForm",
    "HeadForm",
    "ImportWordForm",
    "LevelForm",
    "OpenManuscriptForm",
    "PeriodForm",
    "PlaceForm",
    "SourcesForm",
    "StepForm",
    "WhatIfForm",
    "stands_at",
]
