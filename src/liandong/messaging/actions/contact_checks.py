"""Test calls: whether a number works, and who answered."""

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions.contact_points import AUDIENCE, demand_edit, refuse_retired
from liandong.messaging.events import ContactPointChecked
from liandong.messaging.models import ContactCheck, ContactPoint
from liandong.messaging.permissions import Permission
from liandong.messaging.rules import owner_of
from liandong.messaging.states import CheckResult


@action(Permission.EDIT_CONTACT)
def check_contact_point(
    actor: Actor,
    *,
    contact_point: ContactPoint,
    result: str,
    answered_by: str = "",
    note: str = "",
    expected_version: int,
    idempotency_key: str = "",
) -> ContactPoint:
    """Put down what a test call, or a test mail, came to. Publishes ``ContactPointChecked``.

    One that is reached counts as verified from now on. One that is wrong is shown as such and
    not used, until somebody reaches it after all. Of one that was switched off or not answered
    nothing is known but that. Every test stays on record. Refuses a retired one, and no result.
    Clause 三(一)1.
    """
    owner = demand_edit(actor, owner_of(contact_point))
    refuse_retired(contact_point)
    if result not in CheckResult.values:
        raise Invalid(_("请选试拨结果。"), fields={"result": _("请选择")})
    now = clock.now(actor.realm)
    changes: dict[str, object] = {}
    if result == CheckResult.REACHED:
        changes = {"verified_at": now, "is_stale": False}
    elif result == CheckResult.WRONG:
        changes = {"is_stale": True}
    contact_point.change(expected_version=expected_version, **changes)
    check = ContactCheck.objects.create(
        contact_point=contact_point,
        result=result,
        answered_by=answered_by.strip()[:60],
        note=note.strip()[:200],
        at=now,
        by=actor.label[:200],
    )
    happened(
        ContactPointChecked(
            subject_id=str(contact_point.pk),
            owner=str(owner),
            channel=contact_point.channel,
            works=result == CheckResult.REACHED,
            result=result,
            answered_by=check.answered_by,
        ),
        audience=AUDIENCE,
    )
    return contact_point
