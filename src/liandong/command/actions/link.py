"""Saying how incidents belong together, and taking it back."""

from liandong.command.actions.claims import demand_reach, lock_register, locked_pair
from liandong.command.events import IncidentsLinked, IncidentsUnlinked
from liandong.command.models import Incident, IncidentLink
from liandong.command.permissions import Permission
from liandong.command.queries.incident import incident_for
from liandong.command.queries.link import incidents_above, standing_links
from liandong.command.rules.incident import demand_no_ring, demand_not_merged, demand_two
from liandong.command.rules.order import demand_words
from liandong.command.states import LinkKind
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove
from liandong.kernel.wording import gettext as _


@action(Permission.LINK_INCIDENTS)
def link_incidents(
    actor: Actor,
    *,
    incident: Incident,
    to: Incident,
    kind: LinkKind,
    reason: str,
    is_counted: bool = False,
    idempotency_key: str = "",
) -> IncidentLink:
    """Say that an incident was caused by another, is part of it, or is the same.

    ``is_counted``: its figures stand in the other's already. Publishes ``IncidentsLinked``.
    Refuses an incident with itself, a ring, a second whole or a second link of the two, one that
    was merged, and no reason. Clause 二(二)2.
    """
    demand_words(reason, field="reason", what=_("关联依据"))
    demand_two(incident, to)
    # One link at a time in a realm: two at once might close a ring that neither sees.
    lock_register(actor.realm, clock.now(actor.realm))
    row, other = locked_pair(actor, incident, to)
    demand_reach(actor, Permission.LINK_INCIDENTS, row)
    for one in (row, other):
        demand_not_merged(one)
    _demand_first(row, other, LinkKind(kind))
    demand_no_ring(row, other, incidents_above(other))
    return keep_link(actor, row, other, LinkKind(kind), reason, is_counted=is_counted)


@action(Permission.LINK_INCIDENTS)
def unlink_incidents(
    actor: Actor,
    *,
    link: IncidentLink,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> IncidentLink:
    """Take a link back; that it stood is kept. Publishes ``IncidentsUnlinked``.

    Refuses without a reason, and what was taken back before. Clause 二(二)2.
    """
    demand_words(reason, field="reason", what=_("解除原因"))
    row, other = locked_pair(
        actor, incident_for(actor, link.incident_id), incident_for(actor, link.to_id)
    )
    demand_reach(actor, Permission.LINK_INCIDENTS, row)
    if not link.stands:
        raise IllegalMove(
            _("这个关联已经解除。"), place=row.number, remedy=_("请刷新后看最新状态。")
        )
    link.change(
        expected_version=expected_version,
        withdrawn_by=actor.label[:120],
        withdrawn_at=clock.now(actor.realm),
        withdrawn_reason=reason.strip()[:500],
    )
    fact = IncidentsUnlinked(
        subject_id=str(row.pk),
        link_id=str(link.pk),
        to_id=str(other.pk),
        to_title=other.title,
        reason=reason.strip(),
    )
    happened(fact, incident=str(row.pk), audience=row.scopes)
    return link


def keep_link(
    actor: Actor,
    incident: Incident,
    to: Incident,
    kind: LinkKind,
    reason: str,
    *,
    is_counted: bool = False,
) -> IncidentLink:
    """Enter a link that nothing speaks against, and tell of it."""
    link = IncidentLink.objects.create(
        kind=kind,
        incident=incident,
        to=to,
        is_counted=is_counted or kind == LinkKind.SAME_AS,
        reason=reason.strip()[:500],
        made_by=actor.label[:120],
        made_at=clock.now(actor.realm),
    )
    fact = IncidentsLinked(
        subject_id=str(incident.pk),
        link_id=str(link.pk),
        kind=str(kind.label),
        to_id=str(to.pk),
        to_title=to.title,
        is_counted=link.is_counted,
        reason=link.reason,
    )
    happened(fact, incident=str(incident.pk), audience=incident.scopes)
    return link


def _demand_first(incident: Incident, to: Incident, kind: LinkKind) -> None:
    """Refuse a second link of the same two, and to be part of two wholes."""
    for one in standing_links(incident):
        if to.pk in {one.incident_id, one.to_id}:
            raise IllegalMove(
                _("这两个事件已经关联：%(link)s。") % {"link": one},
                place=incident.number,
                remedy=_("要改关系，请先解除原来的关联。"),
            )
        whole = kind == one.kind == LinkKind.PART_OF and one.incident_id == incident.pk
        if whole:
            raise IllegalMove(
                _("“%(incident)s”已经是“%(to)s”的一部分。")
                % {"incident": incident, "to": one.to},
                place=incident.number,
                remedy=_("一个事件只归入一个大事件；请先解除原来的关联。"),
            )
