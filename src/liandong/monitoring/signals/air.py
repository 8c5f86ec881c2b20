"""The air quality index of HJ 633-2012: single indices, the index, and what it is owed to."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise

Key = tuple[str, int]  # a pollutant, and over how many hours its mean is
MOST = 500
CLEAN = 50  # up to here nothing is called the primary pollutant


@dataclass(frozen=True)
class Air:
    """An index, its level by the table of six, and the pollutants it is owed to."""

    index: int
    grade: str
    primary: tuple[str, ...]


@dataclass(frozen=True)
class Scale:
    """The breakpoints of one average of one pollutant: concentrations beside the indices."""

    quantity: str
    hours: int
    points: tuple[tuple[Decimal, int], ...]

    def index(self, value: Decimal) -> int | None:
        """The single index of a concentration, rounded up; 500 beyond the table, nothing where it has none.

        One-hour sulphur dioxide over 800 and eight-hour ozone over 800 have none: the table sends to
        the 24-hour and the 1-hour one.
        """
        if value < 0:
            return None
        for (low, from_index), (high, to_index) in pairwise(self.points):
            if value <= high:
                share = (value - low) / (high - low)
                exact = from_index + share * (to_index - from_index)
                return int(exact.to_integral_value(ROUND_CEILING))
        return MOST if self.points[-1][1] == MOST else None


@dataclass(frozen=True)
class Table:
    """The standard, with its name and version, and how its grades are called."""

    source: str
    version: str
    scales: dict[tuple[str, int], Scale]
    grades: tuple[tuple[int, str], ...]


@cache
def table() -> Table:
    """Read the table that comes with the program."""
    said = json.loads(files(__package__).joinpath("air.json").read_text(encoding="utf-8"))
    scales = {
        (one["quantity"], one["hours"]): Scale(
            one["quantity"],
            one["hours"],
            tuple(
                (Decimal(point), index)
                for point, index in zip(one["points"], said["indices"], strict=False)
            ),
        )
        for one in said["scales"]
    }
    grades = tuple((one["most"], one["name"]) for one in said["grades"])
    return Table(said["source"], said["version"], scales, grades)


def air_of(values: Mapping[Key, Decimal], needed: Sequence[Key]) -> Air | None:
    """The index of concentrations by pollutant and hours of the mean; none where one of ``needed`` lacks.

    What is beyond the end of its scale goes by the pollutant's other one, if that is told.
    """
    singles: dict[str, int] = {}
    for key in needed:
        single = _single(values, key)
        if single is None:
            return None
        singles[key[0]] = max(single, singles.get(key[0], 0))
    index = max(singles.values())
    primary = [name for name, single in singles.items() if single == index and index > CLEAN]
    grade = next(name for most, name in table().grades if index <= most)
    return Air(index, grade, tuple(primary))


def _single(values: Mapping[Key, Decimal], key: Key) -> int | None:
    if key not in values:
        return None
    others = [
        one for one in table().scales if one[0] == key[0] and one != key and one in values
    ]
    for one in (key, *others):
        single = table().scales[one].index(values[one])
        if single is not None:
            return single
    return None


# What the hourly and the daily report take of each pollutant.
HOURLY = (
    ("so2_ugm3", 1), ("no2_ugm3", 1), ("co_mgm3", 1), ("o3_ugm3", 1), ("o3_ugm3", 8),
    ("pm10_ugm3", 24), ("pm25_ugm3", 24),
)  # fmt: skip
DAILY = (
    ("so2_ugm3", 24), ("no2_ugm3", 24), ("co_mgm3", 24), ("o3_ugm3", 8), ("pm10_ugm3", 24), ("pm25_ugm3", 24),
)  # fmt: skip
