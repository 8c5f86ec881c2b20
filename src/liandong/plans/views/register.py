"""The register of plans (预案台账), and the calendar of what falls due for them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Case, CharField, DateField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from liandong.kernel.wording import gettext as _
from liandong.plans import queries
from liandong.plans.models import PlanVersion
from liandong.plans.queries import Owed
from liandong.plans.states import PlanKind, VersionState
from liandong.web import cells
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing

LATE, NEAR = "late", "near"
TONES = {
    VersionState.IN_FORCE: " tag-green",
    VersionState.SUPERSEDED: " tag-outline",
    VersionState.REPEALED: " tag-outline",
    VersionState.DRAFT: "",
}


def _day(_row: Any, value: date | None) -> SafeString:
    return cells.DASH if value is None else format_html('<span class="nowrap">{}</span>', value)


def _text(_row: Any, value: str) -> SafeString:
    return conditional_escape(value) if value else cells.DASH


def _state(row: PlanVersion, label: Any) -> SafeString:
    tone = TONES.get(VersionState(row.state), " tag-blue")
    return format_html('<span class="tag{}">{}</span>', tone, label)


def _filed(row: PlanVersion) -> str:
    kept = vars(row)
    if kept["filed_on"]:
        return f"{kept['filed_on']} {kept['receipt']}".strip()
    return str(_("已报送，未收到回执")) if kept["was_sent"] else ""


def _next(row: PlanVersion, said: str) -> SafeString:
    tone = {LATE: "tag tag-red", NEAR: "tag tag-orange"}.get(vars(row)["standing"], "nowrap")
    return format_html('<span class="{}">{}</span>', tone, said) if said else cells.DASH


def _columns(owed: dict[object, list[Owed]]) -> list[Column[PlanVersion]]:
    def next_due(row: PlanVersion) -> str:
        first = owed.get(row.pk, [])
        return (
            f"{first[0].what.label} {first[0].due_on or _('未维护工作日历')}" if first else ""
        )

    return [
        Column(
            key="title", label=gettext_lazy("名称"), value=lambda row: row.title, sort="title"
        ),
        Column(
            key="number",
            label=gettext_lazy("版次"),
            value=lambda row: row.number,
            sort="number",
            numeric=True,
        ),
        Column(key="kind", label=gettext_lazy("类型"), value=lambda row: row.kind.label),
        Column(
            key="state",
            label=gettext_lazy("状态"),
            value=lambda row: VersionState(row.state).label,
            sort="state",
            draw=_state,
        ),
        Column(
            key="paper",
            label=gettext_lazy("文号"),
            value=lambda row: row.issue_number,
            sort="issue_number",
            draw=_text,
        ),
        Column(
            key="issued",
            label=gettext_lazy("印发"),
            value=lambda row: row.issued_on,
            sort="issued_on",
            draw=_day,
        ),
        Column(
            key="filed",
            label=gettext_lazy("备案、回执"),
            value=_filed,
            sort="filed_on",
            draw=_text,
        ),
        Column(
            key="published",
            label=gettext_lazy("公开"),
            value=lambda row: vars(row)["published_on"],
            sort="published_on",
            draw=_day,
        ),
        Column(
            key="drilled",
            label=gettext_lazy("最近演练"),
            value=lambda row: vars(row)["drilled_on"],
            sort="drilled_on",
            draw=_day,
        ),
        Column(
            key="evaluated",
            label=gettext_lazy("最近评估"),
            value=lambda row: vars(row)["evaluated_on"],
            sort="evaluated_on",
            draw=_day,
        ),
        Column(
            key="next",
            label=gettext_lazy("下次到期"),
            value=next_due,
            sort="next_due_on",
            draw=_next,
        ),
    ]


FILTERS = [
    Filter(key="q", label=gettext_lazy("名称"), lookup="title__icontains"),
    Filter(
        key="kind",
        label=gettext_lazy("类型"),
        lookup="document__kind",
        kind="choice",
        choices=PlanKind.choices,
    ),
    Filter(
        key="state",
        label=gettext_lazy("状态"),
        lookup="state",
        kind="choice",
        choices=VersionState.choices,
    ),
    Filter(
        key="due",
        label=gettext_lazy("到期"),
        lookup="standing",
        kind="choice",
        choices=[(LATE, gettext_lazy("已逾期")), (NEAR, gettext_lazy("将到期"))],
    ),
    Filter(key="since", label=gettext_lazy("印发起"), lookup="issued_on__gte", kind="since"),
    Filter(key="until", label=gettext_lazy("印发止"), lookup="issued_on__lte", kind="until"),
]


@login_required
def register(request: HttpRequest) -> HttpResponseBase:
    """Every version of every plan: filed, published, drilled, evaluated, and what falls due next."""
    owed = queries.by_version(queries.all_owed())
    table = Table(
        request,
        _standing(queries.registered().defer("text"), owed, queries.today()),
        _columns(owed),
        FILTERS,
        order=("key", "-number"),
        name="plans",
        link=lambda row: reverse("plans:version", args=[row.key, row.number]),
    )
    return listing(request, table, "plans/register.html", title=_("预案台账"))


def _standing(
    rows: QuerySet[PlanVersion], owed: dict[object, list[Owed]], now: date
) -> QuerySet[PlanVersion]:
    """Let the list filter and sort by what was counted in days."""
    first = {pk: some[0] for pk, some in owed.items()}
    late = [pk for pk, some in owed.items() if any(one.is_late(now) for one in some)]
    near = [pk for pk, some in owed.items() if any(one.is_near(now) for one in some)]
    days = (When(pk=pk, then=Value(one.due_on)) for pk, one in first.items() if one.due_on)
    return rows.annotate(
        next_due_on=Case(*days, default=None, output_field=DateField()),
        standing=Case(
            When(pk__in=late, then=Value(LATE)),
            When(pk__in=near, then=Value(NEAR)),
            default=Value(""),
            output_field=CharField(),
        ),
    )


@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """What falls due for the county's plans, month by month."""
    now = queries.today()
    shown = queries.opinions_visible(actor_of(request))
    waiting = list(queries.opinions_outstanding().filter(pk__in=shown.values("pk")))
    owed = queries.all_owed()
    context = {
        "late": [one for one in owed if one.is_late(now)],
        "uncounted": [one for one in owed if one.due_on is None],
        "months": _by_month(one for one in owed if one.due_on and not one.is_late(now)),
        "late_opinions": [one for one in waiting if one.is_late(now)],
        "opinions": [one for one in waiting if not one.is_late(now)],
        "today": now,
    }
    return render(request, "plans/calendar.html", context)


def _by_month(owed: Iterable[Owed]) -> list[tuple[str, list[Owed]]]:
    found: dict[str, list[Owed]] = {}
    for one in owed:
        if one.due_on:
            month = _("%(year)d 年 %(month)d 月") % {
                "year": one.due_on.year,
                "month": one.due_on.month,
            }
            found.setdefault(str(month), []).append(one)
    return list(found.items())
