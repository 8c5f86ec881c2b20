"""Finding bodies and posts by whatever people call them: old boards, short names, 局长."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from liandong.kernel.divisions import Division
from liandong.organization.models import Body, Post
from liandong.organization.queries.bodies import all_bodies
from liandong.organization.queries.former_names import names_today
from liandong.organization.queries.template import called_titles
from liandong.organization.states import BodyKind

NEAR = 0.6


@dataclass(frozen=True)
class Boards:
    """Every body of the county under every name it goes by; townships by their codes of nine digits."""

    place: Division
    by_name: Mapping[str, tuple[Body, ...]]
    townships: Mapping[str, Body]

    def called(self, text: str) -> tuple[Body, ...]:
        """Return the bodies of a name: none, one, or several that share it.

        A name from before a reform of agencies means who has that work today.
        """
        name = _plain(text, self.place)
        known = (one for one in names_today(name) if one in self.by_name)
        return self.by_name.get(name) or self.by_name.get(next(known, ""), ())

    def near(self, text: str) -> list[str]:
        """Name the bodies whose names come closest, for who mistyped one."""
        keys = difflib.get_close_matches(
            _plain(text, self.place), self.by_name, n=3, cutoff=NEAR
        )
        return list(dict.fromkeys(self.by_name[key][0].short_name for key in keys))


def boards(place: Division) -> Boards:
    """Read every body with its names, former ones included."""
    found: dict[str, dict[Any, Body]] = defaultdict(dict)
    townships: dict[str, Body] = {}
    for body in all_bodies():
        if body.kind == BodyKind.TOWNSHIP and body.division_code:
            townships[body.division_code] = body
        for name in (body.name, body.short_name, *body.aliases, *_towns(body)):
            found[_plain(name, place)][body.pk] = body
    by_name = {name: tuple(some.values()) for name, some in found.items() if name}
    return Boards(place, by_name, townships)


def post_called(posts: Iterable[Post], title: str) -> Post | None:
    """Return which of a body's posts a title means: its own first, then what it is often called."""
    listed, wanted = list(posts), "".join(title.split())
    own = next((post for post in listed if post.title == wanted), None)
    if own:
        return own
    keys = [key for key, titles in called_titles().items() if wanted in titles]
    return next((post for post in listed if post.key.rpartition(".")[2] in keys), None)


def _plain(text: str, place: Division) -> str:
    """A name without spaces, without the county's own, without 县 before it."""
    name = "".join(text.split())
    for before in (place.county, place.stem + place.seat):
        if before and name.startswith(before) and len(name) > len(before) + 1:
            name = name.removeprefix(before)
    if name.startswith(place.seat) and len(name) > 3:
        name = name.removeprefix(place.seat)
    return name


def _towns(body: Body) -> list[str]:
    """A township is called by the name of its government, and by that of the place."""
    if body.kind != BodyKind.TOWNSHIP:
        return []
    return [
        body.name.removesuffix("人民政府"),
        f"{body.short_name}政府",
        f"{body.short_name}人民政府",
    ]
