"""Reading the words of orders that are kept ready."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from liandong.command.models import Incident, OrderPhrase
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _


def all_order_phrases() -> QuerySet[OrderPhrase]:
    """Every one that is offered."""
    rows = OrderPhrase.objects.filter(in_force=True).select_related("to_post__body")
    return rows.order_by("hazard", "text")


def order_phrases_for(incident: Incident, classes: Iterable[str]) -> QuerySet[OrderPhrase]:
    """What is offered in an incident: of its classes before what fits any. One query."""
    hazard = incident.hazard
    fits = Q(hazard="") | Q(hazard__in=[hazard[:end] for end in range(1, len(hazard) + 1)])
    for one in classes:
        fits |= Q(hazard__startswith=one)
    return all_order_phrases().filter(fits).order_by("-hazard", "text")


def order_phrase_with(pk: UUID | str) -> OrderPhrase:
    """Return one that is offered; raises ``Missing``."""
    found = all_order_phrases().filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这条常用指令，或者它已停用。"), remedy=_("请从常用指令进入。"))
    return found
