"""Rules about the conditions of levels: gaps, overlaps, contradictions, each with a case that shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from liandong.plans.language.document import Plan
from liandong.plans.language.facts import Value, dictionary
from liandong.plans.language.levels import HIGHEST_FIRST, LevelKey, level_label, rank
from liandong.plans.language.linting.once import once_a_plan
from liandong.plans.language.linting.rule import Found, Gravity, rule
from liandong.plans.language.linting.scale import Scale, Way
from liandong.plans.language.problems import Path
from liandong.plans.language.wording import gettext_noop as _

HIGHER_WINS = "levels: {III: {when: {any: [{burned_ha: {at_least: 50}}]}}}"


@dataclass(frozen=True)
class _Drop:
    """Where a worse case falls into a lower level or into none, though a less bad one was higher."""

    path: Path
    fact: str
    before: str
    here: str
    was: int
    now: int
    goes_on: bool  # levels follow further on


@rule(
    "LD101",
    Gravity.MUST,
    _("级别之间有空档"),
    remedy=_("把相邻两级的上下限写成同一个数，或给更高一级补上这个事实的条件。"),
    bad="levels: {IV: {when: {any: [{burned_ha: {at_least: 10, below: 40}}]}}}",
    good="levels: {IV: {when: {any: [{burned_ha: {at_least: 10, below: 50}}]}}}",
)
def gaps(plan: Plan) -> Iterator[Found]:
    """Find a value between those of two levels, or above them all, that falls into none."""
    scale = scale_of(plan)
    for one in _drops(scale):
        if one.now == 0 and (one.goes_on or not scale.is_open_above(one.was)):
            what = f"{one.before}是{_label(one.was)}，{one.here}却不落入任何一级"
            yield Found(path=one.path, what=what)


@rule(
    "LD102",
    Gravity.MUST,
    _("情况更重，级别反而更低"),
    remedy=_("核对两级的数字是否写颠倒。"),
    bad="levels: {IV: {when: {any: [{burned_ha: {at_least: 50}}]}}, III: {when: {any: [{burned_ha: {at_least: 10, below: 50}}]}}}",
    good="levels: {IV: {when: {any: [{burned_ha: {at_least: 10, below: 50}}]}}, III: {when: {any: [{burned_ha: {at_least: 50}}]}}}",
)
def inversions(plan: Plan) -> Iterator[Found]:
    """Find a value at which the level falls though the fact grows worse."""
    scale = scale_of(plan)
    for one in _drops(scale):
        if one.now and not scale.is_open_above(one.was):
            what = f"{one.before}是{_label(one.was)}，{one.here}反而只是{_label(one.now)}"
            yield Found(path=one.path, what=what)


@rule(
    "LD103",
    Gravity.MUST,
    _("两级的范围重叠"),
    remedy=_("下一级的上限应等于上一级的下限；确要两级并存时，去掉下一级的上限。"),
    bad="levels: {IV: {when: {any: [{burned_ha: {at_least: 10, below: 80}}]}}}",
    good="levels: {IV: {when: {any: [{burned_ha: {at_least: 10, below: 50}}]}}}",
)
def overlaps(plan: Plan) -> Iterator[Found]:
    """Find a case inside the bounds of a level that falls into a higher one too."""
    for path, what, width in _overlaps(scale_of(plan)):
        if width > 1:
            yield Found(path=path, what=what)


@rule(
    "LD104",
    Gravity.SHOULD,
    _("恰在界线上时两级都成立"),
    remedy=_(
        "在“文件信息”里写明“以上”“以下”怎样读（bounds），或用“不超过”（at_most）、“超过”（above）写清哪一级含这个数。"
    ),
    bad="levels: {IV: {when: {any: [{burned_ha: {at_least: 10, at_most: 50}}]}}}",
    good="levels: {IV: {when: {any: [{burned_ha: {at_least: 10, below: 50}}]}}}",
)
def overlaps_at_a_bound(plan: Plan) -> Iterator[Found]:
    """Find a bound that is in both levels."""
    for path, what, width in _overlaps(scale_of(plan)):
        if width == 1:
            yield Found(path=path, what=what)


@rule(
    "LD105",
    Gravity.MUST,
    _("这一款从不起作用"),
    remedy=_("核对两级的数字；下一级的条件应当能先于上一级成立。"),
    bad="levels: {IV: {when: {any: [{burned_ha: {at_least: 60}}, {superior_demands: true}]}}}",
    good="levels: {IV: {when: {any: [{burned_ha: {at_least: 10}}, {superior_demands: true}]}}}",
)
def swallowed(plan: Plan) -> Iterator[Found]:
    """Find a clause which never holds without a higher level holding too."""
    scale = scale_of(plan)
    for path, ways in _by_clause(scale).items():
        higher = [_higher(scale, way) for way in ways]
        if ways and all(higher):
            level, above = ways[0].level, max((h for h in higher if h), key=rank)
            what = f"凡满足{level_label(level)}的这一款，必已达到{level_label(above)}"
            yield Found(path=path, what=what)


@rule(
    "LD106",
    Gravity.MUST,
    _("启动条件永远不能成立"),
    remedy=_("核对上下限是否写反，或互相矛盾的两项是否应改为“任一”。"),
    bad="levels: {IV: {when: {any: [{burned_ha: {at_least: 50, below: 10}}, {superior_demands: true}]}}}",
    good="levels: {IV: {when: {any: [{burned_ha: {at_least: 10, below: 50}}, {superior_demands: true}]}}}",
)
def never(plan: Plan) -> Iterator[Found]:
    """Find a clause that no case satisfies."""
    for path, ways in _by_clause(scale_of(plan)).items():
        if ways and all(not _can_hold(way) for way in ways):
            yield Found(path=path, what="没有任何情况能满足这一款")


@rule(
    "LD107",
    Gravity.MUST,
    _("启动条件总是成立"),
    remedy=_("补上下限；总成立的条件使这一级一直处于启动状态。"),
    bad="levels: {IV: {when: {any: [{burned_ha: {at_least: 0}}]}}}",
    good="levels: {IV: {when: {any: [{burned_ha: {at_least: 10}}]}}}",
)
def always(plan: Plan) -> Iterator[Found]:
    """Find a clause that every case satisfies."""
    scale = scale_of(plan)
    for way in scale.ways:
        everything = all(
            len(values) == len(scale.values[name]) for name, values in way.allowed.items()
        )
        if everything:
            yield Found(path=way.path, what="什么情况都满足这一款")


@rule(
    "LD108",
    Gravity.SHOULD,
    _("与本级另一款重复"),
    remedy=_("删去重复的一款，或核对数字。"),
    bad="levels: {IV: {when: {any: [{burned_ha: {at_least: 10}}, {burned_ha: {at_least: 20}}]}}, III: {when: {any: [{deaths: {at_least: 3}}]}}}",
    good="levels: {IV: {when: {any: [{burned_ha: {at_least: 10}}, {deaths: {at_least: 1}}]}}, III: {when: {any: [{deaths: {at_least: 3}}]}}}",
)
def repeated(plan: Plan) -> Iterator[Found]:
    """Find a clause that never holds without another of its level holding too."""
    scale = scale_of(plan)
    by_clause = _by_clause(scale)
    for path, ways in by_clause.items():
        others = [
            way
            for way in scale.ways
            if ways and way.level == ways[0].level and way.path != path
        ]
        counted = [way for way in ways if _can_hold(way) and scale.can_count(way)]
        if not counted or len(counted) < len(ways):
            continue
        if all(
            any(o.holds(case) for o in others) for way in ways for case in scale.cases_of(way)
        ):
            yield Found(path=path, what="凡满足这一款，必已满足本级的另一款")


@rule(
    "LD109",
    Gravity.SHOULD,
    _("级别不连续"),
    remedy=_("应急响应级别分一至四级；中间缺的一级应补上，或说明为何不设。"),
    basis="《突发事件应对法》第七十一条",
    bad="levels: {III: null, II: {source: {status: recorded, cite: 示例 Ⅱ级}, when: {any: [{burned_ha: {at_least: 50}}]}, proposes: fire-office.director, decides: {all_of: [fire-hq.commander]}, informs: [{post: city-emergency, within: PT30M}], expected: P3D, builds_on: IV}}",
    good="levels: {III: {expected: P3D}}",
)
def skipped(plan: Plan) -> Iterator[Found]:
    """Find a level that is missing between two that are there."""
    there = [key for key in HIGHEST_FIRST if key in plan.levels]
    for key in HIGHEST_FIRST:
        if key not in there and rank(there[-1]) < rank(key) < rank(there[0]):
            yield Found(
                path=("levels", there[-1]),
                what=f"有{level_label(there[0])}，缺{level_label(key)}",
            )


@once_a_plan
def scale_of(plan: Plan) -> Scale:
    """The plan's levels over its facts."""
    return Scale(plan, dictionary())


def _label(height: int) -> str:
    return level_label(HIGHEST_FIRST[len(HIGHEST_FIRST) - height])


def _by_clause(scale: Scale) -> dict[Path, list[Way]]:
    found: dict[Path, list[Way]] = {}
    for way in scale.ways:
        found.setdefault(way.path, []).append(way)
    return found


def _can_hold(way: Way) -> bool:
    return all(way.allowed.values())


def _higher(scale: Scale, way: Way) -> LevelKey | None:
    """The higher level that holds in every case of a way; None where there is one without."""
    if not _can_hold(way) or not scale.can_count(way):
        return None
    above: LevelKey | None = None
    for case in scale.cases_of(way):
        higher = [level for level in scale.levels(case) if rank(level) > rank(way.level)]
        if not higher:
            return None
        above = min(higher, key=rank)
    return above


def _drops(scale: Scale) -> Iterator[_Drop]:
    """Walk along each numeric fact, alone and beside what stands with it in a clause."""
    told: set[tuple[str, Path]] = set()
    for name, fact in scale.facts.items():
        beside: list[Way | None] = [
            None,
            *(w for w in scale.ways if name in w.allowed and len(w.allowed) > 1),
        ]
        for way in beside if fact.is_numeric else ():
            drop = _drop(scale, name, way)
            if drop and (name, drop.path) not in told:
                told.add((name, drop.path))
                yield drop


def _drop(scale: Scale, name: str, beside: Way | None) -> _Drop | None:
    if beside and not _can_hold(beside):
        return None
    given = (
        {n: values[0] for n, values in beside.allowed.items() if n != name} if beside else {}
    )
    cases = [scale.case(**{**given, name: value}) for value in scale.values[name]]
    heights = [scale.height(case) for case in cases]
    if heights[0] > heights[-1]:  # the less the worse, as of water in a drought
        cases, heights = cases[::-1], heights[::-1]
    shown = [*given, name]
    for at in range(1, len(cases)):
        if heights[at] < heights[at - 1]:
            before = next(
                way
                for way in scale.ways
                if rank(way.level) == heights[at - 1] and way.holds(cases[at - 1])
            )
            return _Drop(
                path=before.path,
                fact=name,
                before=scale.said(cases[at - 1], *shown),
                here=scale.said(cases[at], *shown),
                was=heights[at - 1],
                now=heights[at],
                goes_on=any(heights[at + 1 :]),
            )
    return None


def _overlaps(scale: Scale) -> Iterator[tuple[Path, str, int]]:
    """Cases within a clause that ends where the next level begins, and that are in a higher one too."""
    for way in scale.ways:
        for name in way.allowed:
            if not scale.facts[name].is_numeric or not _can_hold(way) or _higher(scale, way):
                continue
            given = {n: values[0] for n, values in way.allowed.items() if n != name}
            inside = way.allowed[name]
            if not _is_bounded(inside, scale.values[name]):
                continue
            both = [v for v in inside if _level_by(scale, way, name, v, given)]
            if both:
                above = _level_by(scale, way, name, both[0], given)
                case = scale.case(**{**given, name: both[0]})
                exactly = "恰为界线：" if len(both) == 1 else ""
                what = f"{exactly}{scale.said(case, *given, name)}时，{level_label(way.level)}与{above}都成立"
                yield way.path, what, len(both)


def _is_bounded(inside: tuple[Value, ...], every: list[Value]) -> bool:
    """Whether values end before the fact does on both sides: somebody meant a range."""
    return inside[0] != every[0] and inside[-1] != every[-1]


def _level_by(scale: Scale, way: Way, name: str, value: Value, given: dict[str, Value]) -> str:
    """The higher level that holds because of this value; empty where none does."""
    case = scale.case(**{**given, name: value})
    calm = scale.case(**given)
    for key in HIGHEST_FIRST:
        by_this = any(
            other.level == key
            and name in other.allowed
            and other.holds(case)
            and not other.holds(calm)
            for other in scale.ways
        )
        if by_this and rank(key) > rank(way.level):
            return level_label(key)
    return ""
