"""The organization's entries in the top bar and the account menu."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from liandong.organization import queries
from liandong.organization.models import Account
from liandong.organization.permissions import Permission
from liandong.web.nav import entry
from liandong.web.requests import actor_of
from liandong.web.slots import panel

entry(_("值班台"), "organization:desk", order=10, key="gz")
entry(_("组织"), "organization:bodies", order=80)
entry(_("通讯录"), "organization:people", order=81, in_menu=True, icon="users")
entry(_("我的账号"), "organization:me", order=90, in_menu=True, icon="user-cog")
entry(
    _("账号管理"),
    "organization:accounts",
    Permission.READ_ACCOUNTS,
    order=91,
    in_menu=True,
    icon="user-shield",
)


@panel("web.account", order=10)
def chairs(request: HttpRequest, obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Offer the other chairs somebody may sign from; nothing to who holds one or none."""
    standing = getattr(request, "standing", None)
    held = list(standing.appointments) if isinstance(standing, queries.Standing) else []
    if not isinstance(obj, Account) or len(held) < 2:
        return None
    present = actor_of(request).post
    return "organization/_chairs.html", {
        "held": sorted(held, key=lambda one: (one.is_deputy, one.post.rank)),
        "present": present,
    }
