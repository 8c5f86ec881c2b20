"""What command shows on the duty desk, and its entry in the top bar."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liandong.command import queries
from liandong.command.forms.sheet import desk_sheet
from liandong.command.permissions import Permission
from liandong.command.states import IncidentState
from liandong.kernel import clock
from liandong.kernel.counting import count_for
from liandong.kernel.permissions import Role
from liandong.kernel.wording import gettext as words
from liandong.web.nav import entry
from liandong.web.requests import actor_of
from liandong.web.setup import DONE, MISSING, PARTLY, SLOT, Item, Link, shown
from liandong.web.slots import panel

Shown = tuple[str, dict[str, Any]]
MOST = 6
PERIOD_PARTS = ("desk-periods", "room-periods")
MOST_AT_ONCE = 40  # on the desk; the others are listed when they are asked for


def open_count(request: HttpRequest) -> int:
    """How many incidents go on."""
    return count_for(actor_of(request), queries.visible_open_incidents)


entry(
    pgettext_lazy("栏目", "事件"),
    "command:incidents",
    Permission.READ_INCIDENT,
    order=20,
    count=open_count,
    live=("command.incident",),
    key="gs",
)
entry(
    _("试走一遍"),
    "command:rehearsal",
    Permission.READ_INCIDENT,
    order=96,
    in_menu=True,
    icon="player-play",
)
entry(
    _("报告时限"),
    "command:clocks",
    Permission.SET_REPORT_CLOCK,
    order=95,
    in_menu=True,
    icon="clock-hour-4",
)
entry(
    _("值班信息"),
    "command:digests",
    Permission.COMPILE_DIGEST,
    order=57,
    in_menu=True,
    icon="clipboard-text",
)
entry(
    _("信息报告"),
    "command:reports",
    Permission.DRAFT_REPORT,
    order=56,
    in_menu=True,
    icon="file-text",
)
entry(
    _("指挥大屏"),
    "command:wall",
    Permission.READ_INCIDENT,
    order=50,
    in_menu=True,
    icon="device-tv",
)
entry(
    _("特殊时期"),
    "command:periods",
    Permission.READ_INCIDENT,
    order=55,
    in_menu=True,
    icon="shield",
)
entry(
    _("常用指令"),
    "command:order_phrases",
    Permission.KEEP_ORDER_PHRASE,
    order=94,
    in_menu=True,
    icon="message-2-bolt",
)
entry(
    _("来电和信号"),
    "command:signals",
    Permission.TAKE_SIGNAL,
    order=60,
    in_menu=True,
    icon="phone-incoming",
)


@panel("web.bars", order=10)
def ring(request: HttpRequest, obj: Any) -> Shown | None:
    """What rings, on every page, until somebody takes it."""
    actor = actor_of(request)
    if not actor.may(Permission.TAKE_SIGNAL):
        return None
    context = {"ring": queries.ring_of(actor), "now": clock.now(actor.realm)}
    return "command/_ring.html", context


@panel("web.topbar", order=80)
def sound(request: HttpRequest, obj: Any) -> Shown | None:
    """Whether the bell can be heard; a click tries it."""
    return (
        ("command/_sound.html", {}) if actor_of(request).may(Permission.TAKE_SIGNAL) else None
    )


@panel("organization.desk.middle", order=10)
def call(request: HttpRequest, obj: Any) -> Shown | None:
    """The sheet beside the telephone."""
    actor, asked = actor_of(request), request.GET
    if not actor.may(Permission.TAKE_SIGNAL):
        return None
    return "command/_desk_call.html", desk_sheet(
        actor, asked.get("signal", ""), asked.get("tab", "")
    )


@panel("organization.desk.now", order=10)
def desk(request: HttpRequest, obj: Any) -> Shown | None:
    """Everything that waits for this actor, by time left."""
    actor = actor_of(request)
    if not actor.may(Permission.READ_INCIDENT):
        return None
    now, every = clock.now(actor.realm), request.GET.get("all") == "1"
    items = queries.desk_items(actor, now)
    most = len(items) if every else MOST_AT_ONCE
    fresh = [item for item in items if not item.is_stale(now)]
    stale = [item for item in items if item.is_stale(now)]
    around = {
        "now": now,
        "every": every,
        "count": len(items),
        "items": fresh[:most],
        "stale": stale[:most],
        "stale_count": len(stale),
        "beyond": len(fresh[most:]) + len(stale[most:]),
    }
    return "command/_desk.html", around


@panel("command.incident.map", order=10)
def incident_map(request: HttpRequest, obj: Any) -> Shown | None:
    """Where the incident is, and what lies around it."""
    actor = actor_of(request)
    around = {
        "incident": obj,
        "may_locate": actor.may(Permission.LOCATE_INCIDENT) and obj.is_open,
        "may_draw": actor.may(Permission.DRAW_ROUTE) and obj.is_open,
    }
    return "command/_map.html", around


@panel("web.map.here", order=10)
def order_here(request: HttpRequest, obj: Any) -> Shown | None:
    """The incidents that go on, the nearest first, each a way to order something at this place."""
    actor = actor_of(request)
    if not actor.may(Permission.ISSUE_ORDER):
        return None
    near = queries.incidents_by_distance(actor, obj)[:MOST]
    return ("command/_order_here.html", {"near": near, "here": obj}) if near else None


@panel("organization.desk.later", order=10)
def later(request: HttpRequest, obj: Any) -> Shown | None:
    """What waits while nothing happens."""
    actor = actor_of(request)
    if not actor.may(Permission.TAKE_SIGNAL):
        return None
    found = queries.obligations(actor, clock.now(actor.realm))
    return ("command/_later.html", {"obligations": found}) if found else None


@panel("organization.desk.side", order=10)
def incidents(request: HttpRequest, obj: Any) -> Shown | None:
    """The incidents that go on, with their responses."""
    actor = actor_of(request)
    if not actor.may(Permission.READ_INCIDENT):
        return None
    rows = queries.listed_incidents(actor, state=IncidentState.OPEN)[:MOST]
    around = {"incidents": rows, "may_open": actor.may(Permission.OPEN_INCIDENT)}
    return "command/_incidents.html", around


@panel("organization.desk.side", order=5)
def desk_periods(request: HttpRequest, obj: Any) -> Shown | None:
    """The special periods in force, while there are any."""
    return _periods(request, "desk-periods")


@panel("command.incident.side", order=5)
def room_periods(request: HttpRequest, obj: Any) -> Shown | None:
    """The same beside an incident."""
    return _periods(request, "room-periods")


def periods_part(request: HttpRequest) -> HttpResponse:
    """They again, when one was declared, extended or is over."""
    asked = request.GET.get("as", "")
    return _again(
        request, _periods(request, asked if asked in PERIOD_PARTS else PERIOD_PARTS[0])
    )


def _periods(request: HttpRequest, part_id: str) -> Shown | None:
    actor = actor_of(request)
    if not actor.may(Permission.READ_INCIDENT):
        return None
    rows = list(queries.periods_in_force(actor, clock.now(actor.realm)))
    return "command/_periods.html", {"periods": rows, "part_id": part_id}


def ring_part(request: HttpRequest) -> HttpResponse:
    """The bar again, when a signal came, was taken, or climbed."""
    return _again(request, ring(request, None))


def desk_part(request: HttpRequest) -> HttpResponse:
    """The list again, when something happened."""
    return _again(request, desk(request, None))


def incidents_part(request: HttpRequest) -> HttpResponse:
    """The incidents again, when one was opened or closed, or its response changed."""
    return _again(request, incidents(request, None))


def _again(request: HttpRequest, shown: Shown | None) -> HttpResponse:
    return render(request, *shown) if shown else HttpResponse()


@panel("organization.move", order=10)
def open_at_post(request: HttpRequest, obj: Any) -> Shown | None:
    """What is open at the post somebody is about to leave."""
    actor = actor_of(request)
    if not actor.may(Permission.READ_INCIDENT):
        return None
    waiting = queries.open_at_post(actor, obj.post)
    return "command/_move.html", {"waiting": waiting, "now": clock.now(actor.realm)}


@panel(SLOT, order=75)
def clocks_item(request: HttpRequest, _obj: Any) -> Shown:
    """Clocks of upward reports: whether there are any, and to whom they lead."""
    clocks = list(queries.all_clocks())
    to = next((one.to for one in clocks if one.to), "")
    may = actor_of(request).may(Permission.SET_REPORT_CLOCK)
    said = words("%(n)d 条时限") % {"n": len(clocks)}
    lacks = () if to else (words("没有写明报给谁"),)
    link = Link(_("核对报告时限"), reverse("command:clocks"), may, Role.SECURITY_ADMIN.label)
    state = MISSING if not clocks else PARTLY if lacks else DONE
    return shown(
        Item(
            title=_("报告时限"),
            state=state,
            said=f"{said}，{to}" if to else said,
            lacks=lacks,
            links=(link,),
        )
    )


@panel(SLOT, order=95)
def rehearsal_item(request: HttpRequest, _obj: Any) -> Shown:
    """The rehearsal: whether one was gone through to its end."""
    ended = queries.rehearsed()
    may = actor_of(request).may(Permission.READ_INCIDENT)
    by = Role.HEADQUARTERS_OFFICE.label
    link = Link(_("试走一遍"), reverse("command:rehearsal"), may, by, is_main=not ended)
    said = words("走完 %(n)d 次") % {"n": ended} if ended else words("还没有走过")
    return shown(
        Item(title=_("试走一遍"), state=DONE if ended else MISSING, said=said, links=(link,))
    )


@panel("organization.phone_record.actions", order=10)
def take_up(request: HttpRequest, record: Any) -> Shown | None:
    """The way from a call in the telephone's book to an emergency."""
    if not actor_of(request).may(Permission.TAKE_SIGNAL) or not record.is_open:
        return None
    return "command/_take_up.html", {"record": record}


@panel("plans.what_if")
def incidents_to_suppose(request: HttpRequest, version: Any) -> Shown | None:
    """Open incidents whose facts a plan can be tried on; those of its hazard first."""
    rows = queries.visible_open_incidents(actor_of(request))
    incidents = sorted(
        rows.order_by("-opened_at")[:MOST],
        key=lambda one: not one.hazard.startswith(version.hazard[:3]),
    )
    if not incidents:
        return None
    page = reverse("plans:version_what_if", args=[version.key, version.number])
    chosen = request.GET.get("incident", "")
    return "command/_what_if.html", {"incidents": incidents, "page": page, "chosen": chosen}
