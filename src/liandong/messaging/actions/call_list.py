"""The county's call list: taken in from a sheet, and people taken off it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from liandong.documents.sheets import (
    CHANGED,
    NEW,
    SAME,
    Change,
    Draft,
    Finding,
    draft,
    refuse_findings,
)
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.divisions import Division
from liandong.kernel.problems import Forbidden, Invalid
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries
from liandong.messaging.actions.contact_test import set_next_test
from liandong.messaging.events import CallListingEntered, CallListingRetired
from liandong.messaging.models import CallListing, ContactPoint
from liandong.messaging.permissions import Permission
from liandong.messaging.states import Channel, Tier
from liandong.organization import actions as organization_actions
from liandong.organization import queries as organization
from liandong.organization.models import Intake, Person, Post
from liandong.organization.states import IntakeKind

AUDIENCE = frozenset({"duty"})
FIELDS = ("tier", "area_name", "hazards", "from_urgency", "order", "deputy_id", "superior_id")


@dataclass(frozen=True, kw_only=True)
class CallRow:
    """One line of the sheet, as it was read."""

    row: int
    tier: int
    area: str
    area_name: str
    unit: str
    post: str
    name: str
    mobile: str
    hazards: tuple[str, ...]
    from_urgency: int
    deputy: str
    superior: str
    letters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CallPlan:
    """The lines to be kept, new or changed, and the draft that a person looks at."""

    listings: tuple[CallListing, ...]
    draft: Draft


@action(Permission.KEEP_CALL_LIST)
def take_call_list(
    actor: Actor,
    *,
    place: Division,
    rows: Sequence[CallRow],
    seen: str,
    name: str,
    digest: str,
    idempotency_key: str = "",
) -> Intake:
    """Take a sheet of the call list in: all or nothing. Publishes ``CallListingEntered``, ``SheetTaken``.

    Whoever is not on the sheet stays on the list. Refuses names nobody or several bear, units and
    posts nobody knows, and whoever saw another draft than ``seen``. Clause 二(一)2.
    """
    demand_actual(actor)
    planned = plan_call_list(place, rows)
    refuse_findings(planned.draft.findings)
    organization_actions.demand_seen(planned.draft, seen)
    there = set(queries.call_list().values_list("pk", flat=True))
    changed = [one for one in planned.listings if one.pk in there]
    CallListing.objects.bulk_create(one for one in planned.listings if one.pk not in there)
    for one in changed:
        one.version += 1
    CallListing.objects.bulk_update(changed, [*FIELDS, "version"])
    for one in planned.listings:
        happened(
            CallListingEntered(
                subject_id=str(one.pk),
                owner=str(one.person or one.post),
                area=one.area_name,
                tier=one.tier,
                from_urgency=one.from_urgency,
            ),
            audience=AUDIENCE,
        )
    set_next_test(clock.now(actor.realm))
    return organization_actions.record_intake(
        actor,
        kind=IntakeKind.CALL_LIST,
        name=name,
        digest=digest,
        new=planned.draft.new,
        changed=planned.draft.changed,
        unchanged=planned.draft.same,
    )


@action(Permission.KEEP_CALL_LIST)
def retire_call_listing(
    actor: Actor, *, listing: CallListing, expected_version: int, idempotency_key: str = ""
) -> CallListing:
    """Take somebody off the call list. Publishes ``CallListingRetired``; refuses what is off it already."""
    demand_actual(actor)
    if listing.retired_at:
        raise Invalid(_("已经移出叫应名单。"), remedy=_("请刷新页面。"))
    listing.change(expected_version=expected_version, retired_at=clock.now(actor.realm))
    happened(
        CallListingRetired(
            subject_id=str(listing.pk),
            owner=str(listing.person or listing.post),
            area=listing.area_name,
        ),
        audience=AUDIENCE,
    )
    return listing


def demand_actual(actor: Actor) -> None:
    """The list is the county's, whatever is played: a drill does not change it."""
    if actor.realm != ACTUAL:
        raise Forbidden(_("演练中不能改动叫应名单。"), remedy=_("请先退出演练，再办理。"))


def plan_call_list(
    place: Division, rows: Sequence[CallRow], findings: Sequence[Finding] = ()
) -> CallPlan:
    """Say who would be on the list, who is there as they are, and whose name nobody bears."""
    people, posts = _People(rows), _Posts(place, rows)
    there = {(one.person_id, one.post_id, one.area): one for one in queries.call_list()}
    wrong = list(findings)
    kept: dict[object, CallListing] = {}
    changes: list[Change] = []
    for order, row in enumerate(rows, 1):
        wrong_here: list[Finding] = []
        post = posts.of(row, wrong_here) if row.post or row.unit else None
        person = None if post else people.of(row, "name", row.name, wrong_here, row.mobile)
        deputy = people.of(row, "deputy", row.deputy, wrong_here)
        superior = people.of(row, "superior", row.superior, wrong_here)
        wrong += wrong_here
        if wrong_here or not (person or post):
            continue
        said = {
            "tier": row.tier,
            "area_name": row.area_name,
            "hazards": list(row.hazards),
            "from_urgency": row.from_urgency,
            "order": order,
            "deputy_id": deputy.pk if deputy else None,
            "superior_id": superior.pk if superior else None,
        }
        key = (person.pk if person else None, post.pk if post else None, row.area)
        what = f"{row.area_name} {_called(person, post)}"
        if key in kept:
            wrong.append(Finding(row.row, "", _("%(who)s在表里重复。") % {"who": what}))
            continue
        old = there.get(key)
        listing = old or CallListing(person=person, post=post, area=row.area)
        kind = _kind(old, said)
        for field, value in said.items():
            setattr(listing, field, value)
        kept[key] = listing if kind != SAME else CallListing()
        changes.append(Change(row.row, kind, what, str(Tier(row.tier).label)))
    listings = tuple(one for one in kept.values() if one.area)
    return CallPlan(listings, draft(changes, wrong))


def _called(person: Person | None, post: Post | None) -> str:
    return f"{post.body} {post}" if post else str(person)


def _kind(old: CallListing | None, said: Mapping[str, object]) -> str:
    if old is None:
        return NEW
    compared = [field for field in said if field != "order"]
    return SAME if all(getattr(old, one) == said[one] for one in compared) else CHANGED


class _People:
    """Everybody a sheet names, by name; of those who share one, by their mobile."""

    def __init__(self, rows: Sequence[CallRow]) -> None:
        names = {name for row in rows for name in (row.name, row.deputy, row.superior) if name}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        for person in organization.people_here().filter(name__in=names):
            self.by_name[person.name].append(person)
        points = ContactPoint.objects.filter(
            channel=Channel.MOBILE,
            retired_at=None,
            person__in=[one.pk for some in self.by_name.values() for one in some],
        )
        self.by_number: dict[str, set[UUID]] = defaultdict(set)
        for point in points:
            if point.person_id:
                self.by_number[point.address].add(point.person_id)

    def of(
        self, row: CallRow, key: str, name: str, wrong: list[Finding], mobile: str = ""
    ) -> Person | None:
        if not name:
            return None
        found = self.by_name.get(name, [])
        if mobile and len(found) > 1:
            found = [one for one in found if one.pk in self.by_number.get(mobile, ())]
        if len(found) == 1:
            return found[0]
        why = (
            _("有 %(n)d 个人叫%(name)s，请填手机号以区分。") % {"n": len(found), "name": name}
            if found
            else _("通讯录里没有%(name)s，请先导入人员与电话。") % {"name": name[:30]}
        )
        wrong.append(Finding(row.row, dict(row.letters).get(key, ""), why))
        return None


class _Posts:
    """Posts by what their unit and they are called."""

    def __init__(self, place: Division, rows: Sequence[CallRow]) -> None:
        self.boards = organization.boards(place) if any(row.unit for row in rows) else None
        self.of_body: dict[UUID, list[Post]] = defaultdict(list)
        for post in organization.all_posts() if self.boards else ():
            self.of_body[post.body_id].append(post)

    def of(self, row: CallRow, wrong: list[Finding]) -> Post | None:
        letters = dict(row.letters)
        bodies = self.boards.called(row.unit) if self.boards and row.unit else ()
        if len(bodies) != 1:
            why = _("没有叫“%(name)s”的单位，或不止一个。") % {"name": row.unit[:30]}
            wrong.append(Finding(row.row, letters.get("unit", ""), why))
            return None
        post = organization.post_called(self.of_body[bodies[0].pk], row.post)
        if post is None:
            why = _("%(unit)s没有岗位“%(post)s”。") % {"unit": bodies[0], "post": row.post[:30]}
            wrong.append(Finding(row.row, letters.get("post", ""), why))
        return post
