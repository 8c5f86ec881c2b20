"""An action plan as a Word file, to be printed, signed by hand and taken along."""

from collections.abc import Iterator
from datetime import datetime

from liandong.command.models import ActionPlan
from liandong.command.queries.action_plan import PARTS
from liandong.documents import Grid, Heading, Line, Part, Text, Title, chinese, write_docx
from liandong.kernel.wording import gettext as _
from liandong.web.times import moment


def action_plan_docx(plan: ActionPlan, *, county: str, made_at: datetime) -> bytes:
    """Write the plan of a period, its tasks as a table, its signatures at the foot. Clause 二(二)2."""
    parts = [*_front(plan), *_body(plan), *_foot(plan)]
    name = f"{plan.incident.title}{plan}"
    return write_docx(parts, title=name, author=county, made_at=made_at)


def _front(plan: ActionPlan) -> Iterator[Part]:
    yield Title(_("%(incident)s处置方案") % {"incident": plan.incident.title})
    period = _("（第%(n)d期，%(since)s至%(until)s）")
    yield Line(
        period
        % {"n": plan.number, "since": moment(plan.starts_at), "until": moment(plan.ends_at)}
    )
    if not plan.in_force_at:
        yield Line(_("未签署，不作为执行依据"))


def _body(plan: ActionPlan) -> Iterator[Part]:
    for number, (name, title) in enumerate(PARTS.items(), start=1):
        yield Heading(f"{chinese(number)}、{title}")
        lines = [line for line in getattr(plan, name).splitlines() if line.strip()]
        for line in lines or [str(_("无。"))]:
            yield Text(line)
    yield Heading(f"{chinese(len(PARTS) + 1)}、{_('任务')}")
    rows = [
        (
            str(one.number),
            one.words,
            one.responsible,
            moment(one.due_at),
            str(one.order) if one.order else "",
        )
        for one in plan.tasks.all()
    ]
    head = (_("序号"), _("任务"), _("责任"), _("时限"), _("指令"))
    yield Grid("", head, (1, 6, 4, 2, 2), rows)


def _foot(plan: ActionPlan) -> Iterator[Part]:
    yield Line(_("拟稿：%(who)s") % {"who": plan.drafted_by}, align="left")
    for one in plan.signatures:
        yield Line(_("签署：%(who)s") % {"who": one["who"]}, align="left")
