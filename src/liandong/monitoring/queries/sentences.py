"""A bound read back in plain words: 3 小时雨量达到或超过 50 mm，持续 30 分钟，6 月 1 日至 9 月 30 日."""

from collections.abc import Iterable

from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.monitoring.models import Threshold
from liandong.monitoring.signals.observations import plain
from liandong.monitoring.states import Comparison, Statistic

MINUTES_AN_HOUR, MINUTES_A_DAY = 60, 1440


def sentence_of(one: Threshold, parts: Iterable[Threshold] | None = None) -> str:
    """Say what a bound says; of a rule with its ``parts``, each of them."""
    said = [_combined(one, parts) if one.statistic == Statistic.COUNT else condition_of(one)]
    if one.lasting_minutes:
        said.append(_("持续 %(span)s") % {"span": span_of(one.lasting_minutes)})
    if one.season_from:
        said.append(
            _("%(first)s至%(last)s")
            % {"first": day_of(one.season_from), "last": day_of(one.season_to)}
        )
    return "，".join(said)


def ending_of(one: Threshold) -> str:
    """Say when it is over again."""
    margin, hold = one.clear_margin, one.hold_minutes
    is_floor = one.comparison != Comparison.AT_LEAST
    edge = one.bound + margin if is_floor else one.bound - margin
    said = {"edge": plain(edge), "unit": one.series.unit, "span": span_of(hold)}
    if is_floor and hold:
        return _("回升到 %(edge)s %(unit)s 以上满 %(span)s 才算解除") % said
    if is_floor:
        return _("回升到 %(edge)s %(unit)s 以上即解除") % said
    if hold:
        return _("回落到 %(edge)s %(unit)s 以下满 %(span)s 才算解除") % said
    return _("回落到 %(edge)s %(unit)s 以下即解除") % said


def condition_of(one: Threshold) -> str:
    """Say what is held against which figure, without when and how long."""
    return measured_words(one) % {
        "span": span_of(one.window_minutes or 0),
        "days": (one.window_minutes or 0) // MINUTES_A_DAY,
        "what": one.series.label,
        "how": _reaching(one),
        "bound": plain(one.bound),
        "unit": one.series.unit,
    }


def measured_words(one: Threshold) -> str:
    """The sentence that fits the statistic, still to be filled."""
    words = {
        Statistic.VALUE: _("%(what)s%(how)s %(bound)s %(unit)s"),
        Statistic.SUM: _("%(span)s%(what)s%(how)s %(bound)s %(unit)s"),
        Statistic.MEAN: _("%(span)s平均%(what)s%(how)s %(bound)s %(unit)s"),
        Statistic.MAX: _("%(span)s内最高%(what)s%(how)s %(bound)s %(unit)s"),
        Statistic.MIN: _("%(span)s内最低%(what)s%(how)s %(bound)s %(unit)s"),
        Statistic.RISE: _("%(what)s%(span)s内上涨%(how)s %(bound)s %(unit)s"),
        Statistic.FALL: _("%(what)s%(span)s内下降%(how)s %(bound)s %(unit)s"),
        Statistic.MIN_FALL: _("日最低%(what)s%(span)s内下降%(how)s %(bound)s %(unit)s"),
        Statistic.DAILY_MAX: _("连续 %(days)d 天日最高%(what)s%(how)s %(bound)s %(unit)s"),
    }
    return words[Statistic(one.statistic)]


def figure_of(one: Threshold, value: str) -> str:
    """Name a measured figure of a bound's: 3 小时雨量 62 mm."""
    words = {
        Statistic.VALUE: _("%(what)s %(value)s %(unit)s"),
        Statistic.SUM: _("%(span)s%(what)s %(value)s %(unit)s"),
        Statistic.MEAN: _("%(span)s平均%(what)s %(value)s %(unit)s"),
        Statistic.MAX: _("%(span)s内最高%(what)s %(value)s %(unit)s"),
        Statistic.MIN: _("%(span)s内最低%(what)s %(value)s %(unit)s"),
        Statistic.RISE: _("%(what)s%(span)s内上涨 %(value)s %(unit)s"),
        Statistic.FALL: _("%(what)s%(span)s内下降 %(value)s %(unit)s"),
        Statistic.MIN_FALL: _("日最低%(what)s%(span)s内下降 %(value)s %(unit)s"),
        Statistic.DAILY_MAX: _("连续 %(days)d 天日最高%(what)s都在 %(value)s %(unit)s 以上"),
        Statistic.COUNT: _("同时满足 %(value)s 组条件"),
    }
    said = words[Statistic(one.statistic)] % {
        "span": span_of(one.window_minutes or 0),
        "days": (one.window_minutes or 0) // MINUTES_A_DAY,
        "what": one.series.label,
        "value": value,
        "unit": one.series.unit,
    }
    return said.strip()


def span_of(minutes: int) -> str:
    """Minutes, hours or days, whichever comes out whole."""
    # Those who measure weather say 24 小时 and 48 小时, not days.
    if minutes > 2 * MINUTES_A_DAY and minutes % MINUTES_A_DAY == 0:
        return _("%(n)d 天") % {"n": minutes // MINUTES_A_DAY}
    if minutes and minutes % MINUTES_AN_HOUR == 0:
        return _("%(n)d 小时") % {"n": minutes // MINUTES_AN_HOUR}
    return _("%(n)d 分钟") % {"n": minutes}


def day_of(text: str) -> str:
    """A day of the year from MMDD: 6 月 1 日."""
    return _("%(month)d 月 %(day)d 日") % {"month": int(text[:2]), "day": int(text[2:])}


def _reaching(one: Threshold) -> str:
    return str(Comparison(one.comparison).label)


def _combined(one: Threshold, parts: Iterable[Threshold] | None) -> str:
    """A rule: its groups, and how many of them must hold at once."""
    groups: dict[str, list[str]] = {}
    rows = one.parts.filter(is_active=True) if parts is None else parts
    if parts is None:
        rows = rows.select_related("series__station").order_by("place")  # type: ignore[attr-defined]
    for part in rows:
        said = f"{part.series.station}{sentence_of(part)}"
        groups.setdefault(part.group or part.place, []).append(said)
    each = [_("或").join(some) for some in groups.values()]
    need, total = int(one.bound), len(each)
    if need >= total:
        return _("以下条件同时满足：%(each)s") % {"each": listed(each)}
    if need == 1:
        return _("以下条件满足任意一条：%(each)s") % {"each": listed(each)}
    return _("以下 %(total)d 组条件满足 %(need)d 组：%(each)s") % {
        "total": total,
        "need": need,
        "each": listed(each),
    }
