"""What is known of an incident, who said it and when, and what nobody has said yet."""

from dataclasses import dataclass
from datetime import datetime

from liandong.command.models import Incident
from liandong.command.queries.response import visible_proposals
from liandong.kernel.actors import Actor
from liandong.plans import queries as plans
from liandong.plans.language import Fact, dictionary, fact_named
from liandong.plans.models import FactValue

KIND = "command.incident"


@dataclass(frozen=True)
class Said:
    """A value, who said it, when it was so and when it was written down."""

    value: str
    source: str
    observed_at: datetime
    recorded_at: datetime
    confirmed_by: str


@dataclass(frozen=True)
class FactTold:
    """A fact as it is known now, with what was said of it before."""

    name: str
    label: str
    now: Said
    before: list[Said]


@dataclass(frozen=True)
class OpenFact:
    """A fact that would decide a level, and whom to ask."""

    name: str
    label: str
    ask: str
    question: str


def facts_told(actor: Actor, incident: Incident) -> list[FactTold]:
    """The facts of an incident that the actor may see, the one changed last first. Two queries."""
    told: dict[str, FactTold] = {}
    areas = plans.townships()
    for row in plans.facts_told(actor, KIND, str(incident.pk)):
        fact = fact_named(row.name, dictionary(), areas)
        if fact and row.name in told:
            told[row.name].before.append(_said(fact, row))
        elif fact:
            told[row.name] = FactTold(row.name, fact.label, _said(fact, row), [])
    found = list(told.values())
    return sorted(found, key=lambda one: one.now.recorded_at, reverse=True)


def open_facts(actor: Actor, incident: Incident) -> list[OpenFact]:
    """What the last proposals would have asked, each fact once."""
    rows = visible_proposals(actor).filter(incident=incident)
    found: dict[str, OpenFact] = {}
    areas = plans.townships()
    for grading in (
        rows.order_by("plan", "-ordinal").distinct("plan").values_list("grading", flat=True)
    ):
        for one in grading.get("questions", []):
            fact = fact_named(one["fact"], dictionary(), areas)
            if fact:
                found[fact.name] = OpenFact(
                    fact.name, fact.label, fact.ask.split("、")[0], fact.question
                )
    return list(found.values())


def _said(fact: Fact, row: FactValue) -> Said:
    value = "—" if row.value is None else fact.show(fact.read(row.value))
    return Said(value, row.source, row.observed_at, row.recorded_at, row.confirmed_by)
