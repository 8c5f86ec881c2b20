"""What is known of an incident, who said it and when, and what nobody has said yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from liandong.command.models import FactChoice, Incident
from liandong.command.queries.choice import KIND, choices_of, is_figure, must_be_chosen
from liandong.command.queries.response import visible_proposals
from liandong.kernel.actors import Actor, system_actor
from liandong.plans import queries as plans
from liandong.plans.language import Fact, dictionary, fact_named
from liandong.plans.models import FactValue


@dataclass(frozen=True)
class Said:
    """A value, who said it, when it was so and when it was written down."""

    pk: UUID
    value: str
    source: str
    observed_at: datetime
    recorded_at: datetime
    confirmed_by: str


@dataclass(frozen=True)
class FactTold:
    """A fact as it is known now, with what was said of it before.

    Of a figure ``tellers`` holds what each of several said last, and ``choice`` what a person
    settled on; ``waits`` says that a person has still to do so.
    """

    name: str
    label: str
    now: Said
    before: list[Said]
    tellers: list[Said] = field(default_factory=list)
    choice: FactChoice | None = None
    waits: bool = False


@dataclass(frozen=True)
class OpenFact:
    """A fact that would decide a level, and whom to ask."""

    name: str
    label: str
    ask: str
    question: str


def facts_told(actor: Actor, incident: Incident) -> list[FactTold]:
    """The facts of an incident that the actor may see: what waits for a choice, then the one changed last. Three queries."""
    several: dict[str, list[FactValue]] = {}
    areas = plans.townships()
    for row in plans.facts_told(actor, KIND, str(incident.pk)):
        several.setdefault(row.name, []).append(row)
    chosen = {one.name: one for one in choices_of([incident.pk])}
    found = [
        _told(fact, name, rows, chosen.get(name))
        for name, rows in several.items()
        if (fact := fact_named(name, dictionary(), areas))
    ]
    return sorted(found, key=lambda one: (one.waits, one.now.recorded_at), reverse=True)


def reported_figures(incident: Incident, names: Iterable[str]) -> dict[str, int | None]:
    """What is to be reported of some figures: settled on, or told alike; None where tellers differ or nobody said.

    Two queries.
    """
    known = plans.facts_of(KIND, str(incident.pk), realm=incident.realm)
    open_ = disputed(incident)
    return {
        name: int(str(known[name].value)) if name in known and name not in open_ else None
        for name in names
    }


def disputed(incident: Incident) -> dict[str, list[Said]]:
    """The figures that wait for somebody to settle on a value, with what each teller says."""
    reader = system_actor("node", "", incident.realm)
    told = facts_told(reader, incident)
    return {one.name: one.tellers for one in told if one.waits}


def said_before(incident: Incident, source: str, name: str) -> object:
    """What a teller said last of a fact of an incident, as it is kept; None where nothing."""
    reader = system_actor("node", "", incident.realm)
    rows = plans.last_words(reader, KIND, [str(incident.pk)])
    mine = (one.value for one in rows if one.source == source and one.name == name)
    return next(mine, None)


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


def _told(fact: Fact, name: str, rows: list[FactValue], choice: FactChoice | None) -> FactTold:
    """A fact of which rows tell, the newest first."""
    said = [_said(fact, row) for row in rows]
    told = FactTold(name, fact.label, said[0], said[1:], choice=choice)
    if not is_figure(fact):
        return told
    last: dict[str, FactValue] = {}
    for row in rows:
        last.setdefault(row.source, row)
    waits = must_be_chosen(name, last.values(), choice)
    tellers = [_said(fact, row) for row in last.values() if row.value is not None]
    if choice is not None:
        told = replace(told, now=_settled(fact, choice), before=said)
    return replace(told, tellers=tellers if len(tellers) > 1 or waits else [], waits=waits)


def _settled(fact: Fact, choice: FactChoice) -> Said:
    shown = fact.show(fact.read(choice.value))
    return Said(
        choice.pk,
        shown,
        choice.source,
        choice.said_at,
        choice.chosen_at,
        choice.chosen_by,
    )


def _said(fact: Fact, row: FactValue) -> Said:
    value = "—" if row.value is None else fact.show(fact.read(row.value))
    return Said(row.pk, value, row.source, row.observed_at, row.recorded_at, row.confirmed_by)
