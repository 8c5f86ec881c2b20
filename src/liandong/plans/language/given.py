"""Facts given as a text: of each a value, or a value with when it was seen and who said so, or several of these."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches
from typing import Any, Final

from liandong.plans.language.facts import Dictionary, Fact, FactError, Known, Townships
from liandong.plans.language.grading import COUNTY
from liandong.plans.language.problems import Flaw, Path, PlanInvalidError
from liandong.plans.language.reach import AT, OVER, PLAN_LEVEL, fact_named
from liandong.plans.language.yaml_text import Tree, read_yaml

# What may stand beside the facts: the moment to grade for, and the county's townships.
MOMENT: Final = "at"
TOWNSHIPS: Final = "townships"
_PARTS: Final = ("value", "at", "source")


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a text says is known, of which townships, and for which moment."""

    facts: Mapping[str, Known]
    areas: Townships
    at: datetime | None


def read_given(text: str, facts: Dictionary) -> Given:
    """Read facts as YAML or JSON; every flaw is told at once, each with place, line and remedy.

    ``relocated: 300`` · ``relocated: {value: 300, at: 2026-07-14T12:00, source: 县应急局}`` · a list
    of these for what was known before, too · ``flooded_mu@hekou: 1200`` for one of ``townships``.
    A moment without a zone is the county's. Without ``at``, the last moment named counts.
    """
    tree = read_yaml(text)
    if not isinstance(tree.data, dict):
        flaw = Flaw(path=(), what="不是一份事实清单", remedy="每行写“事实代号: 值”")
        raise PlanInvalidError([flaw])
    return _Desk(tree, facts).read(tree.data)


@dataclass
class _Desk:
    """One text as it is read, with the flaws found so far."""

    tree: Tree
    facts: Dictionary
    areas: dict[str, str] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)

    def read(self, data: dict[str, Any]) -> Given:
        self.areas = self._townships(data.get(TOWNSHIPS, {}))
        at = self._moment(data[MOMENT], (MOMENT,)) if MOMENT in data else None
        found = {
            name: known
            for name, given in data.items()
            if name not in {MOMENT, TOWNSHIPS} and (known := self._fact(name, given))
        }
        if self.flaws:
            raise PlanInvalidError(self.flaws)
        seen = [one.at for known in found.values() for one in (known, *known.earlier) if one.at]
        return Given(facts=found, areas=self.areas, at=at or max(seen, default=None))

    def _flaw(self, path: Path, what: str, remedy: str) -> None:
        self.flaws.append(Flaw(path=path, what=what, remedy=remedy, line=self.tree.line(path)))

    def _townships(self, given: Any) -> dict[str, str]:
        if isinstance(given, dict) and all(isinstance(name, str) for name in given.values()):
            return given
        self._flaw((TOWNSHIPS,), "应为“代号: 名称”", "如 townships: {hekou: 河口镇}")
        return {}

    def _fact(self, name: str, given: Any) -> Known | None:
        fact = self._named(name)
        if fact is None:
            return None
        if not isinstance(given, list):
            return self._known(fact, given, (name,))
        told = [self._known(fact, one, (name, at)) for at, one in enumerate(given)]
        dated = [(one.at, at, one) for at, one in enumerate(told) if one and one.at]
        if not told or len(dated) < len(told):
            if None not in told:
                self._flaw(
                    (name,), "列了几个值，却没有都写时间", "每个值写成 {value: …, at: …}"
                )
            return None
        *earlier, last = (one for _, _, one in sorted(dated))
        return replace(last, earlier=tuple(earlier))

    def _named(self, name: str) -> Fact | None:
        fact = fact_named(name, self.facts, self.areas)
        area = name.partition(AT)[2]
        if fact is None or OVER in name:
            near = get_close_matches(name, self.facts, n=1)
            remedy = f"是否应为 {near[0]}" if near else "只写事实词典里有的代号"
            self._flaw((name,), f"事实词典里没有“{name}”", remedy)
            return None
        if area and area not in self.areas and not name.startswith(PLAN_LEVEL):
            self._flaw(
                (name,), f"没有说“{area}”是哪个乡镇", f"写上 townships: {{{area}: 名称}}"
            )
            return None
        return fact

    def _known(self, fact: Fact, given: Any, path: Path) -> Known | None:
        parts = given if isinstance(given, dict) else {"value": given}
        for extra in (key for key in parts if key not in _PARTS):
            self._flaw((*path, extra), f"没有“{extra}”这一项", "只写 value、at、source")
            return None
        if parts.get("value") is None:
            self._flaw(path, f"“{fact.label}”没有值", "还不知道就整行删去，不写即为未知")
            return None
        at = self._moment(parts["at"], (*path, "at")) if "at" in parts else None
        try:
            value = fact.read(parts["value"])
        except FactError as wrong:
            self._flaw(path, wrong.what, wrong.remedy)
            return None
        source = str(parts.get("source") or "")
        if fact.confirm and value is True and not source:
            remedy = "写成 {value: true, source: 姓名职务}"
            self._flaw(path, f"“{fact.label}”要写明由谁认定", remedy)
            return None
        return Known(value=value, at=at, source=source)

    def _moment(self, given: Any, path: Path) -> datetime | None:
        try:
            moment = datetime.fromisoformat(str(given))
        except ValueError:
            self._flaw(path, f"“{given}”不是时间", "写成 2026-07-14T12:00，不写时区即北京时间")
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=COUNTY)
