"""Statistics that units file: the forms, the board of each, and what one unit files."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from liandong.documents.sheets import blank_workbook, listed_workbook
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Invalid, Problem
from liandong.kernel.wording import gettext as _
from liandong.monitoring import actions, queries, rules
from liandong.monitoring.adapters.filings_sheet import known_rows, layout_of, read_filings
from liandong.monitoring.models import Filing, StatisticForm
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.items import CHOICE, DECIMAL, INTEGER, YES_NO, Item, difference
from liandong.monitoring.states import Period
from liandong.organization import queries as organization
from liandong.web import cells
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.intake import Taking, blank_response, intake_page
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing
from liandong.web.times import full_moment

COLUMNS: list[Column[StatisticForm]] = [
    Column(key="name", label=gettext_lazy("报表"), value=lambda row: row.name, sort="name"),
    Column(
        key="period",
        label=gettext_lazy("周期"),
        value=lambda row: row.get_period_display(),
        sort="period",
    ),
    Column(key="office", label=gettext_lazy("主管"), value=lambda row: row.office.short_name),
    Column(
        key="owed",
        label=gettext_lazy("待报"),
        value=lambda row: row.owed or "",  # type: ignore[attr-defined]
        numeric=True,
    ),
    Column(
        key="overdue",
        label=gettext_lazy("逾期"),
        value=lambda row: row.overdue or "",  # type: ignore[attr-defined]
        numeric=True,
        draw=lambda _row, count: _overdue(count),
    ),
]
FILTERS = [
    Filter(key="name", label=gettext_lazy("报表"), lookup="name__icontains"),
    Filter(
        key="period",
        label=gettext_lazy("周期"),
        lookup="period",
        kind="choice",
        choices=Period.choices,
    ),
]


def _overdue(count: int | str) -> SafeString:
    return format_html('<b class="red">{}</b>', count) if count else cells.DASH


class NilForm(DeedForm):
    """零报告."""

    title, verb = gettext_lazy("零报告"), gettext_lazy("零报告")
    done = gettext_lazy("已零报告。")
    reason = forms.CharField(
        label=gettext_lazy("迟报原因"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("已过期限才要写"),
    )


class SignForm(DeedForm):
    """签收."""

    title, verb, done = (
        gettext_lazy("签收报送"),
        gettext_lazy("签收"),
        gettext_lazy("已签收。"),
    )


class UrgeForm(DeedForm):
    """催报."""

    title, verb = gettext_lazy("催报"), gettext_lazy("催报")
    done = gettext_lazy("已催报，各单位收到提醒。")


class FilingForm(DeedForm):
    """报送: a field an item, with last time's figure beside it."""

    title, verb, done = (
        pgettext_lazy("统计", "报送"),
        gettext_lazy("报送"),
        gettext_lazy("已报送。"),
    )

    def __init__(
        self, filing: Filing, before: Mapping[str, Any], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = filing.form.asked
        self.widths = {}  # type: ignore[misc]
        for item in self.asked:
            name = f"v_{item.key}"
            self.fields[name] = _field(item, before)
            if item.is_numeric or item.kind in {YES_NO, CHOICE}:
                self.widths[name] = "half"
        is_over = clock.now(ACTUAL) > filing.due_at
        if filing.is_filed or is_over:
            self.fields["reason"] = forms.CharField(
                label=_("更正原因") if filing.is_filed else _("迟报原因"), max_length=300
            )
        self.fields["note"] = forms.CharField(
            label=_("备注"),
            max_length=1000,
            required=False,
            widget=forms.Textarea({"rows": 2}),
        )
        self.fields["is_checked"] = forms.BooleanField(
            label=_("已核对无误（和上期相差悬殊时才要勾选）"), required=False
        )

    def arguments(self) -> dict[str, Any]:
        """What was filled in, by item."""
        said = super().arguments()
        values = {item.key: said.pop(f"v_{item.key}") for item in self.asked}
        return {**said, "values": {key: value for key, value in values.items() if value != ""}}

    def refuse(self, problem: Problem) -> None:
        """Show what is wrong with an item below its field."""
        if isinstance(problem, Invalid):
            items = {item.key for item in self.asked}
            problem = Invalid(
                problem.title,
                place=problem.place,
                remedy=problem.remedy,
                fields={
                    f"v_{name}" if name in items else name: why
                    for name, why in problem.fields.items()
                },
            )
        super().refuse(problem)


def _field(item: Item, before: Mapping[str, Any]) -> forms.Field:
    """A box for an item. What is wrong with it the action says: so say the sheet and the API."""
    label = f"{item.label}（{item.unit}）" if item.unit else item.label
    known = item.key in before
    told = _("上期 %(value)s") % {"value": _shown(item, before[item.key])} if known else ""
    more: dict[str, Any] = {"label": label, "required": item.required, "help_text": told}
    if item.kind == YES_NO:
        return forms.ChoiceField(choices=[("", "—"), ("yes", _("是")), ("no", _("否"))], **more)
    if item.kind == CHOICE:
        return forms.ChoiceField(
            choices=[("", "—"), *((one, one) for one in item.choices)], **more
        )
    if item.is_numeric:
        modes = {INTEGER: "numeric", DECIMAL: "decimal"}
        box = forms.TextInput({"inputmode": modes[item.kind], "autocomplete": "off"})
        return forms.CharField(max_length=20, widget=box, **more)
    return forms.CharField(max_length=500, widget=forms.Textarea({"rows": 2}), **more)


def _shown(item: Item, value: Any) -> str:
    if item.kind == YES_NO:
        return _("是") if value else _("否")
    return str(value)


def filings(request: HttpRequest) -> HttpResponseBase:
    """List the forms, and what of them the reader owes."""
    actor = actor_of(request)
    table = Table(
        request,
        queries.forms_with_silence(actor),
        COLUMNS,
        FILTERS,
        order=("name", "id"),
        name="statistic-forms",
        link=lambda row: reverse("monitoring:filing_board", args=[row.key]),
    )
    overdue = list(queries.filings_overdue(actor)[:20])
    phones = queries.phones_of(one.body for one in overdue)
    return listing(
        request,
        table,
        "monitoring/filings.html",
        title=_("统计报表"),
        live="monitoring.filing monitoring.statistic",
        owed=queries.filings_owed_by(actor),
        overdue=[(one, phones.get(one.body_id, "")) for one in overdue],
        now=clock.now(ACTUAL),
        may_set=actor.may(Permission.SET_FORM),
    )


def board(request: HttpRequest, key: str) -> HttpResponse:
    """Show a form: who has filed for which period, what it adds up to, who is silent and whom to ring."""
    actor, form = actor_of(request), queries.statistic_form(key)
    sheet = queries.sheet_of(actor, form)
    span = next((one for one in sheet.spans if one.from_on == _day(request)), sheet.spans[-1])
    at = sheet.spans.index(span)
    column = [
        (body, row[at].filing, row[at - 1].filing if at else None) for body, row in sheet.rows
    ]
    silent = [body for body, filing, _before in column if filing and not filing.is_filed]
    chosen = next(
        (one for one in sheet.totals if one.item.key == request.GET.get("item")),
        sheet.totals[0] if sheet.totals else None,
    )
    phones = queries.phones_of(silent)
    receivers = queries.receivers_of(form)
    mine = [one for one in organization.all_bodies().filter(pk__in=receivers)
            if rules.works_for(actor, one.pk)]  # fmt: skip
    context = {
        "form": form,
        "sheet": sheet,
        "heads": list(zip(sheet.spans, sheet.short, strict=True)),
        "span": span,
        "span_name": sheet.heads[at],
        "items": form.asked,
        "lines": [
            (body, filing, _line(form, filing, before)) for body, filing, before in column
        ],
        "silent": [(body, phones.get(body.pk, "")) for body in silent],
        "filed": sum(1 for _body, filing, _b in column if filing and filing.is_filed),
        "chosen": chosen,
        "chart": _chart(sheet, chosen) if chosen else None,
        "signs": [
            one for one in mine if queries.unsigned_filings(form, span.from_on, one).exists()
        ]
        if actor.may(Permission.SIGN_FILINGS)
        else [],
        "receivers": list(organization.all_bodies().filter(pk__in=receivers)),
        "may_file": actor.may(Permission.FILE_STATISTICS)
        and bool(queries.fileable_by(actor, form)),
        "may_urge": bool(silent) and actor.may(Permission.URGE_FILINGS),
        "may_set": actor.may(Permission.SET_FORM) and rules.works_for(actor, form.office_id),
    }
    return render(request, "monitoring/filing_board.html", context)


def _line(
    form: StatisticForm, filing: Filing | None, before: Filing | None
) -> list[tuple[str, Any]]:
    """Each item's figure and how far it is from last time's."""
    if filing is None or not filing.is_filed:
        return [("", None) for _item in form.asked]
    old = before.values if before else {}
    return [
        (_shown(item, filing.values[item.key]), difference(item, filing.values, old))
        if item.key in filing.values
        else ("", None)
        for item in form.asked
    ]


def _chart(sheet: queries.Sheet, total: queries.Total) -> dict[str, Any]:
    return {
        "unit": total.item.unit,
        "names": [
            name if value is not None else _("%(period)s（无数据）") % {"period": name}
            for name, value in zip(sheet.short, total.sums, strict=True)
        ],
        "stacked": False,
        "series": [
            {
                "name": total.item.label,
                "tone": "accent",
                "values": ["" if one is None else str(one) for one in total.sums],
            }
        ],
    }


def workbook(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out everything filed in the periods shown, a row a unit and period."""
    actor, form = actor_of(request), queries.statistic_form(key)
    sheet = queries.sheet_of(actor, form)
    heads = [
        _("单位"), _("期次"), _("状态"), _("报送时间"), _("报送人"),
        *(f"{one.label}（{one.unit}）" if one.unit else one.label for one in form.asked),
    ]  # fmt: skip
    rows = [
        [
            body.short_name, name, cell.word, full_moment(cell.filing.filed_at), cell.filing.filed_by,
            *(text for text, _gap in _line(form, cell.filing, None)),
        ]
        for body, row in sheet.rows
        for name, cell in zip(sheet.heads, row, strict=True)
        if cell.filing
    ]  # fmt: skip
    return blank_response(form.name, listed_workbook(form.name, heads, rows))


def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """Take a filled-in sheet in: look first, then do it."""
    actor, form = actor_of(request), queries.statistic_form(key)
    actor.demand(Permission.FILE_STATISTICS)
    own = queries.fileable_by(actor, form)

    def take(actor: Actor, **data: Any) -> StatisticForm:
        # What the file was called is of no matter: each line is an entry of its own.
        said = {key: value for key, value in data.items() if key not in {"name", "digest"}}
        return actions.take_filings(actor, form=form, **said)

    return intake_page(
        request,
        Taking(
            title=form.name,
            layout=layout_of(form),
            read=lambda content, name: read_filings(content, name, form, own),
            plan=lambda _actor, *read: actions.plan_filings(form, *read),
            take=take,
            home=reverse("monitoring:filing_board", args=[form.key]),
            blank=reverse("monitoring:filings_blank", args=[form.key]),
        ),
    )


def sheet_blank(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out the sheet of a form, with whoever still owes it filled in."""
    actor, form = actor_of(request), queries.statistic_form(key)
    actor.demand(Permission.FILE_STATISTICS)
    layout = layout_of(form)
    owed = [one for one in queries.fileable_by(actor, form) if not one.is_filed]
    return blank_response(form.name, blank_workbook([layout], {layout.sheet: known_rows(owed)}))


def _day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("from", ""))
    except ValueError:
        return None


def filing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what one body filed for a period, its editions, and who has signed; file it there."""
    actor, row = actor_of(request), queries.filing_for(actor_of(request), pk)
    before = queries.values_before(row)
    back = reverse("monitoring:filing_board", args=[row.form.key])
    may = actor.may(Permission.FILE_STATISTICS, body=str(row.body_id)) and rules.works_for(
        actor, row.body_id, row.form.office_id
    )
    if request.method == "POST":
        actor.demand(Permission.FILE_STATISTICS, body=str(row.body_id))
        rules.demand_filer(actor, row)
    items = row.form.asked
    initial = {f"v_{key}": _boxed(value) for key, value in row.values.items()}
    initial |= {"note": row.note, "expected_version": row.version}
    context = {
        "row": row,
        "back": back,
        "before": before,
        "editions": [
            (one, [(item, _shown(item, one.values[item.key])) for item in items if item.key in one.values])
            for one in row.editions.select_related("batch")
        ],
        "values": [
            (item, _shown(item, row.values[item.key]), difference(item, row.values, before))
            for item in items
            if item.key in row.values
        ],
        "receipts": list(row.receipts.select_related("body")),
        "series": row.form.stations.filter(body=row.body_id).first(),
        "may": may,
        "nil": reverse("monitoring:file_nil", args=[row.pk]) if may and not row.is_filed else "",
        "now": clock.now(ACTUAL),
    }  # fmt: skip
    return deed(
        request,
        FilingForm(row, before, request.POST or None, initial=initial),
        run=lambda data: _file(actor, row, data),
        to=reverse("monitoring:filing", args=[row.pk]),
        template="monitoring/filing.html",
        context=context,
    )


def _boxed(value: Any) -> Any:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _file(actor: Actor, row: Filing, data: dict[str, Any]) -> Filing:
    return actions.file_statistics(actor, filing=row, **{"expected_version": 0, **data})


def nil(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that there is nothing to report."""
    actor = actor_of(request)
    actor.demand(Permission.FILE_STATISTICS)
    row = queries.filing_for(actor, pk)
    rules.demand_filer(actor, row)
    back = reverse("monitoring:filing", args=[row.pk])
    return deed(
        request,
        NilForm(request.POST or None, initial={"expected_version": row.version}),
        run=lambda data: _file(actor, row, {**data, "values": {}, "is_nil": True}),
        to=back,
        context={"back": back, "note": f"{row.body.short_name} · {row}"},
    )


def sign(request: HttpRequest, key: str, body: UUID) -> HttpResponse:
    """Sign for a period."""
    actor, form = actor_of(request), queries.statistic_form(key)
    actor.demand(Permission.SIGN_FILINGS)
    receiver = queries.receiver_of(form, body)
    rules.demand_own_body(actor, receiver)
    return _of_period(
        request,
        form,
        SignForm,
        lambda from_on, data: actions.sign_filings(
            actor, form=form, from_on=from_on, body=receiver, **data
        ),
    )


def urge(request: HttpRequest, key: str) -> HttpResponse:
    """Remind whoever has not filed for a period."""
    actor, form = actor_of(request), queries.statistic_form(key)
    actor.demand(Permission.URGE_FILINGS)
    return _of_period(
        request,
        form,
        UrgeForm,
        lambda from_on, data: actions.urge_filings(actor, form=form, from_on=from_on, **data),
    )


def _of_period(
    request: HttpRequest, form: StatisticForm, face: type[DeedForm], act: Any
) -> HttpResponse:
    back = reverse("monitoring:filing_board", args=[form.key])
    from_on = _day(request) or date.min

    def run(data: dict[str, Any]) -> Any:
        data.pop("expected_version", None)
        return act(from_on, data)

    to = f"{back}?from={from_on}"
    return deed(
        request,
        face(request.POST or None),
        run=run,
        to=to,
        context={"back": to, "note": form.name},
    )
