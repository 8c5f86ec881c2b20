"""A whole plan as a Word file."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from liandong.documents import Heading, Line, write_docx
from liandong.plans.adapters.chapters import Writer, chapters, front
from liandong.plans.adapters.table import contacts_grid, sources_grid
from liandong.plans.language import Plan
from liandong.plans.queries import Contact


def plan_docx(
    plan: Plan,
    *,
    names: Mapping[str, str],
    contacts: Sequence[Contact],
    county: str = "",
    made_at: datetime,
) -> bytes:
    """Write a plan as an official paper: its chapters, its tables, whom to call, where each figure comes from."""
    writer = Writer(plan, names)
    parts = [
        *front(writer),
        *chapters(writer),
        Heading("附件"),
        contacts_grid(contacts),
        Line("", align="left"),
        sources_grid(plan, names),
    ]
    return write_docx(parts, title=plan.title, author=county, made_at=made_at)
