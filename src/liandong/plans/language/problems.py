"""What is wrong with a plan's text: the place, the line, what, and the remedy, in Chinese."""

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """One thing in a plan that cannot stand, and how to put it right."""

    path: Path
    what: str
    remedy: str
    line: int = 0

    @property
    def place(self) -> str:
        return written(self.path)

    def __str__(self) -> str:
        place = f"第 {self.line} 行 {self.place}" if self.line else self.place
        return f"{place.strip() or '全文'}：{self.what}。{self.remedy}"


class PlanInvalidError(Exception):
    """A plan's text was refused; every flaw found is named."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        self.flaws = tuple(flaws)
        super().__init__("\n".join(str(flaw) for flaw in self.flaws))


def written(path: Path) -> str:
    """Write a path as people cite it: ``levels.III.when.any[2].burned_ha``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")
