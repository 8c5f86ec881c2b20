"""Rows of evaluation."""

from liandong.evaluation.models.drill import Drill, Enrolment
from liandong.evaluation.models.inject import Inject

__all__ = ["Drill", "Enrolment", "Inject"]
