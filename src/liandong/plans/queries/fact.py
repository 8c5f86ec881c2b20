"""What is known of a subject, and the levels it makes."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from liandong.kernel.actors import Actor
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.plans.language import (
    AT,
    NONE,
    PLAN_LEVEL,
    Grading,
    Known,
    LevelKey,
    Plan,
    Value,
    dictionary,
    fact_named,
    grade,
    next_turn,
    plans_named,
    rank,
    read_level,
    windows_of,
)
from liandong.plans.models import FactValue, PlanVersion, Run
from liandong.plans.queries.version import plan_of, versions_in_force
from liandong.plans.states import RunState, VersionState

# Of some subjects at a moment: the values that a person settled on where tellers differed.
Settled = Callable[[Collection[str], datetime | None], Mapping[str, Mapping[str, Known]]]
_settled: dict[str, Settled] = {}


def settles(subject_kind: str) -> Callable[[Settled], Settled]:
    """Ask this which values were settled on for subjects of a kind; they count, whatever is said later."""

    def register(fn: Settled) -> Settled:
        _settled[subject_kind] = fn
        return fn

    return register


def facts_of(
    subject_kind: str, subject_id: str, at: datetime | None = None, *, realm: str = ""
) -> dict[str, Known]:
    """What is known of a subject at a moment: of each fact what was settled on, else the value observed last."""
    subject = str(subject_id)
    return facts_of_each(subject_kind, [subject], at, realm=realm)[subject]


def facts_of_each(
    subject_kind: str,
    subject_ids: Collection[str],
    at: datetime | None = None,
    *,
    realm: str = "",
) -> dict[str, dict[str, Known]]:
    """What is known of each of several subjects. As many queries as for one."""
    rows = FactValue.objects.filter(subject_kind=subject_kind, subject_id__in=subject_ids)
    if realm:
        rows = rows.filter(realm=realm)
    if at is not None:
        rows = rows.filter(observed_at__lte=at)
    told: dict[str, list[FactValue]] = {subject: [] for subject in subject_ids}
    for row in rows.order_by("observed_at", "id"):
        told[row.subject_id].append(row)
    return as_settled(
        subject_kind, {subject: known_of(some) for subject, some in told.items()}, at
    )


def as_settled(
    subject_kind: str, known: dict[str, dict[str, Known]], at: datetime | None = None
) -> dict[str, dict[str, Known]]:
    """What was settled on in the place of what was said last; what was said stays behind it."""
    if subject_kind not in _settled:
        return known
    for subject, chosen in _settled[subject_kind](list(known), at).items():
        for name, one in chosen.items():
            last = known[subject].get(name)
            known[subject][name] = replace(one, earlier=last.earlier if last else ())
    return known


def last_words(
    actor: Actor, subject_kind: str, subject_ids: Collection[str]
) -> list[FactValue]:
    """What each teller said last of each fact of some subjects, as far as the actor may see it."""
    rows = FactValue.objects.filter(subject_kind=subject_kind, subject_id__in=subject_ids)
    by_teller = ("subject_id", "name", "source")
    return list(
        visible(rows, actor).order_by(*by_teller, "-observed_at", "-id").distinct(*by_teller)
    )


def telling_for(subject_kind: str, subject_id: str, pk: UUID) -> FactValue | None:
    """One thing that was said about a subject."""
    rows = FactValue.objects.filter(subject_kind=subject_kind, subject_id=str(subject_id))
    return rows.filter(pk=pk).first()


def known_of(rows: Iterable[FactValue]) -> dict[str, Known]:
    """What is known by rows that come in the order of what they saw."""
    told: dict[str, list[FactValue]] = {}
    for row in rows:
        told.setdefault(row.name, []).append(row)
    return {name: known for name, several in told.items() if (known := _known(name, several))}


def _known(name: str, told: list[FactValue]) -> Known | None:
    """The last of several values, unless it was taken back, with those it came after."""
    fact = fact_named(name, dictionary(), {})
    if fact is None or told[-1].value is None:
        return None
    *earlier, last = [
        Known(value=fact.read(row.value), at=row.observed_at, source=row.source)
        for row in told
        if row.value is not None
    ]
    return replace(last, earlier=tuple(earlier))


def facts_told(actor: Actor, subject_kind: str, subject_id: str) -> list[FactValue]:
    """Everything that was said about a subject and that the actor may see, the newest first."""
    rows = FactValue.objects.filter(subject_kind=subject_kind, subject_id=str(subject_id))
    return list(visible(rows, actor).order_by("-observed_at", "-id"))


def merged(*several: Mapping[str, Known]) -> dict[str, Known]:
    """Put facts from several sources together; of one fact the value observed last counts."""
    found: dict[str, Known] = {}
    for facts in several:
        for name, known in facts.items():
            before = found.get(name)
            if before is None or _later(known.at, before.at):
                found[name] = known
    return found


def _later(one: datetime | None, other: datetime | None) -> bool:
    return other is None or (one is not None and one >= other)


def grade_subject(
    version: PlanVersion,
    subject_kind: str,
    subject_id: str,
    at: datetime | None = None,
    *,
    realm: str = "",
    also: Mapping[str, Known] | None = None,
) -> Grading:
    """Grade a subject by a version; ``also`` adds facts known elsewhere, such as from gauges."""
    plan = plan_of(version)
    facts = merged(facts_of(subject_kind, subject_id, at, realm=realm), also or {})
    return grade(plan, facts | levels_of_plans(plan, realm), at=at, areas=townships())


def next_turn_of(
    version: PlanVersion, subject_kind: str, subject_id: str, at: datetime, *, realm: str
) -> datetime | None:
    """When a version may read otherwise of a subject although nobody says anything new."""
    plan = plan_of(version)
    if not plan.periods and not windows_of(plan):
        return None
    return next_turn(plan, facts_of(subject_kind, subject_id, at, realm=realm), at)


def levels_of_plans(plan: Plan, realm: str) -> dict[str, Known]:
    """At which level the other plans run that a plan looks at; of those the county has not, nothing."""
    looked_at = plans_named(plan)
    if not looked_at:
        return {}
    held = PlanVersion.objects.filter(key__in=looked_at, state=VersionState.IN_FORCE)
    levels: dict[str, LevelKey | None] = dict.fromkeys(held.values_list("key", flat=True))
    runs = Run.objects.filter(plan_version__key__in=looked_at, state=RunState.RUNNING)
    if realm:
        runs = runs.filter(realm=realm)
    for key, level in runs.values_list("plan_version__key", "level"):
        levels[key] = max(levels.get(key), read_level(level), key=rank)
    return {
        f"{PLAN_LEVEL}{AT}{key}": Known(value=level or NONE, source=_("预案执行"))
        for key, level in levels.items()
    }


def is_looked_at(key: str) -> bool:
    """Say whether a plan in force has a level that looks at the response level of this one."""
    return any(key in plans_named(plan_of(version)) for version in versions_in_force())


def townships() -> dict[str, str]:
    """The county's townships, by the key that facts of theirs name."""
    found = organization.bodies_by_kind(BodyKind.TOWNSHIP)
    return {body.key: body.short_name for body in found}


def scalar(value: Value) -> bool | int | str:
    """Give a fact's value as JSON keeps it: decimals as text."""
    return value if isinstance(value, bool | int | str) else format(value, "f")
