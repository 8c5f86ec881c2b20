"""Bounds and rules: the list, each with what it says and what it would have told, and their forms."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing, Problem
from liandong.kernel.wording import gettext as _
from liandong.monitoring import actions, queries
from liandong.monitoring.forms import AreasField, DayField, SpanField
from liandong.monitoring.models import Series, Station, Threshold
from liandong.monitoring.permissions import Permission
from liandong.monitoring.queries.sentences import ending_of
from liandong.monitoring.signals import weather
from liandong.monitoring.signals.observations import plain
from liandong.monitoring.states import (
    Comparison,
    Hazard,
    Level,
    SourceStatus,
    Statistic,
    ThresholdKind,
)
from liandong.organization import queries as organization
from liandong.web import cells, signs
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm, suit
from liandong.web.requests import actor_of, is_htmx
from liandong.web.tables import Column, Filter, Table, listing

TRIAL_DAYS = 30
SHOWN = 20
ROWS = 5
NONE = ("", gettext_lazy("按类别"))


class ThresholdForm(DeedForm):
    """设阈值."""

    title, verb, done = (
        gettext_lazy("设阈值"),
        gettext_lazy("设阈值"),
        gettext_lazy("阈值已设，下一条读数起生效。"),
    )
    widths = {
        **dict.fromkeys(
            ("series", "kind", "hazard", "name", "clear_margin", "hold_minutes"), "half"
        ),
        **dict.fromkeys(("status", "cite", "datum", "level", "issuer", "areas"), "half"),
        **dict.fromkeys(("statistic", "window_minutes", "comparison"), "third"),
        **dict.fromkeys(("bound", "lasting_minutes"), "half"),
        **dict.fromkeys(("season_from", "season_to"), "half"),
    }

    series = forms.ModelChoiceField(label=gettext_lazy("测项"), queryset=Series.objects.none())
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"),
        choices=ThresholdKind.choices,
        initial=ThresholdKind.WARNING,
    )
    hazard = forms.ChoiceField(
        label=gettext_lazy("灾种"), choices=[NONE, *Hazard.choices], required=False,
        help_text=gettext_lazy("越限后拟哪一类预警；自定的不选就只提醒、不拟预警"),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=60, required=False,
        help_text=gettext_lazy("自定的要起名，例如 桥面结冰"),
    )  # fmt: skip
    statistic = forms.ChoiceField(
        label=gettext_lazy("看什么"),
        choices=[one for one in Statistic.choices if one[0] != Statistic.COUNT],
        required=False,
    )
    window_minutes = SpanField(
        label=gettext_lazy("时段"), required=False, max_length=20,
        help_text=gettext_lazy("例如 3 小时；看读数本身不填"),
    )  # fmt: skip
    comparison = forms.ChoiceField(
        label=gettext_lazy("方向"), choices=[NONE, *Comparison.choices], required=False
    )
    bound = forms.DecimalField(label=gettext_lazy("阈值"), max_digits=12, decimal_places=3)
    lasting_minutes = SpanField(
        label=gettext_lazy("持续"), required=False, max_length=20,
        help_text=gettext_lazy("满这么久才算越限；不填即时"),
    )  # fmt: skip
    season_from = DayField(
        label=gettext_lazy("从"), required=False, max_length=10,
        help_text=gettext_lazy("例如 6 月 1 日；全年不填"),
    )  # fmt: skip
    season_to = DayField(
        label=gettext_lazy("到"), required=False, max_length=10,
        help_text=gettext_lazy("含当天；可以跨年"),
    )  # fmt: skip
    clear_margin = forms.DecimalField(
        label=gettext_lazy("回落余量"), max_digits=12, decimal_places=3, min_value=0, initial=0,
        help_text=gettext_lazy("退回阈值这么多才算回落"), required=False,
    )  # fmt: skip
    hold_minutes = SpanField(
        label=gettext_lazy("回落保持"), required=False, max_length=20,
        help_text=gettext_lazy("回落满这么久才算解除"),
    )  # fmt: skip
    level = forms.ChoiceField(
        label=gettext_lazy("级别"), choices=[NONE, *Level.choices], required=False
    )
    datum = forms.CharField(
        label=gettext_lazy("阈值的基面"), max_length=40, required=False,
        help_text=gettext_lazy("水位阈值填上，和测站不同会被拒绝"),
    )  # fmt: skip
    status = forms.ChoiceField(label=gettext_lazy("依据"), choices=SourceStatus.choices)
    cite = forms.CharField(
        label=gettext_lazy("出处"), max_length=200, required=False,
        help_text=gettext_lazy("有据的阈值写文件名"),
    )  # fmt: skip
    issuer = forms.ModelChoiceField(
        label=gettext_lazy("由谁发布预警"), queryset=organization.all_bodies(), required=False
    )
    areas = AreasField(label=gettext_lazy("涉及乡镇"), required=False, max_length=1000)
    try_only = forms.BooleanField(
        label=gettext_lazy("先用过去 30 天的读数试算，不保存"), required=False
    )

    def __init__(self, station: Station, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Series.objects.filter(station=station).select_related("station")
        self.fields["series"].queryset = rows  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """As the action wants it: what was left blank goes without saying."""
        values = super().arguments()
        values.pop("try_only")
        values.pop("expected_version", None)
        values["statistic"] = values["statistic"] or Statistic.VALUE
        values["lasting_minutes"] = values["lasting_minutes"] or 0
        values["hold_minutes"] = values["hold_minutes"] or 0
        values["clear_margin"] = values["clear_margin"] or Decimal()
        return values


class RuleForm(DeedForm):
    """设组合规则: up to five conditions, at one station or several."""

    title, verb, done = (
        gettext_lazy("设组合规则"),
        gettext_lazy("设组合规则"),
        gettext_lazy("规则已设，下一条读数起生效。"),
    )
    widths = {
        **dict.fromkeys(("name", "kind", "hazard", "level", "issuer", "areas"), "half"),
        **dict.fromkeys(("season_from", "season_to", "status", "cite"), "half"),
        **{
            f"{name}_{n}": width
            for n in range(1, ROWS + 1)
            for name, width in (
                ("statistic", "third"),
                ("window_minutes", "third"),
                ("comparison", "third"),
                ("bound", "half"),
                ("group", "half"),
            )
        },
    }

    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"),
        choices=[
            one
            for one in ThresholdKind.choices
            if one[0] in (ThresholdKind.OWN, ThresholdKind.SIGNAL, ThresholdKind.RAINSTORM)
        ],
        initial=ThresholdKind.OWN,
    )
    hazard = forms.ChoiceField(
        label=gettext_lazy("灾种"), choices=[NONE, *Hazard.choices], required=False
    )
    level = forms.ChoiceField(label=gettext_lazy("级别"), choices=Level.choices)
    need = forms.IntegerField(
        label=gettext_lazy("同时满足几组"), min_value=1, max_value=ROWS, initial=1,
        help_text=gettext_lazy("同一组的条件满足一条就算；没写组名的各算一组"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ThresholdConditions.add_to(self)


class ThresholdConditions:
    """The fields of a rule's conditions, row by row, and what its foot has."""

    FOOT = ("season_from", "season_to", "issuer", "areas", "status", "cite")

    @classmethod
    def add_to(cls, form: DeedForm) -> None:
        """Put the rows in, then the fields that every bound ends with."""
        series = Series.objects.select_related("station")
        for n in range(1, ROWS + 1):
            must = n == 1
            form.fields[f"series_{n}"] = forms.ModelChoiceField(
                label=_("条件 %(n)d：测项") % {"n": n}, queryset=series, required=must
            )
            for name in ("statistic", "window_minutes", "comparison", "bound"):
                form.fields[f"{name}_{n}"] = _again(name, required=must and name == "bound")
            form.fields[f"group_{n}"] = forms.CharField(
                label=gettext_lazy("组名"), max_length=60, required=False
            )
        for name in cls.FOOT:
            form.fields[name] = _again(name)

    @staticmethod
    def read(data: dict[str, Any]) -> list[actions.ConditionSpec]:
        """Take the rows out of what was filled in; a row without a series is none."""
        found = []
        for n in range(1, ROWS + 1):
            names = ("series", "statistic", "window_minutes", "comparison", "bound", "group")
            row = {name: data.pop(f"{name}_{n}") for name in names}
            if row["series"] is None:
                continue
            found.append(
                actions.ConditionSpec(
                    series=row["series"],
                    statistic=row["statistic"] or Statistic.VALUE,
                    window_minutes=row["window_minutes"],
                    comparison=row["comparison"] or Comparison.AT_LEAST,
                    bound=Decimal("NaN") if row["bound"] is None else row["bound"],
                    group=row["group"],
                )
            )
        return found


def _again(name: str, *, required: bool | None = None) -> forms.Field:
    """A field of the bound's own form, for another form."""
    field = deepcopy(ThresholdForm.base_fields[name])
    if required is not None:
        field.required = required
    suit(field)
    return field


class SignalsForm(DeedForm):
    """设气象信号."""

    title, verb = gettext_lazy("设气象信号"), gettext_lazy("设气象信号")
    done = gettext_lazy("已按 2007 年的信号标准设好阈值。")

    hazards = forms.MultipleChoiceField(
        label=gettext_lazy("信号"),
        choices=[
            (one.hazard, one.name)
            for one in weather.signals().by_hazard.values()
            if one.is_measurable
        ],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "台风、沙尘暴、大雾、霾只凭风速或能见度分不清，请由人判明后再发布"
        ),
    )
    issuer = forms.ModelChoiceField(
        label=gettext_lazy("由谁发布预警"), queryset=organization.all_bodies(), required=False
    )
    areas = AreasField(label=gettext_lazy("涉及乡镇"), required=False, max_length=1000)


class RetireForm(DeedForm):
    """停用阈值."""

    title, verb, done = (
        gettext_lazy("停用阈值"),
        gettext_lazy("停用"),
        gettext_lazy("已停用，正在越限的随之结束。"),
    )
    dangerous = True


def _sign(_row: Threshold, level: str) -> SafeString:
    return signs.warning_sign(level) if level else cells.DASH


COLUMNS: list[Column[Threshold]] = [
    Column(
        key="station",
        label=gettext_lazy("测站"),
        value=lambda row: row.series.station.name,
        sort="series__station__name",
    ),
    Column(key="level", label=gettext_lazy("级别"), value=lambda row: row.level, draw=_sign),
    Column(key="what", label=gettext_lazy("阈值"), value=str),
    Column(key="says", label=gettext_lazy("怎样算越限"), value=queries.reads_as),
    Column(
        key="status",
        label=gettext_lazy("依据"),
        value=lambda row: SourceStatus(row.status).label,
    ),
    Column(
        key="active",
        label=gettext_lazy("状态"),
        value=lambda row: _("启用") if row.is_active else _("停用"),
    ),
]
FILTERS = [
    Filter(key="name", label=gettext_lazy("站名"), lookup="series__station__name__icontains"),
    Filter(
        key="kind",
        label=gettext_lazy("类别"),
        lookup="kind",
        kind="choice",
        choices=ThresholdKind.choices,
    ),
    Filter(
        key="level",
        label=gettext_lazy("级别"),
        lookup="level",
        kind="choice",
        choices=Level.choices,
    ),
    Filter(
        key="active",
        label=gettext_lazy("状态"),
        lookup="is_active",
        kind="choice",
        choices=[("True", gettext_lazy("启用")), ("False", gettext_lazy("停用"))],
    ),
]


def thresholds(request: HttpRequest) -> HttpResponseBase:
    """List every bound and rule, each read back as a sentence; it leaves as a workbook."""
    table = Table(
        request,
        queries.every_threshold(),
        COLUMNS,
        FILTERS,
        order=("-is_active", "series__station__code", "bound"),
        name="thresholds",
        link=lambda row: reverse("monitoring:threshold", args=[row.pk]),
    )
    return listing(
        request,
        table,
        "monitoring/thresholds.html",
        title=_("阈值"),
        may_set=actor_of(request).may(Permission.SET_THRESHOLD),
    )


def threshold(request: HttpRequest, pk: str) -> HttpResponse:
    """Show a bound: what it says, when it was crossed, what it would have told in the last days."""
    actor, row = actor_of(request), _threshold(pk)
    trial = _trial(row, row.conditions, actor)  # type: ignore[attr-defined]
    context = {
        "threshold": row,
        "sentence": queries.reads_as(row),
        "ending": "" if row.statistic == Statistic.COUNT else ending_of(row),
        "level": Level(row.level).label,
        "hazard": dict(Hazard.choices).get(row.hazard, ""),
        "crossings": queries.crossings_of(row, actor.realm, limit=SHOWN),
        "trial": trial[-SHOWN:],
        "times": len(trial),
        "days": TRIAL_DAYS,
        "may_set": row.is_active and actor.may(Permission.SET_THRESHOLD),
    }
    return render(request, "monitoring/threshold.html", context)


def bound(request: HttpRequest, code: str) -> HttpResponse:
    """Set a bound on one of a station's series, or move it; or try first what it would have told."""
    actor, station = actor_of(request), queries.station_by_code(code)
    actor.demand(Permission.SET_THRESHOLD)
    form = ThresholdForm(station, request.POST or None)
    back = reverse("monitoring:station", args=[code])
    context = {"back": back, "note": str(station)}
    if request.method == "POST" and form.is_valid() and form.cleaned_data["try_only"]:
        return _tried(request, form, context)
    return deed(
        request,
        form,
        run=lambda data: actions.set_threshold(actor, **data),
        to=lambda made: reverse("monitoring:threshold", args=[made.pk]),
        context=context,
    )


def rule(request: HttpRequest) -> HttpResponse:
    """Put a rule of several conditions, at one station or several."""
    actor = actor_of(request)
    actor.demand(Permission.SET_THRESHOLD)

    def run(data: dict[str, Any]) -> Threshold:
        data.pop("expected_version", None)
        conditions = ThresholdConditions.read(data)
        return actions.set_rule(actor, conditions=conditions, **data)

    return deed(
        request,
        RuleForm(request.POST or None),
        run=run,
        to=lambda made: reverse("monitoring:threshold", args=[made.pk]),
        context={"back": reverse("monitoring:thresholds")},
    )


def weather_signals(request: HttpRequest, code: str) -> HttpResponse:
    """Put chosen signals of the weather on a station; what readings cannot tell is named beside."""
    actor, station = actor_of(request), queries.station_by_code(code)
    actor.demand(Permission.SET_THRESHOLD)
    waiting = [one for one in weather.signals().by_hazard.values() if not one.is_measurable]
    back = reverse("monitoring:station", args=[code])

    def run(data: dict[str, Any]) -> Station:
        data.pop("expected_version", None)
        return actions.set_weather_signals(actor, station=station, **data)

    return deed(
        request,
        SignalsForm(request.POST or None),
        run=run,
        to=back,
        template="monitoring/weather_signals.html",
        context={
            "back": back,
            "note": str(station),
            "waiting": waiting,
            "remark": weather.signals().note,
        },
    )


def retire(request: HttpRequest, pk: str) -> HttpResponse:
    """Put a bound or a rule out of use."""
    actor, row = actor_of(request), _threshold(pk)
    actor.demand(Permission.SET_THRESHOLD)
    back = reverse("monitoring:threshold", args=[pk])

    def run(data: dict[str, Any]) -> Threshold:
        return actions.retire_threshold(
            actor, threshold=row, idempotency_key=data["idempotency_key"]
        )

    return deed(
        request,
        RetireForm(request.POST or None),
        run=run,
        to=back,
        context={"back": back, "note": f"{row.series.station} {queries.reads_as(row)}"},
    )


def _threshold(pk: str) -> Threshold:
    row = queries.every_threshold().filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这条阈值。"), remedy=_("请从阈值列表进入。"))
    return row


def _trial(row: Threshold, parts: list[Threshold], actor: Actor) -> list[Any]:
    return queries.trial_of(row, parts, actor.realm, days=TRIAL_DAYS)


def _tried(request: HttpRequest, form: ThresholdForm, context: dict[str, Any]) -> HttpResponse:
    """Say at the form itself what the bound would have told; what was typed stays."""
    try:
        said = _trial_words(actor_of(request), form.arguments())
    except Problem as problem:
        form.refuse(problem)
        said = ""
    if said:
        form["bound"].help_text = said
    name = "web/components/deed_form.html" if is_htmx(request) else "web/deed.html"
    around = {"form": form, "action": request.get_full_path(), **context}
    return render(request, name, around, status=200 if said else 422)


def _trial_words(actor: Actor, values: dict[str, Any]) -> str:
    values.pop("idempotency_key")
    row = actions.drawn_up(**values)
    found = _trial(row, [], actor)
    said: str = _("“%(sentence)s”：过去 %(days)d 天会触发 %(times)d 次。") % {
        "sentence": queries.sentence_of(row),
        "days": TRIAL_DAYS,
        "times": len(found),
    }
    if not found:
        return said
    worst = max(found, key=lambda one: row.line.sign * one.peak)
    return said + _("最极端的一次到 %(peak)s %(unit)s。") % {
        "peak": plain(worst.peak),
        "unit": row.series.unit,
    }
