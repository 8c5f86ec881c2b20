"""Plans as Word files: written out as an official paper, and read in from one."""

from liandong.plans.adapters.docx_out import plan_docx
from liandong.plans.adapters.reading import Directory, NotRead, PlanRead, read_plan

__all__ = ["Directory", "NotRead", "PlanRead", "plan_docx", "read_plan"]
