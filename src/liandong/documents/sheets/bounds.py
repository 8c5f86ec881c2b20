"""How much of a spreadsheet is read at once: a page has less patience than a command."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """The most rows filled in, the largest file, and how far it may swell when opened, in MB."""

    lines: int
    megabytes: int
    unpacked_megabytes: int

    @property
    def rows(self) -> int:
        """The most rows at all: sheets drag formatted blank ones along."""
        return self.lines * 10

    @property
    def cells(self) -> int:
        """The most places between the first cell and the last: a reader makes room for each."""
        return self.rows * 100

    @property
    def merged(self) -> int:
        """The most cells that may hide behind others."""
        return self.lines * 5 // 2


PAGE = Bounds(lines=2000, megabytes=5, unpacked_megabytes=30)
COMMAND = Bounds(lines=200_000, megabytes=100, unpacked_megabytes=1000)
