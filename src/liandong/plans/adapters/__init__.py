"""Plans as Word files: written out as an official paper."""

from liandong.plans.adapters.docx_out import plan_docx

__all__ = ["plan_docx"]
