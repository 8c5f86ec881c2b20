"""Calls: written down once, they open an incident or join one, and its first report is drafted."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.timezone import localtime

from liandong.command.actions.claims import (
    demand_reach,
    demand_realm,
    lend,
    lock_register,
    locked_incident,
)
from liandong.command.actions.incident import open_incident
from liandong.command.actions.location import locate_incident
from liandong.command.actions.proposal import record_incident_facts
from liandong.command.actions.report import draft_report
from liandong.command.actions.report_due import new_report
from liandong.command.actions.signal import held_signal, settle, stop_ringing
from liandong.command.events import CallReadBack, CallRegistered, SignalRegistered
from liandong.command.models import Call, Incident, Report, Signal
from liandong.command.permissions import Permission
from liandong.command.queries import report as reports
from liandong.command.queries.signal import signal_rungs
from liandong.command.queries.township import township_names
from liandong.command.rules.alike import townships_in
from liandong.command.rules.call import (
    Told,
    elements_of,
    facts_of,
    source_of,
    spot_of,
    title_of,
)
from liandong.command.rules.casualties import Figures
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_words
from liandong.command.rules.signal import demand_move, demand_not_ahead
from liandong.command.states import OWED, Channel, ReportKind, SignalState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.plans.language import FactError, dictionary

FIGURES = ("dead", "missing", "badly_injured", "villages")
MOST_PEOPLE = 10_000_000


@action(Permission.OPEN_INCIDENT)
def register_call(
    actor: Actor,
    *,
    told: Told,
    signal: Signal | None = None,
    incident: Incident | None = None,
    idempotency_key: str = "",
) -> Call:
    """Write a call down: open an incident, or add to the open one that is named.

    Facts it gives are recorded with the caller as their source, the first report is drafted from
    the elements, the leader of the shift is told by message, and the signal rings no more.
    Where it was shown on the map, an incident that nobody has located yet is located there.
    Publishes ``CallRegistered`` and ``SignalRegistered``, besides what its parts publish. Refuses
    a call without caller, place, kind or content, moments that lie ahead, figures that cannot be,
    half a position, a signal settled already and an incident that is over. Clause 二(二)2.
    """
    now = clock.now(actor.realm)
    actor.demand(Permission.OPEN_INCIDENT, hazard=told.hazard)
    _demand_complete(told, now)
    lon, lat = spot_of(told) or (None, None)
    told = replace(told, received_at=min(told.received_at or now, now), lon=lon, lat=lat)
    if signal is not None:
        signal = held_signal(actor, signal)
        demand_realm(actor, signal)
        demand_move(signal, SignalState.REGISTERED)
    entitled = lend(
        actor,
        Permission.LOCATE_INCIDENT,
        Permission.RECORD_FACTS,
        Permission.DRAFT_REPORT,
        Messaging.SEND_MESSAGE,
    )
    townships = townships_in(told.place, township_names())
    if incident is None:
        row = _opened(entitled, told, townships)
    else:
        row = locked_incident(actor, incident)
        demand_reach(actor, Permission.OPEN_INCIDENT, row)
        demand_open(row)
        _locate(entitled, row, told)
    call = _written(actor, row, signal, told, townships)
    _keep_facts(entitled, row, told)
    _draft_first(entitled, row, told)
    _tell_leader(entitled, row, call, merged=incident is not None)
    happened(
        _registered(call, row, merged=incident is not None),
        incident=str(row.pk),
        audience=row.scopes,
        told=told.received_at,
    )
    if signal is not None:
        _settled(actor, signal, row)
    return call


@action(Permission.OPEN_INCIDENT)
def read_back_call(actor: Actor, *, call: Call, idempotency_key: str = "") -> Call:
    """Keep that what was written down for somebody was said back to them, and they agreed.

    Publishes ``CallReadBack``. Refuses what was read back before. Clause 二(二)2.
    """
    demand_realm(actor, call)
    now = clock.now(actor.realm)
    waiting = Call.objects.filter(pk=call.pk, read_back_at=None)
    if not waiting.update(read_back_at=now, read_back_by=actor.label[:120]):
        raise IllegalMove(
            _("%(call)s已经复诵过。") % {"call": call},
            place=str(call),
            remedy=_("内容有变的，请另行登记。"),
        )
    call.refresh_from_db()
    fact = CallReadBack(
        subject_id=str(call.pk),
        number=f"{call.day:%m%d}-{call.ordinal:02}",
        caller=call.caller,
        by=call.read_back_by,
    )
    happened(fact, incident=str(call.incident_id), audience=call.audience)
    return call


def _opened(actor: Actor, told: Told, townships: list[str]) -> Incident:
    return open_incident(
        actor,
        title=title_of(told)[:200],
        hazard=told.hazard,
        source=source_of(told)[:200],
        received_at=told.received_at,
        occurred_at=told.occurred_at,
        place=told.place,
        townships=townships,
        position=spot_of(told),
    )


def _locate(actor: Actor, incident: Incident, told: Told) -> None:
    """Put an incident that had no place on the map where this caller showed it."""
    if incident.lon is not None or told.lon is None or told.lat is None:
        return
    locate_incident(
        actor,
        incident=incident,
        lon=told.lon,
        lat=told.lat,
        expected_version=incident.version,
    )


def _written(
    actor: Actor, incident: Incident, signal: Signal | None, told: Told, townships: list[str]
) -> Call:
    """The call's own row, counted within its day under the register's lock."""
    now = clock.now(actor.realm)
    day: date = localtime(told.received_at).date()
    lock_register(actor.realm, now)
    last = Call.objects.filter(realm=actor.realm, day=day).aggregate(last=Max("ordinal"))
    plain: dict[str, Any] = {
        name: value for name, value in vars(told).items() if name not in {"asked", "read_back"}
    }
    return Call.objects.create(
        realm=actor.realm,
        audience=sorted({"duty", f"incident:{incident.pk}"}),
        signal=signal,
        incident=incident,
        day=day,
        ordinal=(last["last"] or 0) + 1,
        townships=townships,
        asked={name: _plainly(value) for name, value in told.asked.items()},
        registered_by=actor.label[:120],
        registered_at=now,
        read_back_at=now if told.read_back else None,
        read_back_by=actor.label[:120] if told.read_back else "",
        **plain,
    )


def _keep_facts(actor: Actor, incident: Incident, told: Told) -> None:
    facts = facts_of(told, dictionary())
    if facts:
        record_incident_facts(
            actor,
            incident=incident,
            facts=facts,
            source=source_of(told)[:200],
            observed_at=told.received_at,
            # A call is never refused for its figures: what was said is why they are fewer.
            reason=told.what,
        )


def _draft_first(actor: Actor, incident: Incident, told: Told) -> None:
    """Write every first report that is still blank; where no clock asks for one, the first to the superior."""
    first = Report.objects.filter(incident=incident, kind=ReportKind.FIRST)
    if not first.exists():
        new_report(
            incident,
            ReportKind.FIRST,
            Channel.PHONE,
            reports.superior(),
            counted=_("接报后主动报告"),
        )
    known = dictionary()
    shown = [
        _("%(label)s：%(value)s")
        % {"label": known[name].label, "value": known[name].show(known[name].read(value))}
        for name, value in told.asked.items()
        if name in known and value is not None
    ]
    for report in first.filter(state__in=sorted(OWED), text=""):
        draft_report(
            actor,
            report=report,
            elements=elements_of(told, shown),
            figures=Figures(dead=told.dead, missing=told.missing),
            expected_version=report.version,
        )


def _tell_leader(actor: Actor, incident: Incident, call: Call, *, merged: bool) -> None:
    """Inform the leader of the shift; nobody where the chair is empty, or is the actor's own."""
    leader = next(iter(signal_rungs()), None)
    if leader is None or str(leader.pk) == actor.post:
        return
    title = _("又接报：%(incident)s") if merged else _("接报：%(incident)s")
    send_message(
        actor,
        to_post=leader,
        title=(title % {"incident": incident.title})[:200],
        text=_("%(call)s，%(caller)s：%(what)s")
        % {"call": call, "caller": call.caller, "what": call.what},
        subject_kind="command.incident",
        subject_id=str(incident.pk),
        incident=str(incident.pk),
        audience=["duty"],
        urgent=True,
        link=f"/command/incidents/{incident.pk}/",
    )


def _settled(actor: Actor, signal: Signal, incident: Incident) -> None:
    settle(actor, signal, SignalState.REGISTERED, incident=incident)
    fact = SignalRegistered(
        subject_id=str(signal.pk),
        incident_id=str(incident.pk),
        incident_title=incident.title,
    )
    happened(fact, incident=str(incident.pk), audience=signal.audience)
    stop_ringing(signal)


def _demand_complete(told: Told, now: datetime) -> None:
    words = {
        "caller": _("来电单位、职务"),
        "hazard": _("类别"),
        "place": _("地点"),
        "what": _("发生了什么"),
    }
    for field, what in words.items():
        demand_words(getattr(told, field), field=field, what=what)
    demand_not_ahead(told.received_at, now)
    if told.occurred_at is not None and told.occurred_at > now:
        raise Invalid(
            _("发生时间晚于现在。"),
            place=_("发生时间"),
            remedy=_("请核对来电人说的时间。"),
            fields={"occurred": _("不能晚于现在")},
        )
    for field in FIGURES:
        _demand_figure(field, getattr(told, field))
    known = dictionary()
    for name, value in told.asked.items():
        if name not in known:
            raise Invalid(
                _("没有“%(name)s”这项情况。") % {"name": name},
                place=name,
                remedy=_("请按表上列出的情况填写。"),
            )
        _demand_fact(name, value)


def _demand_figure(field: str, value: int | None) -> None:
    if value is not None and not 0 <= value <= MOST_PEOPLE:
        raise Invalid(
            _("人数、个数不能是 %(value)d。") % {"value": value},
            place=field,
            remedy=_("请填 0 或正整数；没问到的选“未知”。"),
            fields={field: _("请核对数字")},
        )


def _demand_fact(name: str, value: object) -> None:
    try:
        if value is not None:
            dictionary()[name].read(value)
    except FactError as wrong:
        raise Invalid(
            wrong.what, place=dictionary()[name].label, remedy=wrong.remedy,
            fields={f"asked_{name}": wrong.remedy},
        ) from wrong  # fmt: skip


def _registered(call: Call, incident: Incident, *, merged: bool) -> CallRegistered:
    return CallRegistered(
        subject_id=str(call.pk),
        incident_id=str(incident.pk),
        number=f"{call.day:%m%d}-{call.ordinal:02}",
        channel=call.channel,
        caller=call.caller,
        received_at=call.received_at.isoformat(),
        occurred=call.occurred,
        place=call.place,
        what=call.what,
        measures=call.measures,
        merged=merged,
        lon=str(call.lon or ""),
        lat=str(call.lat or ""),
        on_behalf_of=call.on_behalf_of,
        read_back=call.read_back_at is not None,
        **{name: _figure(getattr(call, name)) for name in FIGURES},
    )


def _figure(value: int | None) -> str:
    return "" if value is None else str(value)


def _plainly(value: object) -> object:
    return value if isinstance(value, bool | int | str) or value is None else str(value)
