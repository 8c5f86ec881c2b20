"""The check-up of plans as pages show it: what each rule found, everywhere it found it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_noop

from liandong.kernel.wording import gettext as _
from liandong.plans.language import Plan, level_label, load
from liandong.plans.language.linting import Finding, Gravity, Rule, check_up, rules
from liandong.plans.language.problems import Path
from liandong.plans.models import PlanVersion
from liandong.plans.queries.version import plan_of, versions_in_force

HEADINGS = {
    "ends_when": gettext_noop("终止条件"),
    "field_post": gettext_noop("现场指挥部"),
    "document": gettext_noop("文号"),
    "kind": gettext_noop("内容"),
    "hazard": gettext_noop("灾种"),
    "periods": gettext_noop("时段"),
}
ROLES = {
    "when": gettext_noop("启动条件"),
    "proposes": gettext_noop("建议"),
    "decides": gettext_noop("决定"),
    "consent": gettext_noop("须经同意"),
    "informs": gettext_noop("报告"),
    "ends": gettext_noop("终止"),
    "expected": gettext_noop("预计期限"),
    "source": gettext_noop("出处"),
}


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place in a plan: which plan, what it is called there, and its anchor on the plan's page."""

    plan: str
    title: str
    label: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One thing to mend, with every place that depends on it."""

    rule: Rule
    what: str
    about: str
    spots: tuple[Spot, ...]

    @property
    def is_grave(self) -> bool:
        return self.rule.gravity == Gravity.MUST


@dataclass(frozen=True, kw_only=True)
class Health:
    """How a plan in force stands."""

    version: PlanVersion
    must: int
    should: int
    tonight: int


@dataclass(frozen=True, kw_only=True)
class CheckUp:
    """The county's plans, what contradicts between them, and what breaks if it happened tonight."""

    plans: tuple[Health, ...]
    between: tuple[Trouble, ...]
    tonight: tuple[Trouble, ...]


def check_up_of(version: PlanVersion) -> tuple[list[Trouble], list[Trouble]]:
    """What is wrong with a plan's text and beside the others, and what would break tonight."""
    plan = plan_of(version)
    plans = [plan, *(plan_of(one) for one in versions_in_force() if one.key != version.key)]
    text = findings_of(version.text)
    return _troubles(text, plans), _troubles(check_up([plan], _living()), plans)


def findings_of(text: str) -> list[Finding]:
    """What the rules find in a sound text, by itself and beside the other plans in force."""
    plan = load(text)
    others = [plan_of(one) for one in versions_in_force() if one.key != plan.plan]
    beside = [one for one in check_up([plan, *others], _between()) if one.plan == plan.plan]
    return [*_of_text(text), *beside]


def county_check_up() -> CheckUp:
    """Every plan in force, in as many queries for ten plans as for one."""
    versions = list(versions_in_force())
    plans = [plan_of(one) for one in versions]
    between, living = check_up(plans, _between()), check_up(plans, _living())
    return CheckUp(
        plans=tuple(_health(one, between, living) for one in versions),
        between=tuple(_troubles(between, plans)),
        tonight=tuple(_troubles(living, plans)),
    )


def _health(version: PlanVersion, between: list[Finding], living: list[Finding]) -> Health:
    own = [*_of_text(version.text), *(one for one in between if one.plan == version.key)]
    must = sum(one.gravity == Gravity.MUST for one in own)
    tonight = {
        (one.code, one.about)
        for one in living
        if one.plan == version.key and one.gravity == Gravity.MUST
    }
    return Health(version=version, must=must, should=len(own) - must, tonight=len(tonight))


@lru_cache(maxsize=128)
def _of_text(text: str) -> tuple[Finding, ...]:
    alone = [one for one in rules() if one.reads is None and one.over == "plan"]
    return tuple(check_up([load(text)], alone))


def _between() -> list[Rule]:
    return [one for one in rules() if one.reads is None and one.over == "plans"]


def _living() -> list[Rule]:
    return [one for one in rules() if one.reads is not None]


def _troubles(findings: Iterable[Finding], plans: Sequence[Plan]) -> list[Trouble]:
    """Put what is one thing to mend into one, in the order found."""
    by_key = {plan.plan: plan for plan in plans}
    found: dict[tuple[str, str, str], list[Finding]] = {}
    for one in findings:
        found.setdefault((one.code, one.about, one.what), []).append(one)
    return [
        Trouble(
            rule=several[0].rule,
            what=what,
            about=about,
            spots=tuple(
                spot_of(by_key[one.plan], one.path) for one in several if one.plan in by_key
            ),
        )
        for (_code, about, what), several in found.items()
    ]


def spot_of(plan: Plan, path: Path) -> Spot:
    """Say a path of a plan as people call it, and where its page shows it."""
    label, anchor = _called(plan, path)
    return Spot(plan=plan.plan, title=plan.title, label=label, anchor=anchor)


def _called(plan: Plan, path: Path) -> tuple[str, str]:
    if len(path) < 2 or path[0] != "levels":
        return (_(HEADINGS.get(str(path[0]), "全文")) if path else _("全文")), ""
    level = next(each for key, each in plan.highest_first() if key == path[1])
    name = _(level_label(next(key for key in plan.levels if key == path[1])))
    if len(path) > 3 and path[2] == "steps" and isinstance(path[3], int):
        step = level.steps[path[3]]
        return f"{name} · {step.text}", f"step-{path[1]}-{step.id}"
    role = _(ROLES[str(path[2])]) if len(path) > 2 and path[2] in ROLES else ""
    which = f" {path[4] + 1}" if len(path) > 4 and isinstance(path[4], int) else ""
    return f"{name}{' · ' if role else ''}{role}{which}", f"level-{path[1]}"
