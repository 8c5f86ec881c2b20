"""Routes: drawn on the map of an incident, and withdrawn."""

from collections.abc import Sequence
from decimal import Decimal

from liandong.command.actions.claims import demand_reach, demand_realm, locked_incident
from liandong.command.events import RouteDrawn, RouteWithdrawn
from liandong.command.models import Incident, Route
from liandong.command.permissions import Permission
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_words
from liandong.command.rules.route import checked_points
from liandong.command.states import ROUTE_MOVES, RouteKind, RouteState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.geo.shapes import line_length_m
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.web.maps.measuring import how_far


@action(Permission.DRAW_ROUTE)
def draw_route(
    actor: Actor,
    *,
    incident: Incident,
    kind: str,
    name: str,
    points: Sequence[tuple[Decimal, Decimal]],
    idempotency_key: str = "",
) -> Route:
    """Put a route on the map of an incident, in degrees of WGS-84. Publishes ``RouteDrawn``.

    Its length is reckoned on the ellipsoid. Refuses fewer than 2 and more than 200 points, places
    outside China, no name, and a closed incident. Clause 二(二)2.
    """
    demand_realm(actor, incident)
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.DRAW_ROUTE, row)
    demand_open(row)
    demand_words(name, field="name", what=_("线路名称"))
    if kind not in RouteKind.values:
        raise Invalid(
            _("没有“%(kind)s”这类线路。") % {"kind": kind[:20]},
            place=_("类别"),
            remedy=_("请从列表里选一类。"),
            fields={"kind": _("请选择类别")},
        )
    places = checked_points(points)
    route = Route.objects.create(
        incident=row,
        kind=kind,
        name=name.strip()[:60],
        points=places,
        length_m=round(line_length_m(places)),
        drawn_by=actor.label[:120],
        drawn_at=clock.now(actor.realm),
    )
    fact = RouteDrawn(
        subject_id=str(route.pk),
        incident_id=str(row.pk),
        kind=str(RouteKind(kind).label),
        title=route.name,
        length=how_far(route.length_m),
    )
    happened(fact, incident=str(row.pk), audience=row.scopes)
    return route


@action(Permission.WITHDRAW_ROUTE)
def withdraw_route(
    actor: Actor,
    *,
    route: Route,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Route:
    """Take a route that no longer holds off the maps. Publishes ``RouteWithdrawn``.

    Refuses without a reason, one that was withdrawn already, and a closed incident.
    Clause 二(二)2.
    """
    demand_realm(actor, route.incident)
    row = locked_incident(actor, route.incident)
    demand_reach(actor, Permission.WITHDRAW_ROUTE, row)
    demand_open(row)
    demand_words(reason, field="reason", what=_("撤销原因"))
    ROUTE_MOVES.check(route.state, RouteState.WITHDRAWN)
    route.change(
        expected_version=expected_version,
        state=RouteState.WITHDRAWN,
        withdrawn_at=clock.now(actor.realm),
        withdrawn_reason=reason.strip()[:200],
    )
    fact = RouteWithdrawn(
        subject_id=str(route.pk),
        incident_id=str(row.pk),
        kind=str(RouteKind(route.kind).label),
        title=route.name,
        reason=route.withdrawn_reason,
    )
    happened(fact, incident=str(row.pk), audience=row.scopes)
    return route
