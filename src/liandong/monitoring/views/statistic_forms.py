"""Laying down what units file."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.monitoring import actions, queries, rules
from liandong.monitoring.models import StatisticForm
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.items import WrongLineError, read_items, written
from liandong.monitoring.signals.statistic_forms import ShippedForm, shipped_forms
from liandong.monitoring.states import Period, Weekday
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of

FILE = (BodyKind.UNIT, BodyKind.PARTNER, BodyKind.ENTERPRISE)
RECEIVE = (BodyKind.HEADQUARTERS_OFFICE, BodyKind.SPECIAL_HEADQUARTERS)


class StatisticFormForm(DeedForm):
    """设定统计报表."""

    title, verb = gettext_lazy("设定统计报表"), gettext_lazy("保存报表")
    done = gettext_lazy("报表已设定，到期自动布置。")
    widths = {
        **dict.fromkeys(("name", "key", "office", "period"), "half"),
        **dict.fromkeys(("due_days", "due_time", "ends_weekday"), "third"),
        **dict.fromkeys(("remind_hours", "leader_hours", "office_hours"), "third"),
        **dict.fromkeys(("hazard", "category"), "half"),
    }

    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    key = forms.CharField(
        label=gettext_lazy("标识"), max_length=40, help_text=gettext_lazy("例如 cdc-weekly")
    )
    items = forms.CharField(
        label=gettext_lazy("统计项"),
        widget=forms.Textarea({"rows": 9, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "一行一项：标识: 名称 | 单位 | 类型 | 下限 | 上限 | 必填或选填 | 合计或存量。类型有整数、小数、是否、文字、选择；选择项在最后一格写选项，用顿号隔开。标识不写的自动编。"
        ),
    )
    period = forms.ChoiceField(label=gettext_lazy("周期"), choices=Period.choices)
    office = forms.ModelChoiceField(
        label=gettext_lazy("主管办公室"), queryset=organization.all_bodies()
    )
    due_days = forms.IntegerField(
        label=gettext_lazy("期末后几天"),
        min_value=0,
        max_value=31,
        initial=1,
        help_text=gettext_lazy("0 为期末当天"),
    )
    due_time = forms.TimeField(
        label=gettext_lazy("几点前"),
        initial="10:00",
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
    )
    ends_weekday = forms.TypedChoiceField(
        label=gettext_lazy("每周截至"),
        choices=Weekday.choices,
        coerce=int,
        initial=Weekday.SUNDAY,
        help_text=gettext_lazy("只用于周报"),
    )
    on_working_days = forms.BooleanField(
        label=gettext_lazy("期限遇周末、节假日顺延到工作日"), required=False
    )
    filers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("报送单位"),
        queryset=organization.all_bodies(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    all_townships = forms.BooleanField(
        label=gettext_lazy("各乡镇（街道）都要报"), required=False
    )
    receivers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("抄送接收单位"),
        queryset=organization.all_bodies(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("主管办公室之外，还要看到并签收的"),
    )
    remind_hours = forms.IntegerField(
        label=gettext_lazy("提前几小时提醒"), min_value=0, max_value=720, initial=24
    )
    leader_hours = forms.IntegerField(
        label=gettext_lazy("逾期几小时告知单位负责人"), min_value=0, max_value=720, initial=2
    )
    office_hours = forms.IntegerField(
        label=gettext_lazy("逾期几小时告知办公室"), min_value=0, max_value=720, initial=24
    )
    hazard = forms.CharField(
        label=gettext_lazy("灾种代码"),
        max_length=5,
        required=False,
        help_text=gettext_lazy("数据越过阈值时，拟发哪类预警"),
    )
    category = forms.CharField(label=gettext_lazy("预警类别"), max_length=40, required=False)
    note = forms.CharField(
        label=gettext_lazy("填报说明"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, offices: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = organization.all_bodies().filter(merged_into=None)
        chosen = {
            "office": offices,
            "filers": bodies.filter(kind__in=FILE),
            "receivers": bodies.filter(kind__in=RECEIVE),
        }
        for name, rows in chosen.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean_items(self) -> Any:
        """Lines as items."""
        try:
            return read_items(self.cleaned_data["items"])
        except WrongLineError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class WithdrawForm(DeedForm):
    """停用报表."""

    title, verb, done = (
        gettext_lazy("停用统计报表"),
        gettext_lazy("停用"),
        gettext_lazy("报表已停用，不再布置。"),
    )
    dangerous = True
    reason = forms.CharField(
        label=gettext_lazy("停用原因"), max_length=300, widget=forms.Textarea({"rows": 2})
    )


def new_form(request: HttpRequest) -> HttpResponse:
    """Lay down a form, from one of those that come along or from nothing."""
    actor_of(request).demand(Permission.SET_FORM)
    shipped = shipped_forms().get(request.GET.get("template", ""))
    initial = _usual(shipped) if shipped else {}
    return _set(request, None, initial)


def edit_form(request: HttpRequest, key: str) -> HttpResponse:
    """Change a form."""
    actor, row = actor_of(request), queries.statistic_form(key)
    actor.demand(Permission.SET_FORM)
    rules.demand_office_of(actor, row.office)
    plain = (
        "name", "key", "period", "due_days", "due_time", "ends_weekday", "on_working_days",
        "all_townships", "remind_hours", "leader_hours", "office_hours", "hazard", "category",
        "note", "office",
    )  # fmt: skip
    initial = {name: getattr(row, name) for name in plain}
    initial |= {
        "items": written(row.asked),
        "filers": list(row.filers.values_list("pk", flat=True)),
        "receivers": list(row.receivers.values_list("pk", flat=True)),
        "expected_version": row.version,
    }
    return _set(request, row, initial)


def withdraw_form(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for a form no longer."""
    actor, row = actor_of(request), queries.statistic_form(key)
    actor.demand(Permission.SET_FORM)
    rules.demand_office_of(actor, row.office)
    return deed(
        request,
        WithdrawForm(request.POST or None, initial={"expected_version": row.version}),
        run=lambda data: actions.withdraw_statistic_form(
            actor, form=row, **{"expected_version": 0, **data}
        ),
        to=reverse("monitoring:filings"),
        context={"back": _page(row), "note": row.name},
    )


def _set(
    request: HttpRequest, row: StatisticForm | None, initial: dict[str, Any]
) -> HttpResponse:
    actor = actor_of(request)
    offices = organization.all_bodies().filter(
        kind=BodyKind.HEADQUARTERS_OFFICE, pk__in=queries.own_bodies(actor)
    )
    if row is None:
        initial.setdefault("office", offices.first())
    form = StatisticFormForm(offices, request.POST or None, initial=initial)
    if row:
        form.fields["key"].disabled = True

    def run(data: dict[str, Any]) -> StatisticForm:
        key, used = data.pop("key"), data.pop("idempotency_key")
        version = data.pop("expected_version", 0) if row else 0
        data["filers"], data["receivers"] = list(data["filers"]), list(data["receivers"])
        if row:
            data["starts_on"] = row.starts_on
        spec = actions.FormSpec(**data)
        return actions.set_statistic_form(
            actor, key=key, spec=spec, expected_version=version, idempotency_key=used
        )

    back = _page(row) if row else reverse("monitoring:filings")
    return deed(
        request,
        form,
        run=run,
        to=_page,
        template="monitoring/statistic_form.html",
        context={
            "back": back,
            "row": row,
            "shipped": [] if row else list(shipped_forms().values()),
        },
    )


def _usual(shipped: ShippedForm) -> dict[str, Any]:
    """What a form that comes along fills in; units are found by what they are called here."""
    units = organization.all_bodies().filter(kind=BodyKind.UNIT, merged_into=None)
    plain = (
        "key", "name", "period", "due_days", "due_time", "ends_weekday", "on_working_days",
        "note", "hazard", "category",
    )  # fmt: skip
    return {name: getattr(shipped, name) for name in plain} | {
        "items": written(shipped.items),
        "all_townships": shipped.townships,
        "filers": [one.pk for one in units if any(word in one.name for word in shipped.filers)],
    }


def _page(row: StatisticForm) -> str:
    return reverse("monitoring:filing_board", args=[row.key])
