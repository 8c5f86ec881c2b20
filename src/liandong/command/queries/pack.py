"""What is known of an incident, put together for those who are called to judge it, as plain words.

A pack is kept as it was when they were called. Its sections have the form of tables, so that a page,
a paper and a comparison need to know nothing of what stands in them.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from liandong.command.models import Incident
from liandong.command.queries.command_term import command_words, standing_term
from liandong.command.queries.fact import facts_told
from liandong.command.queries.judging import (
    around,
    experience,
    next_thresholds,
    similar_incidents,
)
from liandong.command.queries.order import board
from liandong.command.queries.report import reports_of
from liandong.command.queries.response import active_responses, visible_proposals
from liandong.command.queries.severity import severity_findings
from liandong.command.queries.special_period import periods_in_force
from liandong.command.states import ResponseLevel
from liandong.kernel.actors import Actor
from liandong.kernel.journal.reading import position
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.monitoring import queries as monitoring
from liandong.web.times import moment

KM = 5  # how far round the place the registers are looked through
GOES_ON = ("attention", "waiting", "under_way")
Row = tuple[str, Sequence[object]]

TITLES = {
    "head": gettext_lazy("事件"),
    "facts": gettext_lazy("核实情况"),
    "grading": gettext_lazy("研判建议和事件级别"),
    "thresholds": gettext_lazy("离下一级还差多少"),
    "warnings": gettext_lazy("生效中的预警和特殊时期"),
    "around": gettext_lazy("周边可能受影响的人和物"),
    "orders": gettext_lazy("未办完的指令"),
    "reports": gettext_lazy("已报出的信息报告"),
    "similar": gettext_lazy("以往同类事件和经验做法"),
}
HEADS = {
    "head": (gettext_lazy("项目"), gettext_lazy("内容")),
    "facts": (gettext_lazy("情况"), gettext_lazy("数值"), gettext_lazy("谁说的、何时")),
    "grading": (gettext_lazy("依据"), gettext_lazy("结论")),
    "thresholds": (
        gettext_lazy("指标"),
        gettext_lazy("现在"),
        gettext_lazy("下一级"),
        gettext_lazy("还差"),
    ),
    "warnings": (gettext_lazy("名称"), gettext_lazy("范围"), gettext_lazy("发布")),
    "around": (gettext_lazy("登记簿"), gettext_lazy("数量"), gettext_lazy("最近的")),
    "orders": (
        gettext_lazy("指令"),
        gettext_lazy("接令"),
        gettext_lazy("内容"),
        gettext_lazy("状态"),
    ),
    "reports": (gettext_lazy("报告"), gettext_lazy("报给"), gettext_lazy("报出时间")),
    "similar": (gettext_lazy("名称"), gettext_lazy("说明")),
}


def data_pack(actor: Actor, incident: Incident, at: datetime) -> dict[str, Any]:
    """What the actor may see of an incident at a moment, section by section. A fixed number of queries.

    In the language that is spoken: what is going to be kept or compared is asked for in the county's.
    Telephones and what is sensitive in registers do not stand in it.
    """
    sections = {
        "head": _head(incident),
        "facts": _facts(actor, incident),
        "grading": _grading(actor, incident, at),
        "thresholds": _thresholds(actor, incident),
        "warnings": _warnings(actor, at),
        "around": _around(actor, incident),
        "orders": _orders(actor, incident, at),
        "reports": _reports(actor, incident),
        "similar": _similar(actor, incident),
    }
    return {
        "at": at.isoformat(),
        "position": position(),
        "sections": [_section(key, rows) for key, rows in sections.items()],
    }


def _section(key: str, rows: Iterable[Row]) -> dict[str, Any]:
    return {
        "key": key,
        "title": str(TITLES[key]),
        "head": [str(one) for one in HEADS[key]],
        "rows": [{"key": name, "cells": [str(cell) for cell in cells]} for name, cells in rows],
    }


def _head(incident: Incident) -> list[Row]:
    responses = [f"{one.plan_version.title} {one}" for one in active_responses(incident)]
    return [
        ("title", (_("名称"), f"{incident.title}（{incident.number}）")),
        ("place", (_("地点"), incident.place or "—")),
        ("received", (_("接报"), moment(incident.received_at))),
        ("severity", (_("事件级别"), incident.get_severity_display() or _("未定"))),
        ("responses", (_("响应级别"), listed(responses) if responses else _("未启动"))),
        ("command", (_("指挥层级"), command_words(standing_term(incident)))),
    ]


def _facts(actor: Actor, incident: Incident) -> list[Row]:
    told = facts_told(actor, incident)
    rows: list[Row] = []
    for one in told:
        said = _("各方说法不一：%(said)s") % {
            "said": listed(f"{each.source} {each.value}" for each in one.tellers)
        }
        value = said if one.waits else one.now.value
        source = f"{one.now.source} {moment(one.now.observed_at)}"
        rows.append((one.name, (one.label, value, source)))
    return sorted(rows, key=lambda row: row[0])


def _grading(actor: Actor, incident: Incident, at: datetime) -> list[Row]:
    rows: list[Row] = [
        (f"severity/{one.table.title}", (one.table.title, one.summary))
        for one in severity_findings(incident, at)
    ]
    latest = visible_proposals(actor).filter(incident=incident).order_by("plan", "-ordinal")
    proposals = latest.distinct("plan")
    return rows + [(one.plan, (one.plan_version.title, one.headline)) for one in proposals]


def _thresholds(actor: Actor, incident: Incident) -> list[Row]:
    return [
        (
            f"{plan}/{one['level']}/{one['fact']}",
            (
                one["label"],
                f"{one['value']} {one['unit']}".strip(),
                _("%(plan)s%(level)s %(threshold)s %(unit)s")
                % {
                    "plan": plan,
                    "level": ResponseLevel(one["level"]).label,
                    "threshold": one["threshold"],
                    "unit": one["unit"],
                },
                f"{one['distance']} {one['unit']}".strip(),
            ),
        )
        for plan, one in next_thresholds(actor, incident)
    ]


def _warnings(actor: Actor, at: datetime) -> list[Row]:
    seen = monitoring.warnings_for(actor).filter(
        pk__in=monitoring.active_warnings(actor.realm).values("pk")
    )
    rows: list[Row] = [
        (
            str(one.chain),
            (one, one.scope, f"{one.issuing_body or ''} {moment(one.published_at)}".strip()),
        )
        for one in seen
    ]
    return rows + [
        (str(one.pk), (one, one.paper, f"{one.declared_by} {moment(one.starts_at)}"))
        for one in periods_in_force(actor, at)
    ]


def _around(actor: Actor, incident: Incident) -> list[Row]:
    found = around(actor, incident, KM)
    if found is None:
        return []
    return [
        (
            one.register.kind,
            (
                _("%(register)s（%(km)d公里内）") % {"register": one.register.title, "km": KM},
                "；".join([str(one.total), *(f"{field.title} {n}" for field, n in one.sums)]),
                listed(row.record.name for row in one.rows),
            ),
        )
        for one in found.found
    ]


def _orders(actor: Actor, incident: Incident, at: datetime) -> list[Row]:
    rows = [
        row
        for group in board(actor, incident, at)
        if group.key in GOES_ON
        for row in group.rows
    ]
    return [
        (
            str(row.order.pk),
            (
                row.order,
                f"{row.order.to_body} {row.order.to_post}",
                row.order.text,
                _("%(state)s，超时") % {"state": row.order.get_state_display()}
                if row.shown == "overdue"
                else row.order.get_state_display(),
            ),
        )
        for row in sorted(rows, key=lambda row: row.order.number)
    ]


def _reports(actor: Actor, incident: Incident) -> list[Row]:
    sent = [one for one in reports_of(actor, incident) if one.sent_at]
    return [(str(one.pk), (one.title, one.to, moment(one.sent_at))) for one in sent]


def _similar(actor: Actor, incident: Incident) -> list[Row]:
    rows: list[Row] = [
        (str(one.pk), (one, f"{one.place} {moment(one.received_at)}".strip()))
        for one in similar_incidents(actor, incident)
    ]
    return rows + [
        (one.number, (f"{one.name}（{one.number}）", str(one.values.get("summary", ""))[:200]))
        for one in experience(actor, incident)
    ]
