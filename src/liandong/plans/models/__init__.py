"""Rows of plans."""

from liandong.plans.models.file import PlanFile
from liandong.plans.models.life import (
    Alignment,
    Approval,
    Evaluation,
    Examination,
    ExpertReview,
    Filing,
    Opinion,
    Passage,
    PlanDrill,
    Publication,
)
from liandong.plans.models.manuscript import Manuscript, ManuscriptChange
from liandong.plans.models.plan import FactValue, PlanVersion, Run, RunStep

__all__ = [
    "Alignment",
    "Approval",
    "Evaluation",
    "Examination",
    "ExpertReview",
    "FactValue",
    "Filing",
    "Manuscript",
    "ManuscriptChange",
    "Opinion",
    "Passage",
    "PlanDrill",
    "PlanFile",
    "PlanVersion",
    "Publication",
    "Run",
    "RunStep",
]
