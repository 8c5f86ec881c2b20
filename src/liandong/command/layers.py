"""What command shows on the map: incidents that go on, command on the spot, routes."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liandong.command import queries
from liandong.command.permissions import Permission
from liandong.command.states import FieldPostState, IncidentState, RouteKind, RouteState
from liandong.kernel import clock
from liandong.web.maps.features import Feature, Sign, Stroke, Tone, spot
from liandong.web.maps.measuring import how_far
from liandong.web.maps.registry import Asked, layer
from liandong.web.requests import actor_of

LOOKS = {
    RouteKind.EVACUATION: (Tone.ACCENT, Stroke.DASHED),
    RouteKind.APPROACH: (Tone.BLUE, Stroke.DOTTED),
    RouteKind.CLOSED: (Tone.RED, Stroke.BARRED),
    RouteKind.FIREBREAK: (Tone.ORANGE, Stroke.HATCHED),
}


@layer(
    "incidents",
    _("事件"),
    group=_("正在发生"),
    sign=Sign.INCIDENT,
    order=20,
    permission=Permission.READ_INCIDENT,
    live=("command.incident", "command.response"),
)
def incidents(request: HttpRequest, asked: Asked) -> Iterator[Feature]:
    """The open incidents that the reader may see; of a room its own, over or not."""
    rows = queries.listed_incidents(actor_of(request))
    mine = (
        rows.filter(pk=asked.incident)
        if asked.incident
        else rows.filter(state=IncidentState.OPEN)
    )
    for row in mine:
        yield Feature(
            key=str(row.pk),
            shape=spot(row.lon, row.lat),
            label=row.title,
            note="、".join(str(one) for one in row.in_force),  # type: ignore[attr-defined]
            tone=Tone.RED,
            url=reverse("command:room", args=[row.pk]),
            at=row.received_at,
        )


@layer(
    "field-posts",
    _("现场指挥部"),
    group=_("正在发生"),
    sign=Sign.UNIT,
    order=25,
    permission=Permission.READ_INCIDENT,
    live=("command.field_post",),
)
def field_posts(request: HttpRequest, asked: Asked) -> Iterator[Feature]:
    """Where command on the spot stands."""
    rows = queries.visible_field_posts(actor_of(request)).filter(state=FieldPostState.OPEN)
    for row in rows.filter(incident_id=asked.incident) if asked.incident else rows:
        yield Feature(
            key=str(row.pk),
            shape=spot(row.lon, row.lat),
            label=row.name,
            note=row.place,
            tone=Tone.ACCENT,
            url=reverse("command:room", args=[row.incident_id]),
            at=row.opened_at,
        )


@layer(
    "routes",
    _("线路"),
    group=_("正在发生"),
    sign=Sign.LINE,
    order=27,
    permission=Permission.READ_INCIDENT,
    live=("command.route", "command.incident_closed"),
)
def routes(request: HttpRequest, asked: Asked) -> Iterator[Feature]:
    """The routes that stand in open incidents; of a room its own, over or not."""
    rows = queries.visible_routes(actor_of(request)).filter(state=RouteState.DRAWN)
    mine = (
        rows.filter(incident_id=asked.incident)
        if asked.incident
        else rows.filter(incident__state=IncidentState.OPEN)
    )
    for row in mine:
        tone, stroke = LOOKS[RouteKind(row.kind)]
        yield Feature(
            key=str(row.pk),
            shape=row.line,
            label=str(row),
            note=how_far(row.length_m),
            tone=tone,
            stroke=stroke,
            kind=row.get_kind_display(),
            url=reverse("command:room", args=[row.incident_id]),
            at=row.drawn_at,
        )


@layer(
    "special-periods",
    _("特殊时期"),
    group=_("正在发生"),
    sign=Sign.AREA,
    order=28,
    permission=Permission.READ_INCIDENT,
    live=("command.special_period",),
)
def special_periods(request: HttpRequest, asked: Asked) -> Iterator[Feature]:
    """Where special periods hold now: those with an area drawn; the others have no place."""
    actor = actor_of(request)
    for row in queries.periods_in_force(actor, clock.now(actor.realm)):
        yield Feature(
            key=str(row.pk),
            shape=row.shape,
            label=str(row),
            note=row.paper,
            tone=Tone.RED,
            url=reverse("command:period", args=[row.pk]),
            at=row.starts_at,
        )
