"""What monitoring shows on the duty desk: proposals to confirm, warnings in force, the stations."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.permissions import Role
from liandong.kernel.wording import gettext as words
from liandong.monitoring import queries
from liandong.monitoring.permissions import Permission
from liandong.web.nav import entry
from liandong.web.requests import actor_of
from liandong.web.setup import SLOT, Item, Link, shown, state_of
from liandong.web.slots import panel

Shown = tuple[str, dict[str, Any]]
MOST = 8


def waiting(request: HttpRequest) -> int:
    """How many proposals this actor could issue or approve."""
    actor = actor_of(request)
    return len(queries.drafts_for(actor)) + len(queries.submitted_for(actor))


entry(
    pgettext_lazy("栏目", "预警"),
    "monitoring:warnings",
    order=30,
    count=waiting,
    urgent=True,
    live=("monitoring.",),
    key="gy",
)
entry(pgettext_lazy("栏目", "测站"), "monitoring:stations", order=35, key="gc")


def owed_by_reader(request: HttpRequest) -> int:
    """How many filings the reader's own bodies owe."""
    return len(queries.filings_owed_by(actor_of(request)))


entry(
    pgettext_lazy("栏目", "报表"),
    "monitoring:filings",
    order=52,
    icon="report",
    count=owed_by_reader,
    live=("monitoring.filing", "monitoring.statistic"),
    key="gb",
)


@panel("organization.desk.now", order=5)
def drafts(request: HttpRequest, obj: Any) -> Shown | None:
    """The proposals that wait for this actor, and the warnings that could be lifted."""
    actor = actor_of(request)
    ends = [row for row in queries.liftable(actor.realm) if queries.may_lift(actor, row)]
    context = {
        "drafts": queries.drafts_for(actor),
        "approvals": queries.submitted_for(actor),
        "ends": ends,
        "expired": [
            row for row in queries.overdue_warnings(actor.realm) if queries.may_lift(actor, row)
        ],
        "now": clock.now(actor.realm),
    }
    return "monitoring/_drafts.html", context


@panel("organization.desk.now", order=40)
def owed(request: HttpRequest, obj: Any) -> Shown | None:
    """What the reader's own bodies owe, and for whoever asks after it, who is silent."""
    actor = actor_of(request)
    late = (
        list(queries.filings_overdue(actor)[:MOST])
        if actor.may(Permission.URGE_FILINGS)
        else []
    )
    phones = queries.phones_of(one.body for one in late)
    context = {
        "owed": queries.filings_owed_by(actor)[:MOST],
        "overdue": [(one, phones.get(one.body_id, "")) for one in late],
        "now": clock.now(ACTUAL),
    }
    return "monitoring/_owed.html", context


def owed_part(request: HttpRequest) -> HttpResponse:
    """What is owed again."""
    return _part(request, owed(request, None))


@panel("organization.desk.now", order=4)
def received(request: HttpRequest, obj: Any) -> Shown | None:
    """The warnings of others that somebody on duty has still to take note of."""
    actor = actor_of(request)
    return "monitoring/_received.html", {"received": queries.to_be_noted(actor)[:MOST]}


@panel("organization.desk.now", order=4)
def to_call(request: HttpRequest, _obj: Any) -> Shown | None:
    """The warnings in force for which nobody was called yet; people decide."""
    actor = actor_of(request)
    if not actor.may(Permission.CALL_OUT):
        return None
    return "monitoring/_to_call.html", {"to_call": queries.warnings_to_call(actor)}


@panel("organization.desk.now", order=45)
def met(request: HttpRequest, obj: Any) -> Shown | None:
    """What of joint meetings waits for the reader's own bodies: answers, tasks, receipts."""
    actor = actor_of(request)
    context = {
        "unanswered": queries.seats_unanswered_by(actor)[:MOST],
        "decisions": [
            (one, queries.is_overdue(one)) for one in queries.decisions_owed_by(actor)[:MOST]
        ],
        "unsigned": queries.minutes_unsigned_by(actor)[:MOST],
    }
    return "monitoring/_met.html", context


def meetings_part(request: HttpRequest) -> HttpResponse:
    """What of joint meetings waits, again."""
    return _part(request, met(request, None))


@panel("organization.desk.side", order=30)
def active(request: HttpRequest, obj: Any) -> Shown | None:
    """The warnings in force."""
    rows = queries.active_warnings(actor_of(request).realm)[:MOST]
    return "monitoring/_active.html", {"warnings": rows}


@panel("organization.desk.strip", order=30)
def strip(request: HttpRequest, obj: Any) -> Shown | None:
    """The stations over a bound first, then those of the main rivers."""
    realm = actor_of(request).realm
    rows = queries.strip_of(realm, limit=MOST)
    sparks = queries.sparks_of(rows, realm)
    shown = [(row, sparks[row.pk]) for row in rows]
    return ("monitoring/_strip.html", {"series": shown}) if rows else None


def received_part(request: HttpRequest) -> HttpResponse:
    """The warnings of others again."""
    return _part(request, received(request, None))


def drafts_part(request: HttpRequest) -> HttpResponse:
    """The proposals again, when something happened."""
    return _part(request, drafts(request, None))


def to_call_part(request: HttpRequest) -> HttpResponse:
    """The warnings for which nobody was called yet, again."""
    return _part(request, to_call(request, None))


def active_part(request: HttpRequest) -> HttpResponse:
    """The warnings in force again."""
    return _part(request, active(request, None))


def strip_part(request: HttpRequest) -> HttpResponse:
    """The stations again."""
    return _part(request, strip(request, None))


def _part(request: HttpRequest, shown: Shown | None) -> HttpResponse:
    return render(request, *shown) if shown else HttpResponse()


@panel(SLOT, order=50)
def stations_item(request: HttpRequest, _obj: Any) -> Shown:
    """Stations: whether there are any, and which series have no bound."""
    total, unbound = queries.bounds_missing()
    may = actor_of(request).may(Permission.REGISTER_STATION)
    lacks = (words("%(n)d 个测项没有阈值，不会报警") % {"n": unbound},) if unbound else ()
    link = Link(
        _("登记测站与阈值"),
        reverse("monitoring:stations_sheet"),
        may,
        Role.HEADQUARTERS_OFFICE.label,
        bool(lacks or not total),
    )
    return shown(
        Item(
            title=_("测站与阈值"),
            state=state_of(total - unbound, total),
            said=words("%(n)d 个测项") % {"n": total},
            lacks=lacks,
            links=(link, Link(_("看测站"), reverse("monitoring:stations"))),
        )
    )
