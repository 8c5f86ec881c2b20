"""Building the fictional county, through the same actions that a real county uses."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from liandong.demo.facts import facts
from liandong.demo.names import people
from liandong.kernel.actors import ACTUAL, Actor, system_actor
from liandong.kernel.permissions import Role
from liandong.messaging import actions as messaging
from liandong.messaging.permissions import Permission as Messaging
from liandong.messaging.states import Channel
from liandong.monitoring.permissions import Permission as Monitoring
from liandong.organization import actions as organization
from liandong.organization.actions import Administrator, RoleScope
from liandong.organization.models import Account, Body, Person, Post, Secret
from liandong.organization.permissions import Permission as Organization
from liandong.organization.queries import account_by_username, actor_for
from liandong.organization.states import BodyKind, Phase

ADMINISTRATORS = [
    (Role.SYSTEM_ADMIN, "system"),
    (Role.SECURITY_ADMIN, "security"),
    (Role.AUDIT_ADMIN, "audit"),
]
# These may for their own body alone: no unit adjusts another's warning.
UNITS = {Role.UNIT_LIAISON, Role.GROUP_LEADER, Role.TOWNSHIP}
# Who signs in to watch, and to take over: user name and post.
WATCHERS = {
    "zhiban": "emergency.duty-officer",
    "daiban": "emergency.duty-leader",
    "fangban": "flood-office.director",
    "zhihui": "flood-hq.executive-deputy",
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

    def post(
        self, body: Body, key: str, title: str, *roles: Role, superior: str = "", **more: Any
    ) -> Post:
        """Set up a post with its roles."""
        above = self.posts.get(superior)
        made = organization.create_post(
            self.builder, body=body, key=key, title=title, superior=above, **more
        )
        if roles:
            own = str(body.pk)
            scopes = [
                RoleScope(role, own) if role in UNITS else RoleScope(role) for role in roles
            ]
            made = organization.set_roles(
                self.builder, post=made, roles=scopes, expected_version=made.version
            )
        self.posts[made.key] = made
        return made

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
    leaders = _leaders(county)
    _units(county)
    _headquarters(county, leaders)
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


def _leaders(county: County) -> dict[str, Person]:
    top = facts()["committee"]
    committee = county.body(
        top["key"], top["name"], BodyKind.COMMITTEE, short_name=top["short"]
    )
    leaders: dict[str, Person] = {}
    for rank, one in enumerate(facts()["leaders"]):
        post = county.post(committee, one["key"], one["title"], Role.COMMANDER, rank=rank)
        leaders[one["key"]] = county.person()
        county.fill(post, leaders[one["key"]])
    general = top["general"]
    headquarters = county.body(
        general["key"],
        general["name"],
        BodyKind.GENERAL_HEADQUARTERS,
        short_name=general["short"],
        parent=committee,
    )
    chief = county.post(headquarters, "commander", "总指挥", Role.COMMANDER)
    county.fill(chief, leaders["magistrate"])
    return leaders


def _units(county: County) -> None:
    for one in facts()["units"]:
        body = county.body(
            one["key"],
            one["name"],
            BodyKind.UNIT,
            short_name=one["short"],
            management=one.get("management", "county"),
        )
        head = county.post(body, "head", "主要负责人", Role.GROUP_LEADER)
        county.fill(head, county.person())
        above = head.key
        if one.get("core"):
            deputy = county.post(
                body, "deputy", "分管负责人", Role.GROUP_LEADER, superior=above, rank=1
            )
            county.fill(deputy, county.person())
            above = deputy.key
        liaison = county.post(
            body,
            "liaison",
            "联络员",
            Role.UNIT_LIAISON,
            superior=above,
            rank=2,
            is_liaison=True,
        )
        county.fill(liaison, county.person())
        for phase in (Phase.WARNING, Phase.RESPONSE):
            organization.set_duty(
                county.builder, body=body, hazard="*", phase=phase, text=one["duty"]
            )
    for key in ("public-security", "water", "health", "transport", "fire-rescue", "power"):
        county.fill(county.posts[f"{key}.liaison"], county.person(), is_deputy=True)
    _duty_room(county)


def _duty_room(county: County) -> None:
    bureau = county.bodies["emergency"]
    leader = county.post(
        bureau, "duty-leader", "带班领导", Role.DUTY_LEADER, superior="emergency.head", rank=3
    )
    county.fill(leader, county.person())
    county.fill(leader, county.person(), is_deputy=True)
    officer = county.post(
        bureau,
        "duty-officer",
        "值班员",
        Role.DUTY_OFFICER,
        superior="emergency.duty-leader",
        rank=4,
    )
    county.fill(officer, county.person())
    for _ in range(2):
        county.fill(officer, county.person(), is_deputy=True)


def _headquarters(county: County, leaders: dict[str, Person]) -> None:
    general = county.bodies["general-hq"]
    for one in facts()["headquarters"]:
        name = f"示例县{one['name']}指挥部"
        body = county.body(
            f"{one['key']}-hq",
            name,
            BodyKind.SPECIAL_HEADQUARTERS,
            short_name=f"县{one['name']}指挥部",
            parent=general,
            hazard=one["hazard"],
        )
        chief = county.post(body, "commander", "指挥长", Role.COMMANDER)
        county.fill(chief, leaders[one["chief"]])
        deputy = county.post(
            body,
            "executive-deputy",
            "常务副指挥长",
            Role.COMMANDER,
            superior=chief.key,
            rank=1,
        )
        county.fill(deputy, leaders[one["deputy"]])
        host = county.bodies[one["office"]]
        office = county.body(
            f"{one['key']}-office",
            f"{name}办公室",
            BodyKind.HEADQUARTERS_OFFICE,
            short_name=f"县{one['name']}指挥部办公室",
            parent=body,
            office_of=host,
        )
        director = county.post(
            office, "director", "主任", Role.HEADQUARTERS_OFFICE, superior=deputy.key
        )
        county.fill(director, county.holders[f"{one['office']}.head"])


def _townships(county: County) -> None:
    for one in facts()["townships"]:
        body = county.body(
            one["key"],
            f"{facts()['name']}{one['name']}人民政府",
            BodyKind.TOWNSHIP,
            short_name=one["name"],
            division_code=one["code"],
        )
        head = county.post(body, "head", "乡镇长", Role.TOWNSHIP)
        county.fill(head, county.person())
        deputy = county.post(
            body, "deputy", "分管负责人", Role.TOWNSHIP, superior=head.key, rank=1
        )
        county.fill(deputy, county.person())
        liaison = county.post(
            body,
            "liaison",
            "值班员",
            Role.TOWNSHIP,
            superior=deputy.key,
            rank=2,
            is_liaison=True,
        )
        county.fill(liaison, county.person())


def _others(county: County) -> None:
    above = facts()["superior"]
    body = county.body(
        above["key"], above["name"], BodyKind.SUPERIOR, short_name=above["short"]
    )
    duty = county.post(body, "duty", "值班室", is_liaison=True)
    county.fill(duty, county.person())
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
