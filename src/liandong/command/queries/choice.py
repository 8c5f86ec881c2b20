"""Figures that several tell: which value a person settled on, and which still wait for one."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from liandong.command.models import FactChoice, Incident
from liandong.kernel.actors import Actor
from liandong.kernel.wording import listed
from liandong.plans import queries as plans
from liandong.plans.language import Fact, Known, base_name, dictionary, fact_named
from liandong.plans.models import FactValue

KIND = "command.incident"
# What is counted, and adds up over several incidents; what a gauge measures does neither.
COUNTED = frozenset({"人", "间", "户", "亩", "公顷", "万元"})
# Follows from the two it is made of.
DERIVED = "dead_missing"
PARTS = ("deaths", "missing")


def is_figure(fact: Fact) -> bool:
    """Whether tellers may differ about it in earnest: people, rooms, ground, money."""
    return fact.is_numeric and fact.unit in COUNTED


def choices_of(incidents: Collection[UUID], at: datetime | None = None) -> list[FactChoice]:
    """What was settled on last of each figure of some incidents. One query."""
    rows = FactChoice.objects.filter(incident__in=incidents)
    if at is not None:
        rows = rows.filter(chosen_at__lte=at)
    latest = ("incident", "name", "-chosen_at", "-id")
    return list(rows.order_by(*latest).distinct("incident", "name"))


def choice_of(incident: Incident, name: str) -> FactChoice | None:
    """What was settled on last of one figure."""
    rows = FactChoice.objects.filter(incident=incident, name=name)
    return rows.order_by("-chosen_at", "-id").first()


@plans.settles(KIND)
def settled_figures(
    subjects: Collection[str], at: datetime | None
) -> Mapping[str, Mapping[str, Known]]:
    """What counts of figures whose tellers differed, for whoever grades by them."""
    found: dict[str, dict[str, Known]] = {}
    named = {pk: text for text in subjects if (pk := _key(text))}
    for one in choices_of(named, at) if named else ():
        fact = dictionary().get(base_name(one.name))
        if fact is not None:
            known = Known(value=fact.read(one.value), at=one.said_at, source=one.source)
            found.setdefault(named[one.incident_id], {})[one.name] = known
    return found


def _key(text: str) -> UUID | None:
    """The incident a subject names; none where it is no key at all, as somebody may have typed."""
    try:
        return UUID(text)
    except ValueError:
        return None


def must_be_chosen(name: str, tellers: Iterable[FactValue], choice: FactChoice | None) -> bool:
    """Whether a person has to say what counts: tellers differ, or spoke otherwise since it was settled."""
    fact = dictionary().get(base_name(name))
    if fact is None or not is_figure(fact) or base_name(name) == DERIVED:
        return False
    told = [one for one in tellers if one.value is not None]
    if choice is None:
        return len({fact.read(one.value) for one in told}) > 1
    settled = fact.read(choice.value)
    return any(
        one.recorded_at > choice.chosen_at and fact.read(one.value) != settled for one in told
    )


def disputed_figures(actor: Actor, incidents: Collection[UUID]) -> set[tuple[UUID, str]]:
    """The incidents and figures, of some, that wait for somebody to settle on a value. Two queries."""
    told: dict[tuple[UUID, str], list[FactValue]] = {}
    for row in plans.last_words(actor, KIND, [str(pk) for pk in incidents]):
        told.setdefault((UUID(row.subject_id), row.name), []).append(row)
    chosen = {(one.incident_id, one.name): one for one in choices_of(incidents)}
    return {key for key, rows in told.items() if must_be_chosen(key[1], rows, chosen.get(key))}


def figures_named(names: Iterable[str]) -> str:
    """Some figures as people call them: 死亡、倒塌房屋."""
    areas = plans.townships()
    facts = (fact_named(name, dictionary(), areas) for name in sorted(names))
    return listed(fact.label for fact in facts if fact)
