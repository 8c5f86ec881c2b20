"""Command on the spot: set up, staffed, told of, withdrawn."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from liandong.command.actions.claims import (
    demand_reach,
    demand_realm,
    locked_incident,
    widen_incident,
)
from liandong.command.actions.rescue_readers import let_commander_read
from liandong.command.events import (
    FieldAdjustmentNoted,
    FieldCommanderAppointed,
    FieldGroupSet,
    FieldPostClosed,
    FieldPostExpanded,
    FieldPostOpened,
)
from liandong.command.models import FieldGroup, FieldPost, Incident
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of, staffed_address
from liandong.command.queries.command_term import standing_term
from liandong.command.queries.field_log import waiting_handover
from liandong.command.queries.field_people import headcount, named_or_counted
from liandong.command.queries.field_post import (
    orders_on_scene,
    planned_groups,
    standing_field_post,
)
from liandong.command.rules.field_people import demand_all_signed_out
from liandong.command.rules.field_post import (
    demand_commissioner,
    demand_holder,
    demand_in_charge,
    demand_none_owed,
    demand_none_standing,
    demand_on_scene,
    demand_standing,
)
from liandong.command.rules.incident import checked_position, demand_open
from liandong.command.rules.order import demand_told, demand_words
from liandong.command.states import FIELD_POST_MOVES, FieldPostKind, FieldPostState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization import queries as organization
from liandong.organization.models import Body, Post
from liandong.plans.language import GROUP_LABELS

KIND = "command.field_post"


@action(Permission.OPEN_FIELD_POST)
def open_field_post(
    actor: Actor,
    *,
    incident: Incident,
    commander: Post,
    place: str,
    kind: str = FieldPostKind.HEADQUARTERS,
    name: str = "",
    lon: Decimal | None = None,
    lat: Decimal | None = None,
    idempotency_key: str = "",
) -> FieldPost:
    """Put somebody in command on the spot, with the groups that the plans in force want.

    A commissioner (``kind``) is sent alone; see ``expand_field_post``.

    Publishes ``FieldPostOpened``; commander and leaders are told. Where a plan names a leader whose
    chair is empty, the next superior leads. Degrees of WGS-84. Refuses a second one, a vacant
    commander, no place, and a closed incident. Clause 二(二)3.
    """
    demand_words(place, field="place", what=_("地点"))
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.OPEN_FIELD_POST, row)
    demand_open(row)
    demand_none_standing(standing_field_post(row))
    demand_holder(commander, field="commander", what=_("现场指挥长"))
    at = _position(lon, lat)
    field_post = FieldPost.objects.create(
        realm=actor.realm,
        audience=[],
        incident=row,
        kind=FieldPostKind(kind),
        name=name.strip() or _named(row, kind),
        place=place.strip(),
        lon=at[0],
        lat=at[1],
        commander=commander,
        opened_by=actor.label[:120],
        opened_at=clock.now(actor.realm),
    )
    groups = _planned(field_post) if kind == FieldPostKind.HEADQUARTERS else []
    FieldGroup.objects.bulk_create(groups)
    audience = let_in(field_post, groups)
    fact = FieldPostOpened(
        subject_id=str(field_post.pk),
        incident_id=str(row.pk),
        title=field_post.name,
        place=field_post.place,
        commander=name_of(commander),
        groups="、".join(group.name for group in groups),
    )
    happened(fact, incident=str(row.pk), audience=audience)
    _tell(field_post, commander, _("请到现场统一指挥：%(place)s") % {"place": field_post.place})
    for group in groups:
        if group.leader:
            _tell(field_post, group.leader, _("请牵头%(group)s") % {"group": group.name})
    return field_post


@action(Permission.OPEN_FIELD_POST)
def expand_field_post(
    actor: Actor,
    *,
    field_post: FieldPost,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> FieldPost:
    """Make a headquarters of where a commissioner was sent, with the groups of the plans in force.

    Whoever was sent goes on commanding; those who are there stay signed in. Publishes
    ``FieldPostExpanded``; leaders of groups are told. Refuses without a reason, a headquarters, and
    what was withdrawn. Clause 二(二)3.
    """
    _demand_field_post(actor, Permission.OPEN_FIELD_POST, field_post)
    demand_words(reason, field="reason", what=_("理由"))
    demand_commissioner(field_post)
    now = FieldPostKind.HEADQUARTERS
    before = field_post.name
    own_name = before != _named(field_post.incident, FieldPostKind.COMMISSIONER)
    field_post.change(
        expected_version=expected_version,
        kind=now,
        name=before if own_name else _named(field_post.incident, now),
    )
    taken = {one.key for one in field_post.groups.all()}
    groups = FieldGroup.objects.bulk_create(
        one for one in _planned(field_post) if one.key not in taken
    )
    audience = let_in(field_post, FieldGroup.objects.filter(field_post=field_post))
    fact = FieldPostExpanded(
        subject_id=str(field_post.pk),
        incident_id=str(field_post.incident_id),
        before=before,
        title=field_post.name,
        groups="、".join(group.name for group in groups),
        reason=reason.strip(),
    )
    happened(fact, incident=str(field_post.incident_id), audience=audience)
    for group in groups:
        if group.leader:
            _tell(field_post, group.leader, _("请牵头%(group)s") % {"group": group.name})
    return field_post


@action(Permission.APPOINT_FIELD_COMMANDER)
def appoint_field_commander(
    actor: Actor,
    *,
    field_post: FieldPost,
    commander: Post,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> FieldPost:
    """Hand command on the spot to another post, who is told. Publishes ``FieldCommanderAppointed``.

    Refuses without a reason, a vacant post, whoever commands already, and one that was withdrawn.
    Clause 二(二)3.
    """
    _demand_field_post(actor, Permission.APPOINT_FIELD_COMMANDER, field_post)
    demand_words(reason, field="reason", what=_("更换原因"))
    demand_holder(commander, field="commander", what=_("现场指挥长"))
    before = field_post.commander
    if before == commander:
        raise IllegalMove(
            _("现在就是“%(post)s”指挥。") % {"post": name_of(commander)},
            remedy=_("请刷新后看最新状态。"),
        )
    field_post.change(expected_version=expected_version, commander=commander)
    if waiting := waiting_handover(field_post):
        waiting.change(expected_version=waiting.version, lapsed_at=clock.now(actor.realm))
    audience = let_in(field_post, field_post.groups.all())
    fact = FieldCommanderAppointed(
        subject_id=str(field_post.pk),
        incident_id=str(field_post.incident_id),
        title=field_post.name,
        before=name_of(before),
        after=name_of(commander),
        reason=reason.strip(),
    )
    happened(fact, incident=str(field_post.incident_id), audience=audience)
    _tell(field_post, commander, _("请到现场统一指挥：%(place)s") % {"place": field_post.place})
    return field_post


@action(Permission.SET_FIELD_GROUP)
def set_field_group(
    actor: Actor,
    *,
    field_post: FieldPost,
    group: str,
    leader: Post,
    members: Sequence[Body] = (),
    expected_version: int,
    idempotency_key: str = "",
) -> FieldPost:
    """Say who leads a group on the spot and which bodies work in it, or set up one more.

    Publishes ``FieldGroupSet``; the leader is told. ``group`` is a key of the plan's or one of the
    usual ones. Refuses an unknown group, a vacant leader, and whoever does not command there.
    Clause 二(二)3.
    """
    _demand_field_post(actor, Permission.SET_FIELD_GROUP, field_post)
    demand_in_charge(actor, field_post)
    demand_holder(leader, field="leader", what=_("组长"))
    groups = {one.key: one for one in field_post.groups.all()}
    row = groups.get(group) or _new_group(field_post, group, len(groups))
    field_post.change(expected_version=expected_version)
    row.leader, row.members = leader, _listed(members)
    row.save()
    audience = let_in(field_post, [*groups.values(), row])
    fact = FieldGroupSet(
        subject_id=str(field_post.pk),
        incident_id=str(field_post.incident_id),
        title=field_post.name,
        group=row.name,
        leader=name_of(leader),
        members="、".join(one["name"] for one in row.members) or _("无"),
    )
    happened(fact, incident=str(field_post.incident_id), audience=audience)
    _tell(field_post, leader, _("请牵头%(group)s") % {"group": row.name})
    return field_post


@action(Permission.NOTE_FIELD_ADJUSTMENT)
def note_field_adjustment(
    actor: Actor,
    *,
    field_post: FieldPost,
    text: str,
    reason: str,
    told: datetime | None = None,
    idempotency_key: str = "",
) -> FieldPost:
    """Report back what is done on the spot otherwise than was ordered, and why.

    Publishes ``FieldAdjustmentNoted``; changes no order. ``told``: when it was said by telephone.
    Refuses without words or reason, a moment ahead, and whoever is not there. Clause 二(二)3.
    """
    _demand_field_post(actor, Permission.NOTE_FIELD_ADJUSTMENT, field_post)
    demand_on_scene(actor, field_post, field_post.groups.all())
    demand_words(text, field="text", what=_("调整内容"))
    demand_words(reason, field="reason", what=_("调整原因"))
    demand_told(told, clock.now(actor.realm))
    fact = FieldAdjustmentNoted(
        subject_id=str(field_post.pk),
        incident_id=str(field_post.incident_id),
        title=field_post.name,
        text=text.strip(),
        reason=reason.strip(),
    )
    happened(
        fact, incident=str(field_post.incident_id), audience=field_post.audience, told=told
    )
    return field_post


@action(Permission.CLOSE_FIELD_POST)
def close_field_post(
    actor: Actor,
    *,
    field_post: FieldPost,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> FieldPost:
    """Withdraw command on the spot, a decision of its own. Publishes ``FieldPostClosed``.

    Refuses without a reason, what was withdrawn already, and while a unit under its command still
    owes something, or anybody there is not signed out, and names what and whom. Clause 二(二)3.
    """
    demand_realm(actor, field_post)
    locked_incident(actor, field_post.incident)
    demand_reach(actor, Permission.CLOSE_FIELD_POST, field_post.incident)
    demand_words(reason, field="reason", what=_("撤销情况"))
    FIELD_POST_MOVES.check(field_post.state, FieldPostState.CLOSED)
    # Held, so that nobody is signed in while those who are there are counted.
    FieldPost.objects.select_for_update().get(pk=field_post.pk)
    demand_none_owed(orders_on_scene(field_post))
    demand_all_signed_out(named_or_counted(field_post), headcount(field_post))
    field_post.change(
        expected_version=expected_version,
        state=FieldPostState.CLOSED,
        closed_at=clock.now(actor.realm),
        closed_reason=reason.strip(),
    )
    fact = FieldPostClosed(
        subject_id=str(field_post.pk),
        incident_id=str(field_post.incident_id),
        title=field_post.name,
        reason=reason.strip(),
    )
    happened(fact, incident=str(field_post.incident_id), audience=field_post.audience)
    return field_post


def _named(incident: Incident, kind: str) -> str:
    title = {"incident": incident.title[:100]}
    if kind == FieldPostKind.COMMISSIONER:
        return _("%(incident)s现场特派员") % title
    return _("%(incident)s现场指挥部") % title


def _demand_field_post(actor: Actor, permission: str, field_post: FieldPost) -> None:
    demand_realm(actor, field_post)
    demand_reach(actor, permission, field_post.incident)
    demand_standing(field_post)


def _position(
    lon: Decimal | None, lat: Decimal | None
) -> tuple[Decimal, Decimal] | tuple[None, None]:
    if lon is not None and lat is not None:
        return checked_position(lon, lat)
    if lon is None and lat is None:
        return None, None
    field, what = ("lat", _("纬度")) if lat is None else ("lon", _("经度"))
    raise Invalid(
        _("只填了经度、纬度中的一个。"),
        place=what,
        remedy=_("请两个都填，或都留空。"),
        fields={field: _("请填写%(what)s") % {"what": what}},
    )


def _planned(field_post: FieldPost) -> list[FieldGroup]:
    return [
        FieldGroup(
            field_post=field_post,
            key=group.key,
            name=group.label,
            order=at,
            leader=staffed_address(group.leads).post if group.leads else None,
            members=_listed(organization.body_by_key(key) for key in group.members),
        )
        for at, group in enumerate(planned_groups(field_post.incident))
    ]


def _new_group(field_post: FieldPost, key: str, order: int) -> FieldGroup:
    if key not in GROUP_LABELS:
        raise Invalid(
            _("没有“%(group)s”这个工作组。") % {"group": key[:60]},
            place=_("工作组"),
            remedy=_("请从这些里选：%(names)s。") % {"names": "、".join(GROUP_LABELS.values())},
            fields={"group": _("请选择工作组")},
        )
    return FieldGroup(field_post=field_post, key=key, name=GROUP_LABELS[key], order=order)


def _listed(bodies: Iterable[Body]) -> list[dict[str, str]]:
    return [{"body": str(body.pk), "name": str(body)} for body in bodies]


def let_in(field_post: FieldPost, groups: Iterable[FieldGroup], *others: Post) -> list[str]:
    """Let those who command and work there, and others, see it and the incident's head."""
    groups = list(groups)
    posts = {field_post.commander, *others}
    if waiting := waiting_handover(field_post):
        posts.add(waiting.to_post)
    # Whoever speaks to the superior in command has to know what is done on the spot.
    term = standing_term(field_post.incident)
    if term and term.liaison:
        posts.add(term.liaison)
    posts |= {group.leader for group in groups if group.leader}
    bodies = {str(post.body_id) for post in posts}
    bodies |= {one["body"] for group in groups for one in group.members}
    audience = sorted(
        {
            "duty",
            f"incident:{field_post.incident_id}",
            *(f"post:{post.pk}" for post in posts),
            *(f"body:{body}" for body in bodies),
        }
    )
    FieldPost.objects.filter(pk=field_post.pk).update(audience=audience)
    field_post.audience = audience
    let_commander_read(field_post)
    widen_incident(field_post.incident, audience)
    return audience


def _tell(field_post: FieldPost, post: Post, text: str) -> None:
    if organization.is_vacant(post):
        return
    send_message(
        system_actor("run", _("现场指挥部"), field_post.realm, Messaging.SEND_MESSAGE),
        to_post=post,
        title=_("%(name)s：%(text)s") % {"name": field_post.name[:100], "text": text[:80]},
        text=text,
        subject_kind=KIND,
        subject_id=str(field_post.pk),
        incident=str(field_post.incident_id),
        audience=["duty"],
        urgent=True,
        link=f"/command/field-posts/{field_post.pk}/",
        idempotency_key=f"{field_post.pk}/{field_post.version}/{post.pk}/{text}"[:200],
    )
