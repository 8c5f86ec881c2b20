"""Laying down what units file, for whom and by when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any

from django.utils.timezone import localdate

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.timers import drop_timers
from liandong.kernel.wording import gettext as _
from liandong.monitoring import rules
from liandong.monitoring.actions.filing_round import FORM, ring_at
from liandong.monitoring.events import StatisticFormSet, StatisticFormWithdrawn
from liandong.monitoring.models import Filing, StatisticForm
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.items import Item
from liandong.monitoring.states import Period, Weekday
from liandong.organization.models import Body

KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")
MOST_DAYS, MOST_HOURS = 31, 720


@dataclass(frozen=True, kw_only=True)
class FormSpec:
    """A form as it is to be: what is asked, of whom, for whom, and when."""

    name: str
    items: Sequence[Item]
    period: str
    due_time: time
    office: Body
    receivers: Sequence[Body] = ()
    filers: Sequence[Body] = ()
    all_townships: bool = False
    note: str = ""
    ends_weekday: int = Weekday.SUNDAY
    due_days: int = 1
    on_working_days: bool = False
    starts_on: date | None = None
    remind_hours: int = 24
    leader_hours: int = 2
    office_hours: int = 24
    hazard: str = ""
    category: str = ""


@action(Permission.SET_FORM)
def set_statistic_form(
    actor: Actor,
    *,
    key: str,
    spec: FormSpec,
    expected_version: int = 0,
    idempotency_key: str = "",
) -> StatisticForm:
    """Lay down a form, or change it: ``expected_version`` 0 for a new one. Publishes ``StatisticFormSet``.

    Periods that were asked for already keep their deadlines; whoever receives is let see what was
    filed before. Refuses another's office, nobody to file, no item, a key that is taken, whoever saw
    an older version, and a drill. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    rules.demand_office_of(actor, spec.office)
    _check(key, spec)
    plain = _plain(spec, localdate(clock.now(ACTUAL)))
    row = StatisticForm.objects.filter(key=key).first()
    if row is None:
        row = StatisticForm.objects.create(key=key, **plain)
    elif not expected_version:
        taken = _("已有标识为“%(key)s”的报表") % {"key": key}
        raise Invalid(f"{taken}。", place=row.name, fields={"key": taken})
    else:
        rules.demand_office_of(actor, row.office)
        row.change(expected_version=expected_version, in_force=True, **plain)
    row.receivers.set(spec.receivers)
    row.filers.set(spec.filers)
    _let_see(row, spec)
    ring_at(row, clock.now(ACTUAL))
    fact = StatisticFormSet(
        subject_id=str(row.pk),
        form=row.name,
        period=row.period,
        items=[item.label for item in spec.items],
        filers=sorted(str(one.pk) for one in spec.filers),
        receivers=sorted(str(one.pk) for one in spec.receivers),
        all_townships=row.all_townships,
    )
    happened(fact, audience={"county"})
    return row


@action(Permission.SET_FORM)
def withdraw_statistic_form(
    actor: Actor,
    *,
    form: StatisticForm,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> StatisticForm:
    """Ask for a form no longer; what is owed for it is let go. Publishes ``StatisticFormWithdrawn``.

    Refuses no reason, a second time, another's office, whoever saw an older version, and a drill.
    Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    rules.demand_office_of(actor, form.office)
    if not reason.strip():
        raise Invalid(
            _("停用报表要写原因。"),
            place=form.name,
            remedy=_("请写明为什么不再报送。"),
            fields={"reason": _("请写停用原因")},
        )
    if not form.in_force:
        raise IllegalMove(_("“%(form)s”已经停用。") % {"form": form}, place=form.name)
    form.change(expected_version=expected_version, in_force=False)
    drop_timers(realm=ACTUAL, subject_kind=FORM, subject_id=str(form.pk))
    fact = StatisticFormWithdrawn(
        subject_id=str(form.pk), form=form.name, reason=reason.strip()[:300]
    )
    happened(fact, audience={"county"})
    return form


def _plain(spec: FormSpec, today: date) -> dict[str, Any]:
    apart = {"items", "receivers", "filers", "starts_on"}
    kept = {one.name: getattr(spec, one.name) for one in fields(spec) if one.name not in apart}
    return {
        **kept,
        "name": spec.name.strip(),
        "note": spec.note.strip(),
        "items": [item.row() for item in spec.items],
        "starts_on": spec.starts_on or today,
    }


def _let_see(row: StatisticForm, spec: FormSpec) -> None:
    """Give what was filed before to whoever receives the form now."""
    shared = rules.filing_audience(row, spec.receivers)
    old = list(Filing.objects.filter(form=row).exclude(audience__contains=shared))
    for one in old:
        one.audience = sorted({*shared, f"body:{one.body_id}"})
    Filing.objects.bulk_update(old, ["audience"], batch_size=500)


def _check(key: str, spec: FormSpec) -> None:
    hours = (spec.remind_hours, spec.leader_hours, spec.office_hours)
    wrong = {
        "key": not KEY.fullmatch(key) and _("标识用小写字母、数字和连字符，字母开头"),
        "name": not spec.name.strip() and _("请填写名称"),
        "items": not spec.items and _("请至少写一个统计项"),
        "period": spec.period not in Period.values and _("请选择周期"),
        "filers": not (spec.filers or spec.all_townships) and _("请选择报送单位"),
        "due_days": not 0 <= spec.due_days <= MOST_DAYS and _("期末后 0 到 31 天"),
        "ends_weekday": spec.ends_weekday not in Weekday.values and _("请选择每周截至哪天"),
        "office_hours": not (
            0 <= spec.leader_hours <= spec.office_hours and max(hours) <= MOST_HOURS
        )
        and _("先告知负责人，再告知办公室；最多 720 小时"),
    }
    named = {name: str(why) for name, why in wrong.items() if why}
    if named:
        raise Invalid(_("统计报表的设定有误。"), remedy=_("请按提示改正。"), fields=named)
