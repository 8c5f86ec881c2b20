"""What evaluation shows on every page: the way into a drill, and out of it."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from liandong.evaluation import queries
from liandong.evaluation.permissions import Permission
from liandong.kernel.actors import ACTUAL
from liandong.web.nav import entry
from liandong.web.requests import actor_of
from liandong.web.slots import panel

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
    """To whoever is on its list: a drill goes on. Within it: which one, and the way back."""
    actor = actor_of(request)
    if actor.realm != ACTUAL:
        found = queries.drill_in(actor.realm)
        return ("evaluation/_inside.html", {"drill": found}) if found else None
    drills = queries.drills_to_enter(actor)
    return ("evaluation/_outside.html", {"drills": drills}) if drills else None
