"""A drill's script from a spreadsheet, and as one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.evaluation import actions, queries
from liandong.evaluation.adapters.script_sheet import (
    blank_script,
    layout_of,
    read_script,
    script_workbook,
)
from liandong.evaluation.permissions import Permission
from liandong.evaluation.rules.drill import demand_author, seated
from liandong.kernel.wording import gettext as _
from liandong.web.intake import Taking, blank_response, intake_page
from liandong.web.requests import actor_of


def script_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a script in: look first, then do it."""
    actor = actor_of(request)
    actor.demand(Permission.WRITE_INJECT)
    found = queries.drill_for(actor, pk)
    demand_author(actor, found)
    return intake_page(
        request,
        Taking(
            title=gettext_lazy("导入演练脚本"),
            layout=layout_of(),
            read=read_script,
            plan=lambda _actor, *read: actions.plan_script(found, *read).draft,
            take=lambda who, **data: actions.take_script(
                seated(who, found), drill=found, **data
            ),
            home=f"{reverse('evaluation:drill', args=[found.pk])}#script",
            blank=reverse("evaluation:script_blank", args=[found.pk]),
        ),
    )


def script_blank(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the blank script."""
    actor = actor_of(request)
    actor.demand(Permission.WRITE_INJECT)
    demand_author(actor, queries.drill_for(actor, pk))
    return blank_response(_("演练脚本模板"), blank_script())


def script_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand the script out, to change it at leisure or for another drill."""
    actor = actor_of(request)
    actor.demand(Permission.WRITE_INJECT)
    found = queries.drill_for(actor, pk)
    demand_author(actor, found)
    name = _("%(drill)s脚本") % {"drill": found.name}
    return blank_response(name, script_workbook(queries.script_of(found)))
