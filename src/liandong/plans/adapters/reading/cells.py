"""Cells of tables: what is marked as assumed or missing, whom they name, which clauses they hold."""

import re
from collections.abc import Iterator
from typing import Final

from liandong.plans.adapters.reading.directory import Directory
from liandong.plans.adapters.reading.headings import items_in, without_number
from liandong.plans.adapters.reading.numbers import plain
from liandong.plans.adapters.wording import MARKS
from liandong.plans.language import Status

NOTHING: Final = frozenset({"", "-", "—", "/", "无", "\\"})
BRACKET: Final = re.compile(r"\([^()]*\)$")
APART: Final = re.compile(r"[、,，;；/\n]")


def marked(text: str) -> tuple[str, Status]:
    """The words of a cell without our own marks, and what these say."""
    status = Status.RECORDED
    for one, mark in MARKS.items():
        if mark.text in text:
            text, status = text.replace(mark.text, ""), one
    return text.strip(), status


def is_nothing(text: str) -> bool:
    """Whether a cell says nothing."""
    return plain(text) in NOTHING


def named_in_cell(text: str, directory: Directory) -> list[str]:
    """The keys of everybody a cell names, in order."""
    found: list[str] = []
    for part in APART.split(plain(text)):
        key = directory.key_of(BRACKET.sub("", part)) or directory.key_of(part)
        found += [key] if key else [one.key for one in directory.mentions(part)]
    return list(dict.fromkeys(found))


def clauses_in_cell(text: str) -> Iterator[str]:
    """The clauses of a cell: its lines, or what is numbered within it."""
    for line in text.split("\n"):
        for part in items_in(line):
            said = without_number(part).rstrip("。；;")
            if said:
                yield said
