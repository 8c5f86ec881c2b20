"""What a Word file says, without how it looks."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph with words in it, as it is shown: with the number that Word puts before it."""

    number: int
    text: str
    outline: int = 0  # 1 to 9 for headings, 0 for the text under them
    style: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a table; a cell that spans several stands in each of them."""

    number: int
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """The row as one line, what spans several cells said once."""
        return " ".join(dict.fromkeys(cell for cell in self.cells if cell))


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table."""

    rows: tuple[Row, ...]


Block = Paragraph | Table


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document: its blocks in order.

    Paragraphs with words and rows of tables are counted in one sequence from 1, so that anything
    in it can be cited as 第 n 段.
    """

    blocks: tuple[Block, ...]

    def pieces(self) -> Iterator[Paragraph | Row]:
        """Everything that has a number, in order."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from block.rows
            else:
                yield block
