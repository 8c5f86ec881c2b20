"""Facts learned, and what the plan suggests because of them."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from liandong.command.actions.claims import demand_reach, lend, locked_incident
from liandong.command.actions.turn import KIND, await_turn
from liandong.command.events import DeathsLowered, LevelProposed
from liandong.command.models import Incident, Proposal
from liandong.command.permissions import Permission
from liandong.command.queries.fact import said_before
from liandong.command.queries.response import active_response, last_proposal
from liandong.command.queries.special_period import periods_of
from liandong.command.rules.figure import DEATHS, fewer_deaths
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_words
from liandong.command.rules.response import suggest
from liandong.command.rules.special_period import known_by
from liandong.command.states import DecisionKind, ProposalState, ResponseLevel
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.plans import actions as plans_actions
from liandong.plans import queries as plans
from liandong.plans.language import Grading
from liandong.plans.models import PlanVersion
from liandong.plans.permissions import Permission as Plans


@action(Permission.RECORD_FACTS)
def record_incident_facts(
    actor: Actor,
    *,
    incident: Incident,
    facts: Mapping[str, Any],
    source: str,
    observed_at: datetime | None = None,
    confirmed_by: str = "",
    reason: str = "",
    idempotency_key: str = "",
) -> Incident:
    """Keep what is known of an incident, by which its plans are graded.

    Where somebody settled on a figure, that goes on counting: see ``choose_fact``. Publishes what
    plans publish, ``FactsRecorded``, and ``DeathsLowered``. Refuses facts the county's dictionary
    does not know, values they cannot have, fewer deaths than the same teller said before without
    a reason, and a closed incident. Clause 二(二)2.
    """
    demand_words(source, field="source", what=_("信息来源"))
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.RECORD_FACTS, row)
    demand_open(row)
    lowered = (
        fewer_deaths(said_before(row, source, DEATHS), facts[DEATHS])
        if DEATHS in facts
        else None
    )
    if lowered:
        demand_words(reason, field="reason", what=_("核减原因"))
    plans_actions.record_facts(
        lend(actor, Plans.RECORD_FACTS),
        subject_kind=KIND,
        subject_id=str(row.pk),
        facts=facts,
        source=source,
        observed_at=observed_at,
        confirmed_by=confirmed_by,
        audience=sorted(row.scopes),
        incident=str(row.pk),
    )
    if lowered:
        _tell_of_fewer(row, *lowered, source, reason.strip())
    return row


@action(Permission.PROPOSE_LEVEL)
def propose_level(
    actor: Actor, *, incident: Incident, plan_version: PlanVersion, idempotency_key: str = ""
) -> Incident:
    """Grade a plan against what is known, and lay what follows before those who decide.

    Publishes ``LevelProposed`` if the grading found anything new, and then takes the place of
    the proposal before. Decides nothing. Refuses a closed incident. Clause 二(二)2.
    """
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.PROPOSE_LEVEL, row)
    demand_open(row)
    now = clock.now(actor.realm)
    also = known_by(periods_of(row, now), row)
    grading = plans.grade_subject(
        plan_version, KIND, str(row.pk), now, realm=row.realm, also=also
    )
    await_turn(row, plan_version, now)
    response = active_response(row, plan_version.key)
    present = response.level if response else ""
    last = last_proposal(row, plan_version.key)
    print_ = fingerprint(grading)
    if last and last.fingerprint == print_:
        return row
    Proposal.objects.filter(
        incident=row, plan=plan_version.key, state=ProposalState.OPEN
    ).update(state=ProposalState.SUPERSEDED)
    suggestion = suggest(grading, present)
    if suggestion.kind is None:
        return row
    proposal = Proposal.objects.create(
        realm=actor.realm,
        audience=["duty"],
        incident=row,
        plan_version=plan_version,
        plan=plan_version.key,
        ordinal=last.ordinal + 1 if last else 1,
        kind=suggestion.kind,
        level=suggestion.level or "",
        at_least=grading.at_least or "",
        present=present,
        headline=_headline(suggestion.kind, suggestion.level or "", grading),
        grading=grading.as_data(),
        fingerprint=print_,
        made_at=now,
    )
    happened(_proposed(proposal, grading), incident=str(row.pk), audience=proposal.audience)
    return row


def _tell_of_fewer(
    incident: Incident, before: int, after: int, source: str, reason: str
) -> None:
    fact = DeathsLowered(
        subject_id=str(incident.pk),
        before=str(before),
        after=str(after),
        source=source,
        reason=reason,
    )
    happened(fact, incident=str(incident.pk), audience=incident.scopes)


def fingerprint(grading: Grading) -> str:
    """What people would decide by: verdicts, not figures. Alike, nothing is worth asking again."""
    verdicts = [
        (one.level, str(one.verdict), [(part.cite, str(part.verdict)) for part in one.clauses])
        for one in grading.levels
    ]
    parts: list[object] = [grading.at_least, grading.still_open, verdicts]
    if grading.ends:
        parts.append([(one.cite, str(one.verdict)) for one in grading.ends.clauses])
    said = json.dumps(parts, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _headline(kind: DecisionKind, level: str, grading: Grading) -> str:
    if kind == DecisionKind.MAINTAIN and not level:
        return (_("建议先核实：%(summary)s") % {"summary": grading.summary})[:300]
    if kind == DecisionKind.END and grading.ends:
        return (_("建议终止响应：%(summary)s") % {"summary": grading.ends.summary})[:300]
    named = {
        "kind": kind.label,
        "level": ResponseLevel(level).label if level else "",
        "summary": grading.summary,
    }
    return (_("建议%(kind)s%(level)s响应：%(summary)s") % named)[:300]


def _proposed(proposal: Proposal, grading: Grading) -> LevelProposed:
    return LevelProposed(
        subject_id=str(proposal.pk),
        incident_id=str(proposal.incident_id),
        plan=proposal.plan,
        ordinal=proposal.ordinal,
        kind=proposal.kind,
        level=proposal.level,
        at_least=proposal.at_least,
        present=proposal.present,
        headline=proposal.headline,
        open_facts="、".join(one.label for one in grading.questions),
    )
