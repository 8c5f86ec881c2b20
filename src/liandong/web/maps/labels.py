"""Where labels go: beside their mark where there is room, never on one another."""

from dataclasses import dataclass, field
from unicodedata import east_asian_width

Rect = tuple[float, float, float, float]
WIDE = "WFA"
NARROW = 0.56
# Right, left, below, above, then the corners.
SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
LINE = 1.3
PAD_X, PAD_Y = 6.0, 3.0


@dataclass(frozen=True)
class Placed:
    """A label that found room: its rectangle, x, y, width, height."""

    x: float
    y: float
    width: float
    height: float


@dataclass
class Sheet:
    """The rectangle of a drawing, and what of it is taken."""

    width: float
    height: float
    taken: list[Rect] = field(default_factory=list)

    def take(self, x: float, y: float, width: float, height: float) -> None:
        """Keep a rectangle free of labels."""
        self.taken.append((x, y, x + width, y + height))

    def find(
        self, at: tuple[float, float], size: tuple[float, float], gap: float
    ) -> Placed | None:
        """Room for a label beside a mark, which is then taken; None where there is none."""
        wide, high = size
        for east, south in SIDES:
            x = at[0] + east * (gap + wide / 2) - wide / 2
            y = at[1] + south * (gap + high / 2) - high / 2
            if self._is_free((x, y, x + wide, y + high)):
                self.take(x, y, wide, high)
                return Placed(x, y, wide, high)
        return None

    def over(self, at: tuple[float, float], size: tuple[float, float]) -> Placed | None:
        """Room for a label over the very place, as for areas and rivers."""
        wide, high = size
        x, y = at[0] - wide / 2, at[1] - high / 2
        if not self._is_free((x, y, x + wide, y + high)):
            return None
        self.take(x, y, wide, high)
        return Placed(x, y, wide, high)

    def _is_free(self, one: Rect) -> bool:
        left, top, right, bottom = one
        if left < 2 or top < 2 or right > self.width - 2 or bottom > self.height - 2:
            return False
        return all(
            right <= west or left >= east or bottom <= north or top >= south
            for west, north, east, south in self.taken
        )


def width_of(text: str, size: float) -> float:
    """How wide a text is drawn, near enough: a hanzi is a square."""
    return sum(size if east_asian_width(one) in WIDE else size * NARROW for one in text)


def box_for(lines: list[tuple[str, float]]) -> tuple[float, float]:
    """The size of a box around lines of text, each with its size of type."""
    wide = max(width_of(text, size) for text, size in lines)
    return wide + 2 * PAD_X, sum(size * LINE for _text, size in lines) + 2 * PAD_Y
