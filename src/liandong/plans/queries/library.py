"""Plans that ship with the program, made a county's own: its name, its number, its townships."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from liandong.kernel.divisions import Division
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.plans.language import (
    LevelKey,
    Plan,
    Shares,
    level_label,
    load,
    shares_of,
    shipped_names,
    shipped_text,
)

SAMPLE = "示例县"
# The fictional county's townships, of which the library speaks, by the keys of their bodies.
TOWNSHIPS = {"城关镇": "township-1", "河口镇": "township-2", "柳湾乡": "township-6"}
ANYWHERE = Division("本县", "本市", "本省")
DOCUMENT = re.compile(r"^document:.*\n", re.MULTILINE)
POSTS = frozenset({"to", "proposes", "consent", "post", "leads"})
DECIDERS = frozenset({"decides", "ends"})


@dataclass(frozen=True)
class Shipped:
    """A plan of the library, and the key under which a county's version of it is kept."""

    name: str
    key: str
    title: str
    hazard: str
    shares: tuple[tuple[LevelKey, Shares], ...]


@dataclass(frozen=True)
class Gap:
    """A post or body that a plan names and nobody answers at: missing altogether, or vacant."""

    key: str
    label: str
    is_missing: bool
    where: tuple[str, ...]


@cache
def shipped_plans() -> tuple[Shipped, ...]:
    """Return the plans of the library: the overall one first, then by class."""
    plans = [(name, load(shipped_text(name))) for name in shipped_names()]
    return tuple(
        Shipped(
            name,
            plan.plan,
            plan.title,
            plan.hazard,
            tuple((key, shares_of(level)) for key, level in plan.highest_first()),
        )
        for name, plan in sorted(plans, key=lambda one: one[1].hazard)
    )


def localized(name: str, county: str, number: str = "") -> str:
    """A plan's text as the county would have it: its own name, number and townships.

    What the sources say, and which figures are assumed, stays written at each place.
    """
    text = shipped_text(name).replace(f"{SAMPLE}(虚构)", county).replace(SAMPLE, county)
    document = f"document: {{number: '{number}'}}\n" if number else "document: {}\n"
    text = DOCUMENT.sub(lambda _match: document, text, count=1)
    towns = {body.key: body.short_name for body in organization.bodies_by_kind("township")}
    for sample, key in TOWNSHIPS.items():
        text = text.replace(sample, towns.get(key, _("（某乡镇）")))
    return text


@cache
def usual_names() -> Mapping[str, str]:
    """What posts and bodies are called in any county, where there is no register to ask."""
    names = {key: town for town, key in TOWNSHIPS.items()}
    for body in organization.usual_bodies(ANYWHERE):
        names[body.key] = body.short
        names |= {post.full_key: f"{body.short}{post.title}" for post in body.posts}
    return names


@cache
def usually_called() -> Mapping[str, tuple[str, ...]]:
    """Everything posts and bodies of any county are called, in short and in full."""
    full = {body.key: body.name for body in organization.usual_bodies(ANYWHERE)}
    return {
        key: (name, full[key]) if key in full else (name,)
        for key, name in usual_names().items()
    }


def gaps_of(plan: Plan) -> list[Gap]:
    """Return the posts and bodies a plan names at which nobody answers, and where it names them."""
    named: dict[str, dict[str, None]] = {}
    for key, where in _named(plan.model_dump(mode="json", by_alias=True), ""):
        named.setdefault(key, {})[where] = None
    bodies = {body.key: body for body in organization.all_bodies()}
    posts = {post.key: post for post in organization.all_posts()}
    staffed = organization.staffed(posts.values())
    answered = {post.key for post in posts.values() if post.pk in staffed}
    reached = {post.body.key for post in posts.values() if post.pk in staffed}
    found = []
    for key, places in sorted(named.items()):
        there = key in posts or key in bodies
        if key not in answered and key not in reached:
            post = posts.get(key)
            label = f"{post.body.short_name} {post.title}" if post else ""
            body = bodies.get(key)
            found.append(
                Gap(key, label or (body.short_name if body else ""), not there, tuple(places))
            )
    return found


def _named(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every post a document names, with the step or level that names it."""
    if isinstance(value, list):
        for one in value:
            yield from _named(one, where)
    elif isinstance(value, Mapping):
        here = str(value.get("text") or where)
        for key, inner in value.items():
            yield from _under(key, inner, here)


def _under(key: str, inner: Any, here: str) -> Iterator[tuple[str, str]]:
    if key in POSTS and isinstance(inner, str):
        yield inner, here
    elif key == "otherwise" and isinstance(inner, list):
        yield from ((str(post), here) for post in inner)
    elif key in DECIDERS and isinstance(inner, Mapping):
        listed = (posts for posts in inner.values() if isinstance(posts, list))
        yield from ((str(post), here) for posts in listed for post in posts)
    elif key == "levels" and isinstance(inner, Mapping):
        for level, body in inner.items():
            yield from _named(body, level_label(level))
    else:
        yield from _named(inner, here)
