"""Rows of evaluation."""

from liandong.evaluation.models.drill import Drill, Enrolment
from liandong.evaluation.models.improvement import Improvement
from liandong.evaluation.models.inject import Inject
from liandong.evaluation.models.observation import AimRating, Observation

__all__ = ["AimRating", "Drill", "Enrolment", "Improvement", "Inject", "Observation"]
