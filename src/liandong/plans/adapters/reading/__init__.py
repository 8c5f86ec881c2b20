"""A plan read out of a Word file: what was understood, by which paragraph, and what was not."""

from liandong.plans.adapters.reading.directory import Directory
from liandong.plans.adapters.reading.draft import NotRead
from liandong.plans.adapters.reading.reading import PlanRead, read_plan

__all__ = ["Directory", "NotRead", "PlanRead", "read_plan"]
