"""Whom to choose from when many are ordered at once: circles of bodies, and each body by itself."""

from dataclasses import dataclass

from liandong.command.models import Incident
from liandong.command.queries.incident import within
from liandong.command.queries.order import visible_orders
from liandong.command.states import VOID
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.models import Body
from liandong.organization.states import BodyKind, Phase

RECEIVING = (
    BodyKind.TOWNSHIP,
    BodyKind.UNIT,
    BodyKind.PARTNER,
    BodyKind.ENTERPRISE,
    BodyKind.HEADQUARTERS_OFFICE,
)


@dataclass(frozen=True)
class Circles:
    """Bodies that are often ordered together, what they are called, and all that can be chosen."""

    groups: dict[str, list[Body]]
    labels: dict[str, str]
    units: list[Body]


def circles(actor: Actor, incident: Incident) -> Circles:
    """All townships, whoever answers the hazard in the duty matrix, and whoever was ordered already.

    Only bodies that have a post to receive an order.
    """
    able = {post.body_id for post in organization.liaisons(organization.all_bodies())}
    units = [
        body
        for body in organization.bodies_by_kind(*RECEIVING)
        if body.pk in able and not body.merged_into_id
    ]
    known = {body.pk: body for body in units}
    duties = organization.duty_matrix(incident.hazard, Phase.RESPONSE)
    headquarters = organization.headquarters_for(incident.hazard)
    ordered = visible_orders(actor).filter(within(incident)).exclude(state__in=sorted(VOID))
    answering = {duty.body_id for duty in duties}
    already = set(ordered.values_list("to_body", flat=True))
    return Circles(
        groups={
            "townships": [one for one in units if one.kind == BodyKind.TOWNSHIP],
            "members": [
                one for one in units if one.pk in answering and one.kind == BodyKind.UNIT
            ],
            "ordered": [known[pk] for pk in known if pk in already],
        },
        labels={
            "townships": _("全部乡镇（街道）"),
            "members": _("%(headquarters)s成员单位") % {"headquarters": headquarters[0]}
            if headquarters
            else _("有处置职责的单位"),
            "ordered": _("本事件已接令的单位"),
        },
        units=units,
    )
