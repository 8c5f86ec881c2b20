"""Leaders' instructions: the register, and one with what was ordered on it."""

from uuid import UUID

from django.db.models import QuerySet

from liandong.command.models import Instruction, Order
from liandong.command.queries.order import visible_orders
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _


def visible_instructions(actor: Actor) -> QuerySet[Instruction]:
    """The register: the newest first."""
    rows = Instruction.objects.select_related("incident")
    return visible(rows.order_by("-told_at", "-id"), actor)


def instruction_for(actor: Actor, pk: UUID | str) -> Instruction:
    """Return one instruction; raises ``Missing``."""
    found = visible_instructions(actor).filter(pk=pk).first()
    if found is None:
        raise Missing(
            _("没有这条批示，或者您所在岗位看不到它。"), remedy=_("请从批示登记进入。")
        )
    return found


def orders_on(actor: Actor, instruction: Instruction) -> list[Order]:
    """What was ordered on a leader's words."""
    return list(visible_orders(actor).filter(instruction=instruction))
