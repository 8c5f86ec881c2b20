"""What a spreadsheet should hold: its columns, by every heading counties give them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from liandong.documents.sheets.text import squeezed

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column, and other headings it is known by: ``also``.

    A ``required`` one must be there and be filled in; an ``expected`` one is marked so, and whoever
    reads the rows decides. ``falls`` marks one whose merged cell speaks for every row it covers; ``choices`` become a
    drop-down in the blank workbook.
    """

    key: str
    title: str
    also: tuple[str, ...] = ()
    required: bool = False
    expected: bool = False
    falls: bool = False
    width: int = 16
    choices: tuple[str, ...] = ()
    hint: Text = ""

    @property
    def is_marked(self) -> bool:
        """Whether whoever fills the sheet in is told to fill this."""
        return self.required or self.expected

    @property
    def headings(self) -> frozenset[str]:
        """Every heading that means this column, without spaces."""
        return frozenset(squeezed(one) for one in (self.title, *self.also))


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One sheet of a workbook: its name, its columns, and rows that show how it is filled in.

    A row whose ``note_key`` column begins with 示例 is one of those, and is passed over.
    """

    sheet: str
    columns: tuple[Column, ...]
    examples: tuple[Mapping[str, str], ...] = ()
    also: tuple[str, ...] = ()
    note_key: str = "note"
    advice: tuple[Text, ...] = field(default=())

    def column(self, key: str) -> Column:
        """The column with this key."""
        return next(one for one in self.columns if one.key == key)
