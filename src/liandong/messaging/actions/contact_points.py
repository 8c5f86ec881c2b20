"""Entering and retiring ways to people."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.messaging import rules
from liandong.messaging.events import ContactPointAdded, ContactPointRetired
from liandong.messaging.models import ContactPoint
from liandong.messaging.permissions import Permission
from liandong.messaging.states import Channel
from liandong.organization.models import Person, Post

AUDIENCE = frozenset({"duty", "audit"})
HIGHEST_RANK = 9


@action(Permission.EDIT_CONTACT)
def add_contact_point(
    actor: Actor,
    *,
    owner: Person | Post,
    channel: Channel,
    address: str,
    rank: int = 1,
    idempotency_key: str = "",
) -> ContactPoint:
    """Enter a way to a person or a post. Publishes ``ContactPointAdded``.

    Refuses: somebody else's, unless by office; from a drill; an address that cannot be one; one
    that is already there.
    """
    kin = {"person": owner} if isinstance(owner, Person) else {"post": owner}
    point = ContactPoint(channel=channel, address=address, rank=rank, **kin)
    add_points(actor, [point])
    return point


def add_points(actor: Actor, points: Sequence[ContactPoint]) -> None:
    """Insert new contact points in one statement and tell of each; refuses what one deed refuses."""
    for point in points:
        demand_edit(actor, rules.owner_of(point))
        point.address = rules.clean_address(Channel(point.channel), point.address)
        if not 1 <= point.rank <= HIGHEST_RANK:
            remedy = _("顺序请填 1 到 9,1 最先。")
            raise Invalid(_("顺序不对。"), remedy=remedy, fields={"rank": remedy})
    try:
        with transaction.atomic():
            ContactPoint.objects.bulk_create(points)
    except IntegrityError as twice:
        remedy = _("请直接使用已有的一条，或先停用它。")
        raise Invalid(
            _("“%(owner)s”已登记过这个号码或地址。") % {"owner": _whose_is_there(points)},
            remedy=remedy,
            fields={"address": remedy},
        ) from twice
    for point in points:
        happened(
            ContactPointAdded(
                subject_id=str(point.pk),
                owner=str(rules.owner_of(point)),
                channel=str(point.channel),
            ),
            audience=AUDIENCE,
        )


def _whose_is_there(points: Sequence[ContactPoint]) -> Person | Post:
    """Whose number or address it is that was entered before; the first's if it was just now."""
    rows = ContactPoint.objects.filter(
        retired_at=None, address__in={point.address for point in points}
    )
    there = set(rows.values_list("person", "post", "channel", "address"))
    known = (
        one for one in points if (one.person_id, one.post_id, one.channel, one.address) in there
    )
    return rules.owner_of(next(known, points[0]))


@action(Permission.EDIT_CONTACT)
def retire_contact_point(
    actor: Actor,
    *,
    contact_point: ContactPoint,
    expected_version: int,
    idempotency_key: str = "",
) -> ContactPoint:
    """Use a contact point no more. Publishes ``ContactPointRetired``; refuses one already retired."""
    owner = demand_edit(actor, rules.owner_of(contact_point))
    refuse_retired(contact_point)
    contact_point.change(expected_version=expected_version, retired_at=clock.now(actor.realm))
    happened(
        ContactPointRetired(
            subject_id=str(contact_point.pk), owner=str(owner), channel=contact_point.channel
        ),
        audience=AUDIENCE,
    )
    return contact_point


def demand_edit(actor: Actor, owner: Person | Post) -> Person | Post:
    """Whose ways these are, if the actor may change them: one's own, or by office everybody's."""
    if actor.realm != ACTUAL:
        raise Forbidden(_("演练中不能改动通讯录。"), remedy=_("请退出演练后再改。"))
    if not rules.may_edit(actor, owner):
        raise Forbidden(
            _("不能改动“%(owner)s”的联系方式。") % {"owner": owner},
            remedy=_("请本人、在岗人员、值班员或安全管理员办理。"),
        )
    return owner


def refuse_retired(point: ContactPoint) -> None:
    """Refuse what is used no more."""
    # Asked anew: the caller's copy may be older than the row.
    if ContactPoint.objects.filter(pk=point.pk, retired_at=None).exists():
        return
    raise IllegalMove(_("这个联系方式已经停用。"), remedy=_("请刷新后重新登记。"))
