"""Putting right what stands in the head of an incident."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from liandong.command.actions.claims import demand_reach, locked_incident
from liandong.command.actions.report_due import recount_first_reports
from liandong.command.events import IncidentCorrected
from liandong.command.models import Incident
from liandong.command.permissions import Permission
from liandong.command.queries.township import township_names
from liandong.command.rules.alike import townships_in
from liandong.command.rules.call import kind_name
from liandong.command.rules.incident import demand_in_order, demand_not_merged, demand_past
from liandong.command.rules.order import demand_words
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.web.times import full_moment

TEXTS: dict[str, str | Promise] = {
    "title": gettext_lazy("事件名称"),
    "hazard": gettext_lazy("事件类别"),
    "place": gettext_lazy("地点"),
}
MOMENTS: dict[str, str | Promise] = {
    "occurred_at": gettext_lazy("发生时间"),
    "discovered_at": gettext_lazy("发现时间"),
    "received_at": gettext_lazy("接报时间"),
    "leader_informed_at": gettext_lazy("负责人接报时间"),
}


@action(Permission.CORRECT_INCIDENT)
def correct_incident(
    actor: Actor,
    *,
    incident: Incident,
    reason: str,
    expected_version: int,
    changes: Mapping[str, Any],
    idempotency_key: str = "",
) -> Incident:
    """Put name, class, place or moments of an incident right; what stood there is kept.

    ``changes`` are of ``title``, ``hazard``, ``place`` and the four anchors; first reports that
    are owed still are counted anew from them. One that is over may be corrected too: its review
    reads it. Publishes ``IncidentCorrected``. Refuses without a reason, when nothing changes, no
    name or class, moments ahead or out of order, one that was merged, and whoever saw an older
    version. Clause 二(二)2.
    """
    demand_words(reason, field="reason", what=_("更正原因"))
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.CORRECT_INCIDENT, row)
    demand_not_merged(row)
    new = {name: _plain(changes[name]) for name in (*TEXTS, *MOMENTS) if name in changes}
    new = {name: value for name, value in new.items() if value != getattr(row, name)}
    _demand_sound(row, new)
    before = {name: _told(name, getattr(row, name)) for name in new}
    shown = listed(
        _("%(what)s“%(before)s”为“%(after)s”")
        % {"what": _label(name), "before": before[name], "after": _told(name, value)}
        for name, value in new.items()
    )
    also = {}
    if "place" in new:
        also["townships"] = townships_in(str(new["place"]), township_names()) or row.townships
    row.change(expected_version=expected_version, **new, **also)
    if row.is_open and new.keys() & {"hazard", *MOMENTS}:
        recount_first_reports(row)
    fact = IncidentCorrected(
        subject_id=str(row.pk),
        title=row.title,
        changes=before,
        reason=reason.strip(),
        shown=shown,
    )
    happened(fact, incident=str(row.pk), audience=row.scopes)
    return row


def _demand_sound(incident: Incident, new: Mapping[str, Any]) -> None:
    if not new:
        raise Invalid(
            _("没有改动。"), place=incident.number, remedy=_("请改了再提交，不改请返回。")
        )
    for name in ("title", "hazard"):
        if name in new:
            demand_words(new[name], field=name, what=_label(name))
    now = clock.now(incident.realm)
    moments: dict[str, datetime | None] = {
        name: new.get(name, getattr(incident, name)) for name in MOMENTS
    }
    if moments["received_at"] is None:
        raise Invalid(
            _("没有接报时间。"),
            place=_("接报时间"),
            remedy=_("接报时间不能空；不改请照原来的填。"),
            fields={"received_at": _("请填写接报时间")},
        )
    for name, at in moments.items():
        demand_past(at, now, field=name, what=_label(name))
    demand_in_order([(name, _label(name), at) for name, at in moments.items()][:3])


def _label(name: str) -> str:
    return str((TEXTS | MOMENTS)[name])


def _plain(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _told(name: str, value: Any) -> str:
    """A value as the story tells it."""
    if name == "hazard":
        return kind_name(value)
    if name in MOMENTS:
        return full_moment(value) if value else _("未问到")
    return str(value) or _("未问到")
