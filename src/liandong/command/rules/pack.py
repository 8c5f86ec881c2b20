"""What has changed between what was known when people were called and what is known now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NEW, CHANGED, GONE = "new", "changed", "gone"


@dataclass(frozen=True)
class Change:
    """A row of a section that is new, reads otherwise, or stands there no longer.

    ``fields``: of each column that reads otherwise its title, what stood there and what stands there now.
    """

    section: str
    kind: str
    name: str
    fields: tuple[tuple[str, str, str], ...] = ()
    cells: tuple[str, ...] = ()


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Compare two packs row by row, in the order of the later one's sections. Pure."""
    old = {one["key"]: one for one in before.get("sections", ())}
    found: list[Change] = []
    for section in after.get("sections", ()):
        found += _in_section(old.get(section["key"], {"rows": ()}), section)
    return found


def _in_section(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    old = {row["key"]: row["cells"] for row in before["rows"]}
    new = {row["key"]: row["cells"] for row in after["rows"]}
    for key, cells in new.items():
        if key not in old:
            yield Change(after["title"], NEW, cells[0], cells=tuple(cells))
        elif cells != old[key]:
            pairs = zip(after["head"], old[key], cells, strict=False)
            fields = tuple((head, was, now) for head, was, now in pairs if was != now)
            yield Change(after["title"], CHANGED, cells[0], fields=fields)
    for key, cells in old.items():
        if key not in new:
            yield Change(after["title"], GONE, cells[0], cells=tuple(cells))
