"""Who and what is where, and what is free."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from liandong.command.models import Assignment, Order
from liandong.command.states import AssignmentState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.sharing import queries as sharing
from liandong.sharing.models import Record
from liandong.sharing.states import RecordState


def visible_assignments(actor: Actor) -> QuerySet[Assignment]:
    """Every assignment the actor may see, who has it longest first."""
    rows = Assignment.objects.select_related("incident", "order__to_body")
    return visible(rows.order_by("incident", "owner", "name", "id"), actor)


def out_now(actor: Actor) -> list[Assignment]:
    """What is given out and not back, also what is promised for later; by incident."""
    return list(visible_assignments(actor).filter(state=AssignmentState.ASSIGNED))


def assignments_of(actor: Actor, order: Order) -> list[Assignment]:
    """What is with an order, or was."""
    return list(visible_assignments(actor).filter(order=order))


def assignment_for(actor: Actor, pk: UUID) -> Assignment:
    """Return one assignment; raises ``Missing``."""
    found = visible_assignments(actor).filter(pk=pk).first()
    if found is None:
        raise Missing(
            _("没有这条调派，或者您所在岗位看不到它。"), remedy=_("请从力量去向进入。")
        )
    return found


def free_records(
    actor: Actor, kinds: tuple[str, ...], at: datetime | None = None
) -> list[Record]:
    """The resources in the registers that nobody has at a moment; without one, all."""
    rows = sharing.visible_to(actor).filter(kind__in=kinds, state=RecordState.CURRENT)
    if at:
        taken = Assignment.objects.filter(
            realm=actor.realm,
            state=AssignmentState.ASSIGNED,
            record__isnull=False,
            during__contains=at,
        )
        rows = rows.exclude(pk__in=taken.values("record"))
    return list(rows.select_related("body").order_by("kind", "sort_key", "id"))
