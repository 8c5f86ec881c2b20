"""What a paper to be written is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Mark = Literal["", "doubtful", "missing"]


@dataclass(frozen=True)
class Span:
    """Words, and whether the eye has to fall on them: what is doubtful, what is missing."""

    text: str
    mark: Mark = ""


Words = str | Sequence[str | Span]


@dataclass(frozen=True)
class Title:
    """The title of the paper."""

    text: str


@dataclass(frozen=True)
class Line:
    """A line that is not part of the text: a number, a caption, a date."""

    words: Words
    align: Literal["left", "center", "right"] = "center"


@dataclass(frozen=True)
class Heading:
    """A heading; ``level`` 1 to 4 is 一、 （一） 1. （1）, whose number is part of the text."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """A paragraph of the text."""

    words: Words


@dataclass(frozen=True)
class Grid:
    """A table: how wide its columns are beside one another, its head, its rows."""

    caption: str
    head: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Words]]


Part = Title | Line | Heading | Text | Grid
