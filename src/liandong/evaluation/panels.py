"""What evaluation shows on every page: the way into a drill, and out of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from liandong.evaluation import queries
from liandong.evaluation.permissions import Permission
from liandong.kernel.actors import ACTUAL
from liandong.plans.queries import today
from liandong.web.nav import entry
from liandong.web.requests import actor_of
from liandong.web.slots import panel

MOST = 5

entry(
    _("演练"),
    "evaluation:drills",
    Permission.READ_DRILL,
    order=97,
    in_menu=True,
    icon="target",
)


@panel("web.bars", order=5)
def drill_bar(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]] | None:
    """To whoever is on its list: a drill goes on. Within it: which one, what is real and waits, the way back."""
    actor = actor_of(request)
    if actor.realm != ACTUAL:
        found = getattr(request, "drill", None) or queries.drill_in(actor.realm)
        waits = queries.real_for(actor)
        return "evaluation/_inside.html", {"drill": found, "waits": waits}
    drills = queries.drills_to_enter(actor)
    return ("evaluation/_outside.html", {"drills": drills}) if drills else None


def bar_part(request: HttpRequest) -> HttpResponse:
    """The bar again, when something real calls or the drill changed."""
    shown = drill_bar(request, None)
    return render(request, *shown) if shown else HttpResponse()


@panel("organization.desk.later", order=25)
def owed_after_drills(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]] | None:
    """What the reader's posts have to mend after drills, overdue in red."""
    actor = actor_of(request)
    if actor.realm != ACTUAL or not actor.may(Permission.FINISH_IMPROVEMENT):
        return None
    now = today()
    found = [(one, one.is_late(now)) for one in queries.improvements_owed(actor)[:MOST]]
    return ("evaluation/_later.html", {"improvements": found}) if found else None
