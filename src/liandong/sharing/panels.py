"""Where sharing shows itself on pages of others."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from liandong.kernel.wording import gettext as _
from liandong.sharing import queries
from liandong.sharing.models import Receipt
from liandong.sharing.permissions import Permission
from liandong.web import nav
from liandong.web.requests import actor_of
from liandong.web.slots import panel

nav.entry(
    pgettext_lazy("栏目", "信息共享"), "sharing:registers", order=50, icon="database", key="gx"
)


@panel("organization.desk.later", order=30)
def owed_for_records(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]] | None:
    """What the registers ask of the reader in quiet hours."""
    actor = actor_of(request)
    if not actor.may(Permission.CONFIRM_RECORD):
        return None
    said = {
        "stale": _("%(n)d 条登记逾期未核实"),
        "inspect": _("%(n)d 处风险源该检查了"),
        "mend": _("%(n)d 处问题还没有整改"),
        "expiring": _("%(n)d 条登记的保险、协议或期限快到了"),
    }
    found = [
        (said[key] % {"n": count}, f"{reverse('sharing:due')}?wants={key}")
        for key, count in queries.due_for(actor).items()
    ]
    found += [
        (_("报送：%(title)s") % {"title": one.round}, reverse("sharing:return", args=[one.pk]))
        for one in queries.returns_owed_by(actor)
    ]
    found += [
        (_("签收：%(title)s") % {"title": one.bulletin}, _bulletin(one))
        for one in queries.unsigned_by(actor)
    ]
    return ("sharing/_later.html", {"owed": found}) if found else None


@panel("sharing.records.actions")
def files_of_register(request: HttpRequest, register: Any) -> tuple[str, dict[str, Any]] | None:
    """A register taken in from a file, and taken away as one."""
    actor = actor_of(request)
    return "sharing/_files.html", {
        "kind": register.kind,
        "may_take": actor.may(Permission.TAKE_RECORDS),
        "may_name": register.kind == "equipment" and actor.may(Permission.NAME_GOODS),
    }


def _bulletin(one: Receipt) -> str:
    return reverse("sharing:bulletin", args=[one.bulletin_id])
