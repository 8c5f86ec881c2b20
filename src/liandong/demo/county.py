"""Building the fictional county, through the same actions that a real county uses."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from liandong.demo.facts import facts
from liandong.demo.names import people
from liandong.kernel.actors import ACTUAL, Actor, system_actor
from liandong.kernel.divisions import Division
from liandong.kernel.permissions import Role
from liandong.messaging import actions as messaging
from liandong.messaging.permissions import Permission as Messaging
from liandong.messaging.states import Channel
from liandong.monitoring.permissions import Permission as Monitoring
from liandong.organization import actions as organization
from liandong.organization.actions import Administrator
from liandong.organization.models import Account, Body, Person, Post, Secret
from liandong.organization.permissions import Permission as Organization
from liandong.organization.queries import (
    account_by_username,
    actor_for,
    all_bodies,
    all_posts,
    bodies_by_kind,
    headed_by,
    posts_of_body,
)
from liandong.organization.states import BodyKind

ADMINISTRATORS = [
    (Role.SYSTEM_ADMIN, "system"),
    (Role.SECURITY_ADMIN, "security"),
    (Role.AUDIT_ADMIN, "audit"),
]
# Who signs in to watch, and to take over: user name and post.
WATCHERS = {
    "zhiban": "emergency.duty-officer",
    "daiban": "emergency.duty-leader",
    "fangban": "flood-office.director",
    "zhihui": "flood-hq.executive-deputy",
    "linban": "forest-fire-office.director",
    "senfang": "forest-fire-hq.commander",
    "xiaofang": "fire-rescue.liaison",
    "dongling": "township-7.head",
    "xianzhang": "flood-hq.commander",
    "qixiang": "meteorology.liaison",
    "shuili": "water.liaison",
    "gongan": "public-security.liaison",
    "hekou": "township-2.liaison",
}


@dataclass
class County:
    """The county under construction: who is who by key."""

    builder: Actor
    watched: bool = True
    password: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    names: Iterator[str] = field(default_factory=people)
    bodies: dict[str, Body] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    holders: dict[str, Person] = field(default_factory=dict)
    people: int = 0

    def body(self, key: str, name: str, kind: BodyKind, **more: Any) -> Body:
        """Found a body."""
        order = len(self.bodies)
        made = organization.create_body(
            self.builder, key=key, name=name, kind=kind, order=order, **more
        )
        self.bodies[key] = made
        return made

    def person(self) -> Person:
        """Enter one more person."""
        self.people += 1
        return organization.create_person(self.builder, name=next(self.names))

    def fill(self, post: Post, person: Person, *, is_deputy: bool = False) -> None:
        """Appoint somebody."""
        organization.appoint(self.builder, post=post, person=person, is_deputy=is_deputy)
        key = post.key if not is_deputy else f"{post.key}-{self.people}"
        self.holders[key] = person


def build_county(*, watched: bool = True) -> County:
    """Build it all; some 150 people, 73 bodies and their duties. Needs an empty node.

    A county nobody will watch gets no passwords, whose digests take most of the time.
    """
    every = (*Organization, *Messaging, *Monitoring)
    county = County(system_actor("node", "示例县初始化", ACTUAL, *every), watched)
    _administrators(county)
    _usual(county)
    _leaders(county)
    _units(county)
    _seats(county)
    _headquarters(county)
    _townships(county)
    _others(county)
    _accounts(county)
    return county


def _administrators(county: County) -> None:
    organization.found_county(
        county.builder,
        county=facts()["name"],
        administrators=[
            Administrator(role, next(county.names), name, Secret(county.password))
            for role, name in ADMINISTRATORS
        ],
    )
    county.people += len(ADMINISTRATORS)
    for _role, name in ADMINISTRATORS:
        _settle(county, account_by_username(name))


def _usual(county: County) -> None:
    """Lay out what every county begins with, and let the usual roles hold."""
    organization.lay_out_county(county.builder, place=place())
    organization.grant_usual_roles(county.builder, place=place())
    county.bodies |= {body.key: body for body in all_bodies()}
    county.posts |= {post.key: post for post in all_posts()}


def place() -> Division:
    """The fictional county's names."""
    return Division(county=facts()["name"], city=facts()["city"], province="")


def _leaders(county: County) -> None:
    for post in posts_of_body(county.bodies["committee"]):
        county.fill(post, county.person())
    county.fill(county.posts["general-hq.commander"], county.holders["committee.magistrate"])


def _units(county: County) -> None:
    for body in [*bodies_by_kind(BodyKind.UNIT), *bodies_by_kind(BodyKind.PARTNER)]:
        for post in posts_of_body(body):
            if not post.key.startswith(("administration.", "emergency.duty-")):
                county.fill(post, county.person())
    for key in ("public-security", "water", "health", "transport", "fire-rescue", "power"):
        county.fill(county.posts[f"{key}.liaison"], county.person(), is_deputy=True)
    for key, deputies in (("duty-leader", 1), ("duty-officer", 2)):
        post = county.posts[f"emergency.{key}"]
        county.fill(post, county.person())
        for _ in range(deputies):
            county.fill(post, county.person(), is_deputy=True)


def _seats(county: County) -> None:
    for key, (lon, lat) in facts()["seats"].items():
        body = county.bodies[key]
        organization.locate_body(
            county.builder,
            body=body,
            lon=Decimal(lon),
            lat=Decimal(lat),
            expected_version=body.version,
        )


def _headquarters(county: County) -> None:
    for body in bodies_by_kind(BodyKind.SPECIAL_HEADQUARTERS):
        chief, deputy, director = headed_by(body.key)
        office = body.key.removesuffix("-hq") + "-office"
        county.fill(county.posts[f"{body.key}.commander"], county.holders[chief])
        county.fill(county.posts[f"{body.key}.executive-deputy"], county.holders[deputy])
        county.fill(county.posts[f"{office}.director"], county.holders[director])


def _townships(county: County) -> None:
    for one in facts()["townships"]:
        body = county.body(
            one["key"],
            f"{facts()['name']}{one['name']}人民政府",
            BodyKind.TOWNSHIP,
            short_name=one["name"],
            division_code=one["code"],
        )
        organization.lay_out_posts(county.builder, body=body)
        for post in posts_of_body(body):
            county.posts[post.key] = post
            county.fill(post, county.person())
    organization.grant_usual_roles(county.builder, place=place())


def _others(county: County) -> None:
    county.fill(county.posts["city-emergency.duty"], county.person())
    for one in facts()["neighbors"]:
        county.body(one["key"], one["name"], BodyKind.NEIGHBOR, short_name=one["short"])


def _accounts(county: County) -> None:
    """Everybody gets a telephone and an account; only the watchers' have a password."""
    watched = {county.holders[key].pk: name for name, key in WATCHERS.items()}
    keys = {person: key for key, person in county.holders.items()}
    for number, (person, key) in enumerate(keys.items(), start=1):
        name = watched.get(person.pk)
        account = organization.create_account(
            county.builder,
            person=person,
            username=name or key,
            password=Secret(county.password) if name and county.watched else None,
        )
        if name:
            _settle(county, account)
        messaging.add_contact_point(
            county.builder,
            owner=person,
            channel=Channel.MOBILE,
            address=f"1990000{number:04d}",
        )


def _settle(county: County, account: Account | None) -> None:
    """Do what an owner does at the first sign-in: choose a password."""
    if not county.watched:
        return
    if account is None:
        raise LookupError("an account that was just made")
    organization.change_password(
        actor_for(account),
        account=account,
        password=Secret(county.password),
        expected_version=account.version,
    )
