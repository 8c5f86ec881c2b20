"""Where plans show themselves on pages of others."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liandong.kernel.permissions import Role
from liandong.kernel.wording import gettext as words
from liandong.plans import queries
from liandong.plans.permissions import Permission
from liandong.web import nav
from liandong.web.requests import actor_of
from liandong.web.setup import SLOT, Item, Link, shown, state_of
from liandong.web.slots import panel

nav.entry(pgettext_lazy("栏目", "预案"), "plans:plans", order=60, icon="file-text")


@panel("organization.desk.later", order=20)
def owed_for_plans(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]] | None:
    """What plans ask of the reader in quiet hours, overdue in red."""
    found = queries.obligations(actor_of(request))
    return ("plans/_later.html", {"obligations": found}) if found else None


@panel(SLOT, order=70)
def plans_item(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]]:
    """Plans: which of the library's the county has taken."""
    held = {version.key for version in queries.versions_in_force()}
    shipped = queries.shipped_plans()
    lacks = [one.title.removeprefix("示例县") for one in shipped if one.key not in held]
    may = actor_of(request).may(Permission.ADOPT_VERSION)
    link = Link(
        _("从预案库采用"),
        reverse("plans:library"),
        may,
        Role.HEADQUARTERS_OFFICE.label,
        bool(lacks),
    )
    return shown(
        Item(
            title=_("预案"),
            state=state_of(
                len(held), max(len(held), 1) if not lacks else len(held) + len(lacks)
            ),
            said=words("现行 %(n)d 部") % {"n": len(held)},
            lacks=tuple(words("还没有%(title)s") % {"title": title} for title in lacks),
            links=(link,),
        )
    )
