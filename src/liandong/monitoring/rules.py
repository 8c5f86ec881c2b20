"""What may come in as a reading, and what a warning must have: pure, over plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from liandong.kernel.actors import ACTUAL, EVERYTHING, Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.monitoring.models import (
    Filing,
    Series,
    Station,
    StatisticForm,
    Threshold,
    Warning,  # noqa: A004 -- the county's word for it
)
from liandong.monitoring.queries.stations import Measured
from liandong.monitoring.signals import weather
from liandong.monitoring.signals.observations import Column, Observation, Refusal, at_text
from liandong.monitoring.signals.quality import Flag, Limits
from liandong.monitoring.signals.seasons import is_day, meets
from liandong.monitoring.states import (
    FALLEN,
    Comparison,
    Level,
    Quantity,
    SourceStatus,
    Statistic,
    ThresholdKind,
    WarningState,
)
from liandong.organization.models import Body

AHEAD = timedelta(minutes=5)
THOUSANDTH = Decimal("0.001")
MOST = Decimal(10) ** 9  # what the column holds
MOST_VERSIONS = 12
NOUGHT = Decimal("0.000")
# Beyond any record: a broken gauge, or the wrong unit.
LIMITS: dict[str, tuple[Decimal, Decimal]] = {
    Quantity.RAIN: (Decimal(0), Decimal(500)),
    Quantity.LEVEL: (Decimal(-200), Decimal(9000)),
    Quantity.FLOW: (Decimal(-50_000), Decimal(200_000)),
    Quantity.INFLOW: (Decimal(-50_000), Decimal(200_000)),
    Quantity.OUTFLOW: (Decimal(0), Decimal(200_000)),
    Quantity.STORAGE: (Decimal(0), Decimal(100_000)),
    Quantity.GATE: (Decimal(0), Decimal(50)),
    Quantity.SOIL: (Decimal(0), Decimal(150)),
    Quantity.TEMPERATURE: (Decimal(-60), Decimal(60)),
    Quantity.HUMIDITY: (Decimal(0), Decimal(100)),
    Quantity.WIND: (Decimal(0), Decimal(100)),
    Quantity.GUST: (Decimal(0), Decimal(120)),
    Quantity.VISIBILITY: (Decimal(0), Decimal(100_000)),
    Quantity.SNOW: (Decimal(0), Decimal(500)),
    Quantity.SNOW_DEPTH: (Decimal(0), Decimal(500)),
    Quantity.PM25: (Decimal(0), Decimal(10_000)),
    Quantity.PM10: (Decimal(0), Decimal(10_000)),
    Quantity.SO2: (Decimal(0), Decimal(10_000)),
    Quantity.NO2: (Decimal(0), Decimal(10_000)),
    Quantity.O3: (Decimal(0), Decimal(10_000)),
    Quantity.CO: (Decimal(0), Decimal(1_000)),
    Quantity.AQI: (Decimal(0), Decimal(500)),
}
# By how much two readings that follow each other may differ; the second where no rain has fallen.
JUMPS: dict[str, tuple[float | None, float | None]] = {
    Quantity.LEVEL: (5.0, 1.5),
    Quantity.TEMPERATURE: (15.0, None),
    Quantity.HUMIDITY: (70.0, None),
    Quantity.SOIL: (50.0, None),
    Quantity.SNOW_DEPTH: (60.0, None),
}
# How many equal readings are too many: instruments that hang. Water may stand still for days.
STUCK: dict[str, int] = {
    Quantity.RAIN: 24,
    Quantity.TEMPERATURE: 24,
    Quantity.WIND: 24,
    Quantity.GUST: 24,
    Quantity.PM25: 24,
    Quantity.PM10: 24,
    Quantity.O3: 24,
}
RESTLESS = {Quantity.TEMPERATURE}
# Of a figure that a unit files under a name of its own.
ANY = (Decimal(-100_000_000), Decimal(100_000_000))


def demand_actual(actor: Actor) -> None:
    """What the county has laid down stays, whatever is played: a drill does not change it."""
    if actor.realm != ACTUAL:
        raise Forbidden(
            _("演练中不能改动测站、阈值和发布规定。"), remedy=_("请先退出演练，再办理。")
        )


def demand_actual_warning(actor: Actor) -> None:
    """What others send is real: a drill gets its warnings by its script."""
    if actor.realm != ACTUAL:
        raise Forbidden(
            _("演练中不接收真实预警。"), remedy=_("请先退出演练；演练的预警由脚本注入。")
        )


def demand_in_force(warning: Warning) -> None:
    """What is not in force calls nobody out."""
    if warning.state != WarningState.ISSUED:
        raise IllegalMove(
            _("现在是“%(state)s”，不能叫应。") % {"state": WarningState(warning.state).label},
            remedy=_("预警发布后才能叫应；已调整的请从新的一条叫应。"),
        )


@dataclass
class Sifted:
    """What a batch holds, what it says twice, and what it cannot have."""

    columns: dict[tuple[str, str], Column] = field(default_factory=dict)
    duplicates: int = 0
    corrected: int = 0
    refusals: list[Refusal] = field(default_factory=list)


def sift(
    observations: Iterable[Observation], series: Mapping[tuple[str, str], int], now: datetime
) -> Sifted:
    """Part what can be stored from what cannot; what is strange is flagged. Rounds to thousandths."""
    sifted = Sifted({place: Column(*place, pk) for place, pk in sorted(series.items())})
    columns, times = sifted.columns, dict[datetime, str]()
    for number, said in enumerate(observations, 1):
        column = columns.get((said.station_code, said.quantity))
        at = times.get(said.at)
        if at is None:
            at = times[said.at] = at_text(said.at) if _is_told(said.at) else ""
        if column is None or not at or not _can_be_kept(said.value):
            sifted.refusals.append(_refusal(said, said.row or number, series))
            continue
        # Minus zero and zero are one.
        value = str(said.value.quantize(THOUSANDTH, ROUND_HALF_UP) or NOUGHT)
        before = column.values.setdefault(at, value)
        if before is value:
            if said.flags:
                column.flags[at] = said.flags
        elif before == value:
            sifted.duplicates += 1
        else:
            sifted.refusals.append(other_value(said.row or number, before))
    _flag_ahead(
        columns.values(), {told for at, told in times.items() if told and at > now + AHEAD}
    )
    return sifted


def _flag_ahead(columns: Iterable[Column], ahead: set[str]) -> None:
    """Flag times that our clock has not come to."""
    for column in columns if ahead else ():
        for at in ahead.intersection(column.values):
            column.flags[at] = column.flags.get(at, 0) | Flag.CLOCK


def _can_be_kept(value: Decimal) -> bool:
    return value.is_finite() and -MOST < value < MOST


def limits_of(series: Series | Measured) -> Limits:
    """What is credible of a series: its own figures, else those usual of its quantity."""
    return _limits(series.quantity, series.low, series.high, series.jump, series.stuck_after)


# Of a hundred thousand series nearly all are credible within the same.
@lru_cache(maxsize=4096)
def _limits(
    quantity: str,
    own_low: Decimal | None,
    own_high: Decimal | None,
    own_jump: Decimal | None,
    stuck_after: int | None,
) -> Limits:
    low, high = LIMITS.get(quantity, ANY)
    jump, dry_jump = JUMPS.get(quantity, (None, None))
    return Limits(
        low=float(low if own_low is None else own_low),
        high=float(high if own_high is None else own_high),
        jump=jump if own_jump is None else float(own_jump),
        dry_jump=dry_jump if own_jump is None else None,
        stuck=STUCK.get(quantity, 0) if stuck_after is None else stuck_after,
        may_rest_at_zero=quantity not in RESTLESS,
        has_units=quantity == Quantity.LEVEL,
    )


def other_value(row: int, before: str) -> Refusal:
    """Refuse a second value for the same time from somebody who may not correct the first."""
    return Refusal(
        row,
        "value",
        _("同一测站同一时间已有不同的数值 %(before)s，先到的保留。") % {"before": before},
        _("若先前的数值有误，请由原来源重送，或由有更正权限的人员更正。"),
    )


def too_often(row: int) -> Refusal:
    """Refuse to correct once more what was corrected over and over."""
    return Refusal(
        row,
        "value",
        _("同一时间的数值已更正 %(times)d 次，不再接收更正。") % {"times": MOST_VERSIONS},
        _("请检查来源是否在两个数值之间跳动；确有必要时由值班人员核实。"),
    )


def _is_told(at: datetime) -> bool:
    return at.tzinfo is not None and 1900 <= at.year < 2200


def _refusal(said: Observation, row: int, series: Mapping[tuple[str, str], int]) -> Refusal:
    """Say what is wrong with a row; only asked when something is."""
    if (said.station_code, said.quantity) not in series:
        return _unknown(said, row, series)
    if said.at.tzinfo is None:
        return Refusal(row, "at", _("时间没有时区。"), _("请写成 2026-07-14T05:00:00+08:00。"))
    if not _is_told(said.at):
        problem = _("时间早于 1900 年或晚于 2200 年。")
        return Refusal(row, "at", problem, _("请检查年份和设备时钟。"))
    if not said.value.is_finite():
        return Refusal(row, "value", _("数值不是有限的数。"), _("缺测请不要报这一行。"))
    return Refusal(
        row, "value", _("数值大到无法保存。"), _("请检查仪器和单位；缺测请不要报这一行。")
    )


def _unknown(said: Observation, row: int, series: Mapping[tuple[str, str], int]) -> Refusal:
    if said.quantity not in LIMITS:
        units = listed(Quantity.values)
        return Refusal(
            row,
            "quantity",
            _("没有测项“%(what)s”。") % {"what": said.quantity[:40]},
            _("测项（含单位）只能是 %(units)s。") % {"units": units},
        )
    if any(code == said.station_code for code, _quantity in series):
        label = Quantity(said.quantity).label
        return Refusal(
            row,
            "quantity",
            _("测站 %(code)s 没有“%(what)s”测项。")
            % {"code": said.station_code, "what": label},
            _("请核对测项，或请测站管理单位登记该测项。"),
        )
    return Refusal(
        row,
        "station",
        _("没有站码为“%(code)s”的测站。") % {"code": said.station_code[:40]},
        _("请核对站码，或先登记测站。"),
    )


def missing_elements(warning: Warning) -> dict[str, str]:
    """Name the elements of a warning that are not there yet; its time of issue comes with issuing.

    《突发事件应对法》第六十四条:类别、级别、起始时间、可能影响范围、警示事项、应采取的措施、
    发布单位、发布时间。
    """
    needed: Sequence[tuple[str, str, object]] = (
        ("category", _("类别"), warning.category.strip()),
        ("level", _("级别"), warning.level),
        ("starts_at", _("起始时间"), warning.starts_at),
        ("scope", _("可能影响范围"), warning.scope.strip()),
        ("cautions", _("警示事项"), warning.cautions.strip()),
        ("measures", _("应采取的措施"), warning.measures.strip()),
        ("issuing_body", _("发布单位"), warning.issuing_body_id),
    )
    return {name: label for name, label, value in needed if not value}


LARGEST = 10**8
DAY_MINUTES = 24 * 60
LONGEST_WINDOW = 92 * 24 * 60
LONGEST_LASTING = 7 * 24 * 60
# Marks of rivers and reservoirs: on levels and flows as they are.
WATER_MARKS = (
    ThresholdKind.WARNING, ThresholdKind.GUARANTEE, ThresholdKind.HISTORICAL_MAX,
    ThresholdKind.FLOOD_LIMIT, ThresholdKind.NORMAL_POOL, ThresholdKind.DESIGN_FLOOD,
    ThresholdKind.CHECK_FLOOD,
)  # fmt: skip
WATER = (Quantity.LEVEL, Quantity.FLOW, Quantity.INFLOW, Quantity.OUTFLOW, Quantity.STORAGE)
WINDOWLESS = (Statistic.VALUE, Statistic.COUNT)
SUMMED = (Statistic.SUM, Statistic.COUNT)
STATES = frozenset(map(str, Quantity)) - FALLEN  # at a moment; they do not add up


def demand_datum(station: Station, quantity: str, datum: str) -> None:
    """A level is held against a bound over the same datum only (SL 323: DTMNM)."""
    if quantity == Quantity.LEVEL and datum.strip() and datum.strip() != station.datum:
        raise Invalid(
            _("阈值的基面是“%(given)s”，测站的基面是“%(kept)s”，不能比较。")
            % {"given": datum.strip(), "kept": station.datum},
            place=str(station),
            remedy=_("请先把阈值换算到测站的基面，再设。"),
            fields={"datum": _("与测站的基面不同")},
        )


def check_bound(one: Threshold) -> None:
    """Refuse a bound that means nothing, naming each field that is wrong."""
    fields = {
        **_wrong_place(one), **_wrong_measure(one), **_wrong_figures(one), **_wrong_season(one),
    }  # fmt: skip
    if fields:
        raise Invalid(
            _("阈值设置有误。"),
            place=str(one.series),
            remedy=_("请按提示改正。"),
            fields=fields,
        )


def _wrong_place(one: Threshold) -> dict[str, str]:
    fields: dict[str, str] = {}
    quantity, kind = one.series.quantity, one.kind
    if kind not in ThresholdKind.values:
        fields["kind"] = _("没有这一类阈值")
    elif (kind == ThresholdKind.RAINSTORM) is not (quantity == Quantity.RAIN) and (
        kind in (ThresholdKind.RAINSTORM, *WATER_MARKS)
    ):
        fields["kind"] = _("暴雨信号只设在雨量上，警戒、保证一类只设在水位、流量上")
    elif kind in WATER_MARKS and quantity not in WATER:
        fields["kind"] = _("警戒、保证、汛限一类只设在水位、流量、蓄水量上")
    elif kind in (ThresholdKind.OWN, ThresholdKind.SIGNAL) and not (one.name or one.hazard):
        fields["name"] = _("请写明这条阈值叫什么，或选它对应的灾种")
    if one.level not in Level.values:
        fields["level"] = _("级别应为蓝、黄、橙、红之一")
    elif kind == ThresholdKind.SIGNAL and (problem := _no_such_level(one)):
        fields["level"] = problem
    return fields


def _no_such_level(one: Threshold) -> str:
    """A signal has the levels that its table has: 高温 has no blue one, 霾 no red one."""
    signal = weather.signals().by_hazard.get(one.hazard)
    if signal is None or any(level.level == one.level for level in signal.levels):
        return ""
    have = listed(level.level for level in signal.levels)
    return _("%(signal)s信号没有%(level)s色，只有%(have)s") % {
        "signal": signal.name,
        "level": one.level,
        "have": have,
    }


def _wrong_measure(one: Threshold) -> dict[str, str]:
    fields = _wrong_window(one)
    if one.comparison not in Comparison.values:
        fields["comparison"] = _("方向应为达到或超过、降到或低于、低于之一")
    if one.statistic not in Statistic.values:
        fields["statistic"] = _("没有这种统计量")
    elif one.statistic == Statistic.SUM and one.series.quantity in STATES:
        fields["statistic"] = _("只有雨量、降雪量能累计")
    elif one.kind == ThresholdKind.RAINSTORM and one.statistic not in SUMMED:
        fields["statistic"] = _("暴雨信号按时段累计雨量判断")
    return fields


def _wrong_window(one: Threshold) -> dict[str, str]:
    window = one.window_minutes
    if one.statistic in WINDOWLESS:
        wrong = _("按读数本身判断的阈值没有时段") if window is not None else ""
    elif window is None or not 1 <= window <= LONGEST_WINDOW:
        wrong = _("请写时段，1 分钟到 92 天")
    elif one.statistic == Statistic.DAILY_MAX and window % DAY_MINUTES:
        wrong = _("连续几天的日最高值，时段应为整天数")
    else:
        wrong = ""
    return {"window_minutes": wrong} if wrong else {}


def _wrong_figures(one: Threshold) -> dict[str, str]:
    fields: dict[str, str] = {}
    if not one.bound.is_finite() or abs(one.bound) >= LARGEST:
        fields["bound"] = _("阈值应为有限的数")
    if not one.clear_margin.is_finite() or not 0 <= one.clear_margin < LARGEST:
        fields["clear_margin"] = _("回落余量应为不小于 0 的数")
    if not 0 <= one.lasting_minutes <= LONGEST_LASTING:
        fields["lasting_minutes"] = _("持续时间应为 0 分钟到 7 天")
    if not 0 <= one.hold_minutes <= LONGEST_WINDOW:
        fields["hold_minutes"] = _("回落保持时间应为 0 分钟到 92 天")
    if one.status not in SourceStatus.values:
        fields["status"] = _("请说明阈值是有据还是推定")
    elif one.status == SourceStatus.RECORDED and not one.cite.strip():
        fields["cite"] = _("有据的阈值要写明出处；没有出处请选推定")
    return fields


def _wrong_season(one: Threshold) -> dict[str, str]:
    first, last = one.season_from, one.season_to
    if not first and not last:
        return {}
    wrong = _("月日应为 4 位数字，例如 0601；起止都要写")
    days = {"season_from": first, "season_to": last}
    return {name: wrong for name, text in days.items() if not is_day(text)}


def demand_seasons_apart(one: Threshold, standing: Iterable[Threshold]) -> None:
    """Of one kind and level of a series, one bound holds at a time."""
    for other in standing:
        if other is not one and _is_like(one, other) and meets(one.season, other.season):
            raise Invalid(
                _("“%(what)s”在这段时间已有阈值，起止日期重叠。") % {"what": one},
                place=str(one.series),
                remedy=_("请改起止月日，或先停用原来那条。"),
                fields={"season_from": _("与另一条的起止日期重叠")},
            )


def _is_like(one: Threshold, other: Threshold) -> bool:
    def named(row: Threshold) -> tuple[object, ...]:
        return (row.series_id, str(row.kind), row.hazard, str(row.level), row.name)

    return one.season_from != other.season_from and named(one) == named(other)


def demand_no_drill(actor: Actor) -> None:
    """What units file, and what they meet about, is the county's own work: a drill does not touch it."""
    if actor.realm != ACTUAL:
        raise Forbidden(
            _("演练中不能办理统计报送和联席会议。"), remedy=_("请先退出演练，再办理。")
        )


def works_for(actor: Actor, *bodies: object) -> bool:
    """Whether an actor works for one of some bodies."""
    return bool({EVERYTHING, *(f"body:{one}" for one in bodies)} & actor.scopes)


def demand_office_of(actor: Actor, office: Body) -> None:
    """A form and a meeting are their office's: no other changes them."""
    if not works_for(actor, office.pk):
        raise Forbidden(
            _("这件事由%(office)s办理。") % {"office": office.short_name},
            remedy=_("请由该办公室的人员办理。"),
        )


def demand_own_body(actor: Actor, body: Body) -> None:
    """Nobody signs or answers for another unit."""
    if not works_for(actor, body.pk):
        raise Forbidden(
            _("只能为本单位办理。"), remedy=_("请由%(body)s的联络员办理。") % {"body": body}
        )


def demand_filer(actor: Actor, filing: Filing) -> None:
    """A unit files its own; the office that keeps the form may take figures down by telephone."""
    if not works_for(actor, filing.body_id, filing.form.office_id):
        raise Forbidden(
            _("只能报本单位的数据。"),
            remedy=_("请由%(body)s报送，或请%(office)s代为登记。")
            % {"body": filing.body, "office": filing.form.office},
        )


def demand_begun(filing: Filing, today: date) -> None:
    """What a period was is known on its last day at the earliest."""
    if today < filing.until_on:
        raise IllegalMove(
            _("“%(filing)s”还没有到期末。") % {"filing": filing},
            remedy=_("请在本期最后一天以后报送。"),
        )
    if not filing.form.in_force and not filing.is_filed:
        raise IllegalMove(
            _("“%(form)s”已停用，不再报送。") % {"form": filing.form},
            remedy=_("如仍要报送，请与主管办公室联系。"),
        )


def demand_reason(filing: Filing, reason: str, now: datetime) -> None:
    """Whoever corrects says why; so does whoever is late."""
    if reason.strip() or not (filing.is_filed or now > filing.due_at):
        return
    why = _("请写更正原因") if filing.is_filed else _("已过期限，请写迟报原因")
    raise Invalid(f"{why}。", place=str(filing), fields={"reason": why})


def filing_audience(form: StatisticForm, receivers: Iterable[Body]) -> list[str]:
    """Who sees what is filed, besides whoever filed it: the office, the receivers and the duty room."""
    seen = {form.office_id, *(one.pk for one in receivers)}
    return sorted({"duty", *(f"body:{one}" for one in seen)})
