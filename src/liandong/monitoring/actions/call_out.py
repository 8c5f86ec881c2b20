"""Calling people out for a warning in force, and no longer once it is lifted."""

from collections.abc import Collection

from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.messaging.actions import start_call_out
from liandong.messaging.models import CallOut
from liandong.monitoring import queries
from liandong.monitoring.actions.warning_claims import claimed
from liandong.monitoring.models import Warning  # noqa: A004 -- the county's word for it
from liandong.monitoring.permissions import Permission
from liandong.monitoring.rules import demand_in_force


@action(Permission.CALL_OUT)
def call_out_warning(
    actor: Actor,
    *,
    warning: Warning,
    text: str = "",
    areas: Collection[str] | None = None,
    idempotency_key: str = "",
) -> CallOut:
    """Call whoever the call list names for a warning's hazard, level and townships.

    Publishes ``CallOutStarted``. Whoever has answered for the same chain at this level or a higher
    one is left in peace: a raised level calls everybody it concerns anew, a wider area only the new.
    Refuses a warning that is not in force, and what ``start_call_out`` refuses. Clause 二(一)2.
    """
    row = claimed(actor, warning)
    demand_in_force(row)
    body = str(row.issuing_body_id or "")
    actor.demand(Permission.CALL_OUT, body=body, hazard=row.hazard)
    codes, _unknown = queries.codes_of(row.areas)
    return start_call_out(
        actor,
        subject_kind="monitoring.warning",
        subject_id=str(row.pk),
        chain=str(row.chain),
        title=str(row),
        text=text.strip() or queries.spoken(row),
        hazard=row.hazard,
        urgency=queries.urgency_of(row.level),
        areas=list(codes if areas is None else areas),
        audience=[f"body:{body}"] if body else [],
        link=f"/monitoring/warnings/{row.pk}/",
        idempotency_key=f"{idempotency_key}/call-out" if idempotency_key else "",
    )
