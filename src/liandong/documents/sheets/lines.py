"""A filled-in row, and where on the sheet each of its cells stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from liandong.documents.sheets.findings import Finding


@dataclass(frozen=True)
class Line:
    """A row by the keys of its columns; ``letters`` says which column of the sheet each is.

    ``units`` are those that the head of a column names and its cells leave out, ``unread``
    the headings, by letter, that mean no column.
    """

    row: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]
    units: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        """What stands in a column; empty where the sheet has no such column."""
        return self.cells.get(key, "")

    def wrong(self, key: str, text: str) -> Finding:
        """Say what is wrong with one of its cells."""
        return Finding(self.row, self.letters.get(key, ""), text)
