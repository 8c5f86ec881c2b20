"""The roster by rule: the rules, what they would lay, laying it; and holidays entered by hand."""

import re
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from liandong.kernel import clock, working_days
from liandong.kernel.actors import ACTUAL
from liandong.kernel.problems import Problem
from liandong.kernel.wording import gettext as _
from liandong.organization import actions, queries
from liandong.organization.models import CalendarYear, RosterRule, Shift
from liandong.organization.permissions import Permission
from liandong.organization.states import RosterDays, ShiftRole
from liandong.organization.views.fetching import found
from liandong.organization.views.roster import HOURS, OrderedPeopleField
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of

RULE_HOURS = [(9, gettext_lazy("9 小时")), (15, gettext_lazy("15 小时")), *HOURS]
# From one day to another, as people write it: ~, a dash, or one of the two words for “until”.
SPAN = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2})(?:\s*(?:\u81f3|\u5230|~|—|–)\s*(\d{4}-\d{1,2}-\d{1,2}))?"
)


class RuleForm(DeedForm):
    """轮值规则."""

    title, verb, done = (
        gettext_lazy("轮值规则"),
        gettext_lazy("保存规则"),
        gettext_lazy("规则已保存，排班时按此轮流。"),
    )
    widths = {
        "name": "half",
        "role": "half",
        "days": "third",
        "at": "third",
        "hours": "third",
    }
    name = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=60,
        help_text=gettext_lazy("如：夜班、节假日带班"),
    )
    role = forms.ChoiceField(label=gettext_lazy("班别"), choices=ShiftRole.choices)
    days = forms.ChoiceField(label=gettext_lazy("哪些天"), choices=RosterDays.choices)
    at = forms.TimeField(
        label=gettext_lazy("接班时间"),
        initial="08:30",
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
    )
    hours = forms.TypedChoiceField(
        label=gettext_lazy("一班多长"), choices=RULE_HOURS, coerce=int, initial=24
    )
    people = OrderedPeopleField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("OrderedPeopleField", self.fields["people"])
        field.near = queries.people_for_shifts()


class WithdrawForm(DeedForm):
    """停用轮值规则."""

    title, verb, done = (
        gettext_lazy("停用轮值规则"),
        gettext_lazy("停用"),
        gettext_lazy("规则已停用，已排的班次不变。"),
    )
    dangerous = True


class LayForm(DeedForm):
    """按规则排班."""

    title, verb, done = (
        gettext_lazy("按规则排班"),
        gettext_lazy("排班"),
        gettext_lazy("班次已排好。"),
    )
    widths = {"since": "half", "days": "half"}
    since = forms.DateField(label=gettext_lazy("从哪天起"))
    days = forms.IntegerField(
        label=gettext_lazy("排几天"), min_value=1, max_value=actions.MOST_DAYS, initial=30
    )


class DaysField(forms.CharField):
    """Days and spans of days in one box; cleans to a list of days."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        rest = re.sub(r"[\s、,，;；]", "", SPAN.sub("", text))
        if rest:
            raise forms.ValidationError(
                _("“%(text)s”读不懂，请写成 2027-01-01 至 2027-01-03。") % {"text": rest[:20]}
            )
        days: list[date] = []
        for first, last in SPAN.findall(text):
            days += self._span(first, last or first)
        return days

    def _span(self, first: str, last: str) -> list[date]:
        try:
            since, until = (
                date(*(int(part) for part in one.split("-"))) for one in (first, last)
            )
        except ValueError as wrong:
            raise forms.ValidationError(
                _("没有“%(day)s”这一天。") % {"day": f"{first} {last}"}
            ) from wrong
        if not 0 <= (until - since).days < 60:
            raise forms.ValidationError(_("“%(day)s”起止颠倒或太长。") % {"day": first})
        return [since + timedelta(days=n) for n in range((until - since).days + 1)]


class CalendarForm(DeedForm):
    """录入放假安排."""

    title, verb, done = (
        gettext_lazy("录入放假安排"),
        gettext_lazy("录入"),
        gettext_lazy("放假安排已录入，工作日时限和排班随即按此计算。"),
    )
    widths = {"year": "half", "basis": "half"}
    year = forms.IntegerField(label=gettext_lazy("年份"), min_value=2000, max_value=2999)
    basis = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=200,
        help_text=gettext_lazy("国务院办公厅通知的名称或文号"),
    )
    holidays = DaysField(
        label=gettext_lazy("放假的日子"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("如：2027-01-01 至 2027-01-03、2027-02-05 至 2027-02-12"),
    )
    workdays = DaysField(
        label=gettext_lazy("调休上班的日子"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules and what they would lay; lay it."""
    actor = actor_of(request)
    actor.demand(Permission.LAY_ROSTER)
    today = localtime(clock.now(ACTUAL)).date()
    in_force = queries.roster_rules()
    names = {
        one.pk: one.name
        for one in queries.people_here().filter(
            pk__in={key for rule in in_force for key in rule.people}
        )
    }
    asked = LayForm(request.GET or None, auto_id="preview-%s")
    shown: dict[str, Any] = {"since": today, "days": 30}
    if request.GET and asked.is_valid():
        shown = {name: asked.cleaned_data[name] for name in shown}
    draft, problem = _drafted(in_force, **shown)

    def run(data: dict[str, Any]) -> Shift:
        return actions.lay_by_rules(
            actor,
            since=data["since"],
            days=data["days"],
            idempotency_key=data["idempotency_key"],
        )

    return deed(
        request,
        LayForm(request.POST or None, initial=shown),
        run=run,
        to=lambda made: (
            f"{reverse('organization:roster')}?month={localtime(made.from_at):%Y-%m}"
        ),
        template="organization/roster_rules.html",
        context={
            "rules": [(one, _turns(one, names)) for one in in_force],
            "draft": draft,
            "problem": problem,
            "may_enter": actor.may(Permission.ENTER_CALENDAR),
            "years": queries.calendar_years(),
            "unknown": [
                year
                for year in (today.year, today.year + 1)
                if not working_days.is_published(year) and not queries.entered_year(year)
            ],
        },
    )


def set_rule(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Set a rule up, or change one."""
    actor = actor_of(request)
    actor.demand(Permission.LAY_ROSTER)
    home = reverse("organization:roster_rules")
    rule = found(RosterRule.objects.filter(withdrawn_at=None), pk) if pk else None
    initial = _initial(rule) if rule else {}

    def run(data: dict[str, Any]) -> RosterRule:
        title = data.pop("name")
        return actions.set_roster_rule(actor, rule=rule, title=title, **data)

    return deed(
        request,
        RuleForm(request.POST or None, initial=initial),
        run=run,
        to=home,
        context={"back": home},
    )


def withdraw_rule(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a rule up."""
    actor = actor_of(request)
    actor.demand(Permission.LAY_ROSTER)
    rule = found(RosterRule.objects.filter(withdrawn_at=None), pk)
    home = reverse("organization:roster_rules")
    return deed(
        request,
        WithdrawForm(request.POST or None, initial={"expected_version": rule.version}),
        run=lambda data: actions.withdraw_roster_rule(
            actor, rule=rule, **{"expected_version": 0, **data}
        ),
        to=home,
        context={"back": home, "note": rule.title},
    )


def calendar(request: HttpRequest) -> HttpResponse:
    """Enter a year's holidays, or correct those of ``?year=``."""
    actor = actor_of(request)
    actor.demand(Permission.ENTER_CALENDAR)
    home = reverse("organization:roster_rules")
    wanted = request.GET.get("year", "")
    rows = {str(one.year): one for one in queries.calendar_years()}
    initial: dict[str, Any] = {"year": localtime(clock.now(ACTUAL)).year + 1}
    if row := rows.get(wanted):
        initial = {
            "year": row.year,
            "basis": row.basis,
            "holidays": "、".join(one.isoformat() for one in row.holidays),
            "workdays": "、".join(one.isoformat() for one in row.workdays),
            "expected_version": row.version,
        }

    def run(data: dict[str, Any]) -> CalendarYear:
        return actions.enter_calendar_year(actor, **{"expected_version": 0, **data})

    return deed(
        request,
        CalendarForm(request.POST or None, initial=initial),
        run=run,
        to=home,
        context={"back": home},
    )


def _drafted(
    in_force: list[RosterRule], *, since: date, days: int
) -> tuple[actions.RosterDraft | None, Problem | None]:
    """What the rules would lay, or why they cannot say."""
    if not in_force:
        return None, None
    try:
        return actions.plan_by_rules(in_force, since, days), None
    except Problem as problem:
        return None, problem


def _turns(rule: RosterRule, names: dict[UUID, str]) -> list[str]:
    """Whose turn it is, the next one first."""
    return [names[key] for key in rule.queue if key in names]


def _initial(rule: RosterRule) -> dict[str, Any]:
    names = {one.pk: one.name for one in queries.people_here().filter(pk__in=rule.people)}
    return {
        "name": rule.title,
        "role": rule.role,
        "days": rule.days,
        "at": rule.at,
        "hours": rule.hours,
        "people": "\n".join(names[key] for key in rule.people if key in names),
        "expected_version": rule.version,
    }
