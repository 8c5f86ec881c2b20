"""What a county's organization usually consists of: the bodies and posts a new county begins with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from liandong.kernel.divisions import Division
from liandong.organization.states import BodyKind, Management

LIBRARY = "library/county.yaml"


@dataclass(frozen=True)
class UsualPost:
    """A post as it is usually set up; ``superior`` is the key of a post, its body's included."""

    body: str
    key: str
    title: str
    roles: tuple[str, ...] = ()
    superior: str = ""
    rank: int = 0
    is_liaison: bool = False

    @property
    def full_key(self) -> str:
        """The key by which plans name it: ``water.liaison``."""
        return f"{self.body}.{self.key}"


@dataclass(frozen=True, kw_only=True)
class UsualBody:
    """A body as it is usually set up; ``parent`` and ``office_of`` are keys of others before it."""

    key: str
    name: str
    short: str
    kind: str
    parent: str = ""
    office_of: str = ""
    management: str = Management.COUNTY
    hazard: str = ""
    duty: str = ""
    posts: tuple[UsualPost, ...] = ()


@dataclass(frozen=True)
class UsualGroup:
    """A group (工作组) of an on-scene headquarters: who leads it, and what it brings forth."""

    key: str
    name: str
    lead: str
    output: str


def usual_bodies(place: Division) -> list[UsualBody]:
    """Return the bodies of a county of this name, those that others lean on first."""
    return [
        *_committee(place),
        *_units(place),
        *_partners(place),
        *_headquarters(place),
        *_superior(place),
    ]


def usual_groups() -> list[UsualGroup]:
    """Return the groups an on-scene headquarters usually has."""
    return [UsualGroup(**one) for one in _library()["groups"]]


def usual_posts(body: str, kind: str, *, is_core: bool = False) -> tuple[UsualPost, ...]:
    """Return the posts a body of a kind usually has, each under the one before it."""
    posts: list[UsualPost] = []
    for one in _library()["posts"].get(str(kind), ()):
        if one.get("core") and not is_core:
            continue
        above = posts[-1].full_key if posts else ""
        posts.append(_post(body, {**one, "superior": above}))
    return tuple(posts)


def called_titles() -> dict[str, list[str]]:
    """Return what posts are often called in telephone lists, by the last part of their keys."""
    called: dict[str, list[str]] = _library()["called"]
    return called


def headed_by(headquarters: str) -> tuple[str, str, str]:
    """Say who usually commands a special headquarters, who is executive deputy, who is director."""
    one = next(one for one in _library()["headquarters"] if f"{one['key']}-hq" == headquarters)
    return f"committee.{one['chief']}", f"committee.{one['deputy']}", f"{one['office']}.head"


def _committee(place: Division) -> Iterator[UsualBody]:
    top, library = _library()["committee"], _library()
    leaders = [
        _post(top["key"], {**one, "roles": ["commander"], "rank": rank}, place)
        for rank, one in enumerate(library["leaders"])
    ]
    yield _body(top, place, kind=BodyKind.COMMITTEE, posts=tuple(leaders))
    yield _body(
        top["general"],
        place,
        kind=BodyKind.GENERAL_HEADQUARTERS,
        parent=top["key"],
        posts=usual_posts(top["general"]["key"], BodyKind.GENERAL_HEADQUARTERS),
    )


def _units(place: Division) -> Iterator[UsualBody]:
    room = _library()["duty_room"]
    for one in _library()["units"]:
        posts = usual_posts(one["key"], BodyKind.UNIT, is_core=one.get("core", False))
        if one["key"] == room["body"]:
            posts += tuple(_post(one["key"], post) for post in room["posts"])
        yield _body(
            one,
            place,
            kind=BodyKind.UNIT,
            management=one.get("management", Management.COUNTY),
            duty=one["duty"],
            posts=posts,
        )


def _partners(place: Division) -> Iterator[UsualBody]:
    for one in _library()["partners"]:
        yield _body(
            one,
            place,
            kind=BodyKind.PARTNER,
            management=one.get("management", Management.COUNTY),
            duty=one["duty"],
            posts=usual_posts(one["key"], BodyKind.PARTNER),
        )


def _headquarters(place: Division) -> Iterator[UsualBody]:
    general = _library()["committee"]["general"]["key"]
    for one in _library()["headquarters"]:
        key, office = f"{one['key']}-hq", f"{one['key']}-office"
        name = f"{place.county}{one['name']}指挥部"
        posts = usual_posts(key, BodyKind.SPECIAL_HEADQUARTERS)
        yield UsualBody(
            key=key,
            name=name,
            short=f"{place.seat}{one['name']}指挥部",
            kind=BodyKind.SPECIAL_HEADQUARTERS,
            parent=general,
            hazard=one["hazard"],
            posts=posts,
        )
        director = _library()["posts"]["headquarters_office"][0]
        yield UsualBody(
            key=office,
            name=f"{name}办公室",
            short=f"{place.seat}{one['name']}指挥部办公室",
            kind=BodyKind.HEADQUARTERS_OFFICE,
            parent=key,
            office_of=one["office"],
            posts=(_post(office, {**director, "superior": posts[-1].full_key}),),
        )


def _superior(place: Division) -> Iterator[UsualBody]:
    if place.above:
        one = _library()["superior"]
        posts = usual_posts(one["key"], BodyKind.SUPERIOR)
        yield _body(one, place, kind=BodyKind.SUPERIOR, posts=posts)


def _body(one: Mapping[str, Any], place: Division, **more: Any) -> UsualBody:
    name, short = _said(one["name"], place), _said(one["short"], place)
    return UsualBody(key=one["key"], name=name, short=short, **more)


def _post(body: str, one: Mapping[str, Any], place: Division | None = None) -> UsualPost:
    return UsualPost(
        body=body,
        key=one["key"],
        title=_said(one["title"], place) if place else one["title"],
        roles=tuple(one.get("roles", ())),
        superior=one.get("superior", ""),
        rank=one.get("rank", 0),
        is_liaison=one.get("is_liaison", False),
    )


def _said(text: str, place: Division) -> str:
    """Put the county's names into a text of the library."""
    seat_above = "省" if place.above.endswith(("省", "自治区")) else place.above[-1:]
    same = seat_above == place.seat  # 市应急局 would be the county-level city's own
    return text.format(
        county=place.county,
        stem=place.stem,
        seat=place.seat,
        above=place.above,
        above_seat=place.above if same else seat_above,
        bureau="厅" if seat_above == "省" else "局",
    )


@cache
def _library() -> dict[str, Any]:
    text = files("liandong.organization").joinpath(LIBRARY).read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read
