"""What a caller is asked, and how the answers become an incident, facts and a first report."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from liandong.command.rules.incident import NAMES, checked_position, family
from liandong.command.states import SignalChannel
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.web.times import full_moment

# Classes of GB/T 35561 a caller's words are put under, the county's plans first; the bare first
# two figures where the county has no plan that asks for more.
KINDS: dict[str, str | Promise] = {
    **NAMES,
    "11": gettext_lazy("其他自然灾害"),
    "12": gettext_lazy("事故灾难"),
    "13": gettext_lazy("公共卫生事件"),
    "14": gettext_lazy("社会安全事件"),
}
# What the plans grade by and a caller on the spot can tell, by the class of the emergency.
ASKED: dict[str, tuple[str, ...]] = {
    "11A": ("relocated", "collapsed_rooms"),
    "11C": ("relocated", "collapsed_rooms"),
    "11D": ("relocated", "collapsed_rooms"),
    "11G": ("burned_ha", "open_flame_out", "spreading"),
}
FIGURE_FACTS = {"dead": "deaths", "missing": "missing", "badly_injured": "serious_injuries"}
TREND = re.compile("蔓延|扩大|上涨|回落|减弱|加剧|加大|趋势|控制|稳定|变小|变大|继续")
REQUEST = re.compile("请求|请派|请调|需要|要求|急需|申请|支援")
CLAUSE = re.compile(r"[^，。；;！!？?\n]+")


@dataclass(frozen=True, kw_only=True)
class Told:
    """接报登记: what was told, as it was told. A figure nobody could tell is None, never 0.

    ``occurred`` keeps the caller's words about when, ``occurred_at`` what they come to. ``place``
    is where in words; ``lon`` and ``lat`` on the map in WGS-84, both or neither. ``asked`` are facts of the county's dictionary by name.
    ``on_behalf_of`` is the place cut off that it is entered for, ``read_back`` whether it was said
    back to the caller.
    """

    channel: SignalChannel = SignalChannel.PHONE
    caller: str
    number: str = ""
    received_at: datetime | None = None
    occurred: str = ""
    occurred_at: datetime | None = None
    hazard: str
    place: str
    lon: Decimal | None = None
    lat: Decimal | None = None
    what: str
    dead: int | None = None
    missing: int | None = None
    badly_injured: int | None = None
    villages: int | None = None
    measures: str = ""
    asked: Mapping[str, Any] = field(default_factory=dict)
    on_behalf_of: str = ""
    read_back: bool = False


def spot_of(told: Told) -> tuple[Decimal, Decimal] | None:
    """Where it is on the map; None where nobody has shown it. Refuses half a place, and abroad."""
    if told.lon is None and told.lat is None:
        return None
    if told.lon is None or told.lat is None:
        name = "lon" if told.lon is None else "lat"
        raise Invalid(
            _("只填了经度或纬度中的一个。"),
            place=_("事发位置"),
            remedy=_("请在地图上点选，或两个都填；说不准的都不填。"),
            fields={name: _("请填写")},
        )
    return checked_position(told.lon, told.lat)


def kind_name(hazard: str) -> str:
    """What such an emergency is called; the class itself where it has no name here."""
    return str(KINDS.get(family(hazard)[0]) or KINDS.get(hazard[:2]) or hazard)


def title_of(told: Told) -> str:
    """Name the incident by place and kind: 东岭乡鹰嘴岩东坡森林火灾."""
    place, kind = told.place.strip()[:60], kind_name(told.hazard)
    return place if place.endswith(kind) else f"{place}{kind}"


def source_of(told: Told) -> str:
    """Who said it: 东岭乡林业站值班员（电话 尾号 5518）."""
    how = str(SignalChannel(told.channel).label)
    whom = _("代%(place)s，") % {"place": told.on_behalf_of} if told.on_behalf_of else ""
    return f"{told.caller.strip()}（{whom}{how}{' ' + told.number if told.number else ''}）"


def facts_of(told: Told, known: Iterable[str]) -> dict[str, Any]:
    """The facts a call gives, of those the county's dictionary has."""
    names = set(known)
    facts = {
        fact: value
        for name, fact in FIGURE_FACTS.items()
        if (value := getattr(told, name)) is not None
    }
    if told.dead is not None and told.missing is not None:
        facts["dead_missing"] = told.dead + told.missing
    facts |= {name: value for name, value in told.asked.items() if value is not None}
    return {name: value for name, value in facts.items() if name in names}


def elements_of(told: Told, shown: Iterable[str] = ()) -> dict[str, str | None]:
    """The elements of a first report, in the caller's own words; None for what was not told.

    ``shown`` are the facts asked for, as sentences.
    """
    return {
        "time": _time(told),
        "place": told.place.strip() or None,
        "source": _source(told),
        "nature": kind_name(told.hazard),
        "extent": "；".join([told.what.strip(), *_threatened(told), *shown]) or None,
        "casualties": casualties(told.dead, told.missing, told.badly_injured),
        "trend": _clauses(told.what, TREND),
        "measures": _clauses(told.measures, REQUEST, wanted=False),
        "requests": _clauses(told.measures, REQUEST),
    }


def casualties(dead: int | None, missing: int | None, badly_injured: int | None) -> str | None:
    """死亡 0 人，失踪未问到，重伤 1 人; None while nobody could tell anything."""
    figures = {"死亡": dead, "失踪": missing, "重伤": badly_injured}
    if all(value is None for value in figures.values()):
        return None
    return "，".join(
        f"{name}未问到" if value is None else f"{name} {value} 人"
        for name, value in figures.items()
    )


def _time(told: Told) -> str | None:
    if told.occurred_at and told.occurred:
        return _("%(at)s（来电人说“%(words)s”）") % {
            "at": full_moment(told.occurred_at),
            "words": told.occurred,
        }
    if told.occurred:
        return _("来电人说“%(words)s”") % {"words": told.occurred}
    return full_moment(told.occurred_at) or None


def _source(told: Told) -> str:
    return _("%(source)s，%(at)s 接报") % {
        "source": source_of(told),
        "at": full_moment(told.received_at),
    }


def _threatened(told: Told) -> list[str]:
    if told.villages is None:
        return []
    return [_("受威胁村庄 %(n)d 个") % {"n": told.villages}]


def _clauses(text: str, words: re.Pattern[str], *, wanted: bool = True) -> str | None:
    """The clauses that have one of the words, or those that have none; as they were said."""
    found = [one.strip() for one in CLAUSE.findall(text) if bool(words.search(one)) == wanted]
    return "，".join(one for one in found if one) or None
