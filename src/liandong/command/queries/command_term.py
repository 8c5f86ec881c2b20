"""Who commands an incident, and who did before."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from liandong.command.models import CommandTerm, Incident
from liandong.command.states import CommandLevel
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _


def visible_command_terms(actor: Actor) -> QuerySet[CommandTerm]:
    """The terms an actor may see, the newest first."""
    rows = CommandTerm.objects.select_related("incident", "liaison__body")
    return visible(rows.order_by("-starts_at", "-id"), actor)


def command_term_for(actor: Actor, pk: UUID | str) -> CommandTerm:
    """Return one; raises ``Missing``."""
    try:
        found = visible_command_terms(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这次指挥权移交，或者您所在岗位看不到它。"), remedy=_("请从事件室进入。")
        )
    return found


def standing_term(incident: Incident) -> CommandTerm | None:
    """The term that lasts; none while the county commands as from the opening."""
    rows = CommandTerm.objects.filter(incident=incident, ended_at=None)
    return rows.select_related("liaison__body").first()


def command_words(term: CommandTerm | None) -> str:
    """Who commands, in words."""
    return str(term) if term else str(CommandLevel.COUNTY.label)
