"""Saying that a spreadsheet was taken in; what it brought the actions for its rows say."""

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.organization import rules
from liandong.organization.events import SheetTaken
from liandong.organization.models import Intake
from liandong.organization.permissions import Permission
from liandong.organization.states import IntakeKind


@action(Permission.RECORD_INTAKE)
def record_intake(
    actor: Actor,
    *,
    kind: str,
    name: str,
    digest: str,
    new: int,
    changed: int,
    unchanged: int,
    idempotency_key: str = "",
) -> Intake:
    """Keep which file was taken in, by whom, and how much was new. Publishes ``SheetTaken``.

    Called within the action that takes the file in. Not for drills.
    """
    rules.demand_actual(actor)
    row = Intake.objects.create(
        kind=kind,
        name=name[:200],
        digest=digest,
        new=new,
        changed=changed,
        unchanged=unchanged,
        taken_at=clock.now(actor.realm),
        by=actor.label[:200],
    )
    happened(
        SheetTaken(
            subject_id=str(row.pk),
            kind=str(IntakeKind(kind).label),
            file_name=row.name,
            digest=digest,
            new=new,
            changed=changed,
            unchanged=unchanged,
        ),
        audience={"county"},
    )
    return row
