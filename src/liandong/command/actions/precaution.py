"""What the law wants done while a warning is in force: proposed, decided by a person, ended with it."""

from collections.abc import Collection

from liandong.command.actions.claims import demand_reach, demand_realm, lend, locked_incident
from liandong.command.actions.step import begin_due_steps
from liandong.command.events import (
    PrecautionAdopted,
    PrecautionEnded,
    PrecautionPassedOver,
    PrecautionProposed,
)
from liandong.command.models import Incident, Precaution
from liandong.command.permissions import Permission
from liandong.command.queries.address import Address, name_of
from liandong.command.queries.precaution import adopted, proposed
from liandong.command.queries.step import progress_of
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_words
from liandong.command.rules.precaution import demand_chosen
from liandong.command.states import PRECAUTION_MOVES, PrecautionState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.plans import actions as plans_actions
from liandong.plans import queries as plans
from liandong.plans.language import read_level
from liandong.plans.models import PlanVersion, Run
from liandong.plans.permissions import Permission as Plans

KIND = "command.precaution"
WARNING = "monitoring.warning"


@action(Permission.PROPOSE_LEVEL)
def propose_precaution(
    actor: Actor,
    *,
    incident: Incident,
    plan_version: PlanVersion,
    warning: str,
    title: str,
    level: str,
    to: Address,
    idempotency_key: str = "",
) -> Incident:
    """Lay what the law wants for a warning before the office that may decide it (《突发事件应对法》第66、67条).

    Publishes ``PrecautionProposed`` and takes the place of what was proposed before. Does nothing
    where just that was proposed or adopted already. Decides nothing. Clause 二(一)2.
    """
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.PROPOSE_LEVEL, row)
    demand_open(row)
    before, running = proposed(row.realm, warning), adopted(row.realm, warning)
    last = before or running
    if last and last.level == level:
        return row
    if before:
        before.change(expected_version=before.version, state=PrecautionState.SUPERSEDED)
    precaution = Precaution.objects.create(
        realm=actor.realm,
        audience=["duty", f"post:{to.post.pk}"],
        incident=row,
        warning=warning,
        title=title[:120],
        level=level,
        plan_version=plan_version,
        to_post=to.post,
        proposed_at=clock.now(actor.realm),
    )
    send_message(
        system_actor("run", _("预案执行"), actor.realm, Messaging.SEND_MESSAGE),
        to_post=to.post,
        title=_("提请决定：%(precaution)s") % {"precaution": precaution},
        text=to.words(_("《突发事件应对法》第六十六条、第六十七条所列措施，请选定后执行。")),
        subject_kind=KIND,
        subject_id=str(precaution.pk),
        incident=str(row.pk),
        audience=["duty"],
        urgent=True,
        link=f"/command/precautions/{precaution.pk}/",
        idempotency_key=str(precaution.pk),
    )
    fact = PrecautionProposed(
        subject_id=str(precaution.pk),
        incident_id=str(row.pk),
        warning=warning,
        title=precaution.title,
        level=level,
        to=name_of(to.post),
    )
    happened(fact, incident=str(row.pk), audience=precaution.audience)
    return row


@action(Permission.DECIDE_RESPONSE)
def adopt_precaution(
    actor: Actor,
    *,
    precaution: Precaution,
    steps: Collection[str],
    expected_version: int,
    reason: str = "",
    idempotency_key: str = "",
) -> Precaution:
    """Decide which measures are taken while a warning is in force; their orders go out at once.

    The run is bound to the warning, its orders stand in the incident the warning opened. Publishes
    ``PrecautionAdopted``, ``RunStarted`` or ``RunLevelChanged``, ``OrderIssued``. Refuses none at
    all, measures that are not there, and what was decided meanwhile. Clause 二(一)2.
    """
    demand_realm(actor, precaution)
    row = locked_incident(actor, precaution.incident)
    demand_reach(actor, Permission.DECIDE_RESPONSE, row)
    demand_open(row)
    PRECAUTION_MOVES.check(precaution.state, PrecautionState.ADOPTED)
    offered = plans.plan_of(precaution.plan_version).steps_of(read_level(precaution.level))
    demand_chosen(steps, offered)
    run = _carried(actor, row, precaution)
    begun = progress_of([run])[run.pk].begun
    left = [one for one in plans.steps_of(run) if one.id not in {*steps, *begun}]
    for step in left:
        plans_actions.replan_run(
            lend(actor, Plans.REPLAN_RUN),
            run=run,
            reason=reason.strip() or _("决定时没有选这一项"),
            expected_version=run.version,
            drop=step.id,
        )
    precaution.change(
        expected_version=expected_version,
        state=PrecautionState.ADOPTED,
        run=run,
        decided_at=clock.now(actor.realm),
        decided_by=actor.label[:120],
        reason=reason.strip(),
    )
    fact = PrecautionAdopted(
        subject_id=str(precaution.pk),
        incident_id=str(row.pk),
        warning=precaution.warning,
        title=precaution.title,
        level=precaution.level,
        measures=len(set(steps)),
        left_out=len(left),
        reason=reason.strip(),
    )
    happened(fact, incident=str(row.pk), audience=row.scopes)
    begin_due_steps(actor, row, run)
    return precaution


@action(Permission.DECIDE_RESPONSE)
def pass_over_precaution(
    actor: Actor,
    *,
    precaution: Precaution,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Precaution:
    """Decide to take none of the measures. Publishes ``PrecautionPassedOver``.

    Refuses without a reason, and what was decided meanwhile. Clause 二(一)2.
    """
    demand_realm(actor, precaution)
    demand_reach(actor, Permission.DECIDE_RESPONSE, precaution.incident)
    demand_words(reason, field="reason", what=_("理由"))
    PRECAUTION_MOVES.check(precaution.state, PrecautionState.PASSED_OVER)
    precaution.change(
        expected_version=expected_version,
        state=PrecautionState.PASSED_OVER,
        decided_at=clock.now(actor.realm),
        decided_by=actor.label[:120],
        reason=reason.strip(),
    )
    fact = PrecautionPassedOver(
        subject_id=str(precaution.pk),
        incident_id=str(precaution.incident_id),
        warning=precaution.warning,
        title=precaution.title,
        reason=reason.strip(),
    )
    happened(fact, incident=str(precaution.incident_id), audience=precaution.audience)
    return precaution


@action(Permission.PROPOSE_LEVEL)
def end_precaution(
    actor: Actor, *, precaution: Precaution, idempotency_key: str = ""
) -> Precaution:
    """End what was proposed or taken for a warning that a person has lifted (《突发事件应对法》第70条).

    Publishes ``PrecautionEnded`` and ``RunEnded``. Orders under way stay: people recall them. Clause 二(一)2.
    """
    demand_realm(actor, precaution)
    locked_incident(actor, precaution.incident)
    precaution.refresh_from_db()
    PRECAUTION_MOVES.check(precaution.state, PrecautionState.ENDED)
    run = precaution.run
    if run is not None:
        plans_actions.end_run(lend(actor, Plans.END_RUN), run=run, expected_version=run.version)
    precaution.change(expected_version=precaution.version, state=PrecautionState.ENDED)
    fact = PrecautionEnded(
        subject_id=str(precaution.pk),
        incident_id=str(precaution.incident_id),
        warning=precaution.warning,
        title=precaution.title,
    )
    happened(fact, incident=str(precaution.incident_id), audience=precaution.audience)
    return precaution


def _carried(actor: Actor, incident: Incident, precaution: Precaution) -> Run:
    """The run of the warning: begun, or, where one goes on, taken to the new level."""
    before = adopted(precaution.realm, precaution.warning)
    if before is None or before.run is None:
        return plans_actions.start_run(
            lend(actor, Plans.START_RUN),
            version=precaution.plan_version,
            subject_kind=WARNING,
            subject_id=precaution.warning,
            incident=str(incident.pk),
            level=precaution.level,
            audience=sorted(incident.scopes),
        )
    before.change(expected_version=before.version, state=PrecautionState.SUPERSEDED)
    run = before.run
    if run.level != precaution.level:
        plans_actions.change_run_level(
            lend(actor, Plans.CHANGE_RUN_LEVEL),
            run=run,
            level=precaution.level,
            expected_version=run.version,
        )
    return run
