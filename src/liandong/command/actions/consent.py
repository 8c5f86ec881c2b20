"""Consent: asked of the post the plan names, given, or refused with a reason."""

from liandong.command.actions.claims import demand_reach, demand_realm, locked_incident
from liandong.command.actions.response import asked_of, signature, take_effect, text_of
from liandong.command.events import ConsentGiven, ConsentRefused
from liandong.command.models import Decision, Incident
from liandong.command.permissions import Permission
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_words
from liandong.command.rules.response import demand_consenting
from liandong.command.states import DECISION_MOVES, DecisionState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization


@action(Permission.DECIDE_RESPONSE)
def give_consent(
    actor: Actor, *, decision: Decision, expected_version: int, idempotency_key: str = ""
) -> Decision:
    """Consent to what was decided; if everyone has signed, it takes effect at once.

    Publishes ``ConsentGiven``, and ``ResponseDecided`` when nobody is awaited any more. Refuses
    anyone but the post whose consent the plan asks for, and what was settled meanwhile.
    Clause 二(二)2.
    """
    row, signer = _asked_for(actor, decision, DecisionState.MADE)
    needed = asked_of(decision)
    signed = {key for one in decision.signatures for key in one["keys"]}
    if needed.consent in signed:
        raise IllegalMove(
            _("您已经同意过。"), place=str(decision), remedy=_("请等其他岗位会签。")
        )
    mine = signature(signer, [needed.consent], clock.now(actor.realm))
    decision.change(expected_version=expected_version, signatures=[*decision.signatures, mine])
    fact = ConsentGiven(
        subject_id=str(decision.pk),
        incident_id=str(row.pk),
        text=text_of(decision),
        who=mine["who"],
    )
    happened(fact, incident=str(row.pk), audience=decision.audience, by=signer)
    if not needed.awaited(frozenset({*signed, needed.consent})):
        take_effect(signer, row, decision)
    return decision


@action(Permission.DECIDE_RESPONSE)
def refuse_consent(
    actor: Actor,
    *,
    decision: Decision,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Decision:
    """Refuse consent and say why; the decision does not take effect, and another may be made.

    Publishes ``ConsentRefused``. Refuses anyone but the post whose consent the plan asks for, no
    reason, and what was settled meanwhile. Clause 二(二)2.
    """
    row, signer = _asked_for(actor, decision, DecisionState.REFUSED)
    demand_words(reason, field="reason", what=_("不同意的理由"))
    decision.change(
        expected_version=expected_version,
        state=DecisionState.REFUSED,
        refused_by=signer.label[:120],
        refused_reason=reason.strip(),
    )
    fact = ConsentRefused(
        subject_id=str(decision.pk),
        incident_id=str(row.pk),
        text=text_of(decision),
        who=signer.label,
        reason=reason.strip(),
    )
    happened(fact, incident=str(row.pk), audience=decision.audience, by=signer)
    return decision


def _asked_for(actor: Actor, decision: Decision, then: DecisionState) -> tuple[Incident, Actor]:
    """The incident, held, and the actor in the chair whose consent is asked for."""
    demand_realm(actor, decision)
    row = locked_incident(actor, decision.incident)
    demand_reach(actor, Permission.DECIDE_RESPONSE, row)
    demand_open(row)
    DECISION_MOVES.check(decision.state, then)
    post = demand_consenting(actor, asked_of(decision).consent)
    return row, organization.seated_at(actor, [post])
