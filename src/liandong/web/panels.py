"""The chrome's own entries in the account menu, and its line of the checklist: HTTPS."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liandong.kernel import certificates, clock
from liandong.kernel.basemaps.permissions import Permission as Basemaps
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Problem
from liandong.kernel.upkeep.permissions import Permission
from liandong.kernel.wording import gettext as words
from liandong.kernel.wording import listed
from liandong.web import nav
from liandong.web.requests import actor_of
from liandong.web.setup import DONE, MISSING, PARTLY, SLOT, Item, Link, shown
from liandong.web.slots import panel

nav.entry(_("一张图"), "web:map", order=25, key="gt")
nav.entry(
    _("底图"),
    "web:basemap",
    Basemaps.LOAD_BASEMAP,
    order=905,
    icon="map-2",
    in_menu=True,
)
nav.entry(
    _("流水"),
    "web:journal",
    Permission.READ_JOURNAL,
    order=900,
    icon="list-details",
    in_menu=True,
)
nav.entry(
    _("运行状况"),
    "web:operations",
    Permission.RETRY_DELIVERY,
    order=910,
    icon="heartbeat",
    in_menu=True,
)
nav.entry(
    _("组件"),
    "web:gallery",
    Permission.RETRY_DELIVERY,
    order=990,
    icon="layout-grid",
    in_menu=True,
)


@panel(SLOT, order=65)
def https_item(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]]:
    """HTTPS: whether these very pages come with a certificate, whose, and until when."""
    may = actor_of(request).may(Permission.RETRY_DELIVERY)
    if settings.SECURE:
        return shown(_secured(may=may))
    home = settings.LIANDONG_HOME
    ready = bool(home and certificates.is_there(home))
    how = (
        words("证书已在本机：重新启动 liandong serve 即启用（不带 --no-https）。")
        if ready
        else words(
            "在服务器上执行 liandong certificate make；县里有证书的，执行 liandong certificate use 证书文件 私钥文件。再重新启动 liandong serve。"
        )
    )
    return shown(
        Item(
            title="HTTPS",
            state=PARTLY if ready else MISSING,
            said=words("现在只提供 HTTP：手机不能通知、定位、录音，口令不加密"),
            lacks=(how,) if may else (),
            links=_by_system(may=may),
        )
    )


def _secured(*, may: bool) -> Item:
    """What is said of the certificate the node was started with."""
    found = _certificate()
    if found is None:
        return Item(
            title="HTTPS", state=DONE, said=words("已启用；本机读不到证书，请自行留意到期日")
        )
    left = (found.until - clock.real()) // timedelta(days=1)
    whose = words("本节点签发") if found.is_own else words("县里的证书")
    said = words("已启用：%(whose)s，用于 %(names)s，到 %(until)s，还有 %(left)s 天") % {
        "whose": whose,
        "names": listed(found.names),
        "until": f"{found.until:%Y-%m-%d}",
        "left": left,
    }
    late = found.until - clock.real() < certificates.RENEW_BEFORE
    remedy = (
        words("重新启动 liandong serve，会自动更换。")
        if found.is_own
        else words("请换发证书，执行 liandong certificate use，再重新启动 liandong serve。")
    )
    links = (Link(_("让手机和电脑信任本节点"), reverse("web:trust")),) if found.is_own else ()
    return Item(
        title="HTTPS",
        state=PARTLY if late else DONE,
        said=said,
        lacks=(remedy,) if late and may else (),
        links=(*links, *_by_system(may=may)) if late else links,
    )


def _certificate() -> certificates.Served | None:
    """The certificate in use, where this node knows its file and can read it."""
    if not settings.CERTIFICATE or not settings.LIANDONG_HOME:
        return None
    try:
        return certificates.read(Path(settings.CERTIFICATE), settings.LIANDONG_HOME)
    except (OSError, Problem):
        return None


def _by_system(*, may: bool) -> tuple[Link, ...]:
    """Who has to see to it; nothing to the one who is told how."""
    return () if may else (Link("", "", may=False, by=Role.SYSTEM_ADMIN.label),)
