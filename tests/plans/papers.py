"""Plans as the tests write them to Word files and read them there."""

from datetime import UTC, datetime

from liandong.documents import Table, read_docx
from liandong.plans.adapters import plan_docx
from liandong.plans.language import load
from liandong.plans.queries import contacts_blank, usual_names

NOW = datetime(2026, 7, 14, 4, tzinfo=UTC)


def exported(text, *, names=None, contacts=None):
    plan = load(text)
    names = usual_names() if names is None else names
    contacts = contacts_blank(plan, names) if contacts is None else contacts
    return plan_docx(plan, names=names, contacts=contacts, county="示例县", made_at=NOW)


def blocks(text, **more):
    return read_docx(exported(text, **more), "a.docx").blocks


def tables(text, **more):
    """The tables of an exported plan by the first words of their heads."""
    return [
        [row.cells for row in one.rows]
        for one in blocks(text, **more)
        if isinstance(one, Table)
    ]


def table(text, *head, **more):
    return next(rows[1:] for rows in tables(text, **more) if rows[0] == head)


def lines(text, **more):
    return [one.text for one in blocks(text, **more) if not isinstance(one, Table)]
