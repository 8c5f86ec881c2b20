"""How papers speak of the facts of the dictionary, besides their labels."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Final

from liandong.plans.adapters.reading.numbers import plain
from liandong.plans.language import Fact, dictionary

CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "deaths": ("死亡", "人员死亡", "死亡人数", "因灾死亡", "遇难"),
    "dead_missing": ("死亡和失踪", "死亡失踪", "死亡或失踪", "死亡、失踪", "死亡(含失踪)人数"),
    "serious_injuries": ("重伤", "重伤人数", "人员重伤"),
    "relocated": ("紧急转移安置", "转移安置", "紧急转移安置人口", "需紧急转移安置"),
    "collapsed_rooms": ("倒塌房屋", "房屋倒塌"),
    "severe_rooms": ("严重损坏房屋", "房屋严重损坏"),
    "collapsed_severe_rooms": (
        "倒塌和严重损坏房屋",
        "倒塌或严重损坏房屋",
        "房屋倒塌和严重损坏",
        "倒塌、严重损坏房屋",
    ),
    "collapsed_severe_households": (
        "倒塌和严重损坏房屋",
        "倒塌或严重损坏房屋",
        "房屋倒塌和严重损坏",
    ),
    "direct_loss_wan_yuan": ("直接经济损失",),
    "potential_loss_wan_yuan": ("可能造成的经济损失", "潜在经济损失", "可能造成经济损失"),
    "burned_ha": ("过火面积", "森林过火面积"),
    "affected_forest_ha": ("受害森林面积", "森林受害面积"),
    "open_flame_hours": ("持续未扑灭明火", "未扑灭明火", "明火持续未扑灭", "明火未扑灭"),
    "uncontrolled_minutes": ("未得到有效控制", "仍未得到有效控制", "未能有效控制"),
    "dangerous_fires_at_once": (
        "同时发生危险性较大的森林火灾",
        "同时发生危险性较大火灾",
        "同时发生危险性较大的火灾",
    ),
    "threatened_people": ("受威胁", "受威胁人员", "威胁", "受地质灾害威胁"),
    "evacuated_people": ("紧急疏散", "疏散"),
    "earthquake_magnitude": ("震级", "地震"),
    "food_poisoned": ("食物中毒",),
    "occupational_poisoned": ("急性职业中毒",),
    "poisoned": ("中毒或重伤",),
    "injured_or_poisoned": ("重伤(含急性工业中毒)", "重伤或急性工业中毒"),
    "trapped_people": ("被困", "下落不明", "被困或下落不明"),
    "endangered_people": ("涉险", "涉险人数"),
    "rivers_entirely_above_warning": (
        "主要内河全线超过警戒水位",
        "主要内河全线超警戒水位",
    ),
    "drought_aid_percent": (
        "因旱需政府救助人数占农业人口",
        "因旱灾需政府救助人数占农业人口",
        "因旱需救助人数占农业人口",
    ),
    "drought30d_nowater": (
        "连续30天以上干旱造成饮用水枯竭",
        "连续30天以上干旱致饮用水枯竭",
        "连续干旱30天以上造成饮用水枯竭",
    ),
    "towns_without_power": ("乡镇全部停电",),
    "flooded_mu": ("洪涝面积", "农田洪涝面积"),
    "stations_above_warning": ("主要河道站超警戒水位", "主要站超警戒水位"),
    "stations_above_guarantee": ("主要河道站超保证水位", "主要站超保证水位"),
    "users_out_percent": ("停电用户比例",),
    "load_cut_percent": ("减供负荷", "减供负荷比例"),
    "stranded_people": ("滞留司乘人员", "滞留人员"),
}
# How long something has lasted is said without 以上: 持续 72 小时未扑灭明火.
LASTING: Final = frozenset({"open_flame_hours", "uncontrolled_minutes"})
FLAGS: Final[tuple[tuple[str, str, bool], ...]] = (
    (
        "superior_demands",
        r"(?:党?中央|国家|省|市|州|县|上级|、|和|或|及|委|党委|政府|人民政府|领导|机关|指挥部)+要求启动(?:的|应急响应|响应)?",
        True,
    ),
    (
        "government_decides",
        r"(?:县委、)?县(?:委|人民政府|政府)(?:认为需要启动|决定启动|决定)(?:应急响应|响应)?(?:的其他(?:情形|事项|情况))?",
        True,
    ),
    ("open_flame_out", r"(?:尚未|仍未|未)扑灭明火|明火(?:尚未|仍未|未)(?:被)?扑灭", False),
    ("open_flame_out", r"明火(?:已|已经|全部|已全部)扑灭", True),
    ("spreading", r"(?:火势)?(?:仍|仍在|继续|持续|正在)蔓延|火势蔓延", True),
    ("smoke_out", r"(?:达到)?(?:无火、?无烟|火场无烟)", True),
    (
        "trunk_river_above_warning",
        r"(?:长江|主要江河)?干流(?:水位)?超(?:过)?警戒(?:水位)?",
        True,
    ),
    ("county_seat_moderate_drought", r"县城(?:发生|出现|达到)?中度干旱", True),
    ("disaster_stable", r"灾情(?:已)?(?:趋于|基本)?稳定", True),
    ("people_settled", r"受灾群众(?:已)?得到妥善安置", True),
)
GRADES: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "rainstorm_signal",
        r"(?:发布)?暴雨(?P<is>蓝|黄|橙|红)色预警(?:信号)?(?:以上)?(?:生效)?",
        "at_least",
    ),
    (
        "flood_severity",
        r"(?:发生)?(?P<is>特别重大|重大|较大|一般)(?:水旱|洪涝|洪水|干旱)灾害",
        "equals",
    ),
    ("event_severity", r"(?:发生)?(?P<is>特别重大|重大|较大|一般)突发事件", "equals"),
    (
        "medium_reservoir_danger",
        r"(?:中型水库|大中型水闸|中型水库或大中型水闸|中型水库、大中型水闸)(?:发生|出现)?(?P<is>一般险情|较大险情|重大险情)",
        "at_least",
    ),
    (
        "small_reservoir_danger",
        r"小\(?(?:1|一)\)?型(?:或重要小\(?2\)?型)?水库(?:发生|出现)?(?P<is>一般险情|较大险情|重大险情)",
        "at_least",
    ),
    (
        "polder_danger",
        r"万亩(?:以上)?(?:圩口|圩堤)(?:发生|出现)?(?P<is>一般险情|较大险情|重大险情)",
        "at_least",
    ),
    (
        "levee_danger",
        r"(?:干流|长江|主要)堤防?(?:发生|出现)?(?P<is>一般险情|较大险情|重大险情)",
        "at_least",
    ),
)
# What one of a paper's units is in the dictionary's.
UNITS: Final[Mapping[tuple[str, str], Decimal]] = {
    ("名", "人"): Decimal(1),
    ("平方公里", "公顷"): Decimal(100),
    ("公顷", "亩"): Decimal(15),
    ("元", "万元"): Decimal("0.0001"),
    ("小时", "分钟"): Decimal(60),
    ("天", "小时"): Decimal(24),
    ("日", "小时"): Decimal(24),
    ("天", "分钟"): Decimal(1440),
    ("个", "站"): Decimal(1),
    ("处", "站"): Decimal(1),
}


@cache
def facts_called() -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """Every way to speak of a fact that is counted or graded, the longest first."""
    found: dict[str, list[Fact]] = {}
    for fact in dictionary().values():
        if fact.type == "boolean":
            continue
        for called in {plain(fact.label), *map(plain, CALLED.get(fact.name, ()))}:
            found.setdefault(called, []).append(fact)
    ordered = sorted(found.items(), key=lambda one: (-len(one[0]), one[0]))
    return tuple((called, tuple(facts)) for called, facts in ordered)


@cache
def flags_called() -> Mapping[str, tuple[str, bool]]:
    """Every yes-or-no fact by the words for yes and for no."""
    found: dict[str, tuple[str, bool]] = {}
    for fact in dictionary().values():
        if fact.type == "boolean":
            found[plain(fact.label)] = (fact.name, True)
            denied = fact.negation or f"并非“{fact.label}”"
            found[plain(denied)] = (fact.name, False)
    return found


@cache
def flag_patterns() -> tuple[tuple[str, re.Pattern[str], bool], ...]:
    return tuple((name, re.compile(words), value) for name, words, value in FLAGS)


@cache
def grade_patterns() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    return tuple((name, re.compile(words), how) for name, words, how in GRADES)


def converted(number: Decimal, unit: str, fact: Fact) -> Decimal | None:
    """The number in the fact's own unit; None where the two do not measure the same."""
    if unit == fact.unit or (not unit and fact.unit in {"", "级"}):
        return number
    size = UNITS.get((unit, fact.unit))
    if size is None and unit.endswith("元") and fact.unit == "万元":
        size = Decimal("0.0001")
    return None if size is None else number * size
