"""Input of the pages of plans."""

from liandong.plans.forms.plan import (
    DRAFT,
    IN_FORCE,
    AdoptDraftForm,
    AdoptLibraryForm,
    WhatIfForm,
)

__all__ = ["DRAFT", "IN_FORCE", "AdoptDraftForm", "AdoptLibraryForm", "WhatIfForm"]
