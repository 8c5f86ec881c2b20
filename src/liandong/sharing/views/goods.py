"""What the county calls goods that GB/T 38565 calls otherwise."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.sharing import actions
from liandong.sharing.forms.intake import DropGoodsNameForm, GoodsNameForm
from liandong.sharing.models import GoodsAlias
from liandong.sharing.permissions import Permission
from liandong.sharing.registers.goods import goods
from liandong.web import cells
from liandong.web.deeds import deed
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing


def goods_names(request: HttpRequest) -> HttpResponseBase:
    """The county's names for goods."""
    actor_of(request).demand(Permission.NAME_GOODS)
    table = Table(
        request,
        GoodsAlias.objects.all(),
        COLUMNS,
        [Filter(key="name", label=gettext_lazy("名称"), lookup="name__icontains")],
        order=("name", "id"),
        name="goods-names",
        link=lambda row: reverse("sharing:drop_goods_name", args=[row.pk]),
    )
    return listing(request, table, "sharing/goods_names.html", title=_("物资别名"))


def name_goods(request: HttpRequest) -> HttpResponse:
    """Say which goods a name means."""
    actor = actor_of(request)
    actor.demand(Permission.NAME_GOODS)
    home = reverse("sharing:goods_names")
    return deed(
        request,
        GoodsNameForm(request.POST or None),
        run=lambda data: actions.name_goods(actor, **data),
        to=home,
        context={"back": home},
    )


def drop_goods_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a name mean nothing again."""
    actor = actor_of(request)
    actor.demand(Permission.NAME_GOODS)
    alias = GoodsAlias.objects.filter(pk=pk).first()
    if alias is None:
        raise Missing(_("没有这个别名。"), remedy=_("请从物资别名的列表进入。"))
    home = reverse("sharing:goods_names")
    return deed(
        request,
        DropGoodsNameForm(
            request.POST or None, initial={"expected_version": str(alias.version)}
        ),
        run=lambda data: actions.drop_goods_name(actor, alias=alias, **data),
        to=home,
        context={
            "back": home,
            "note": f"{alias}（{alias.code} {goods().get(alias.code, '')}）",
        },
    )


COLUMNS: list[Column[GoodsAlias]] = [
    Column(
        key="name", label=gettext_lazy("清单上的名称"), value=lambda row: row.name, sort="name"
    ),
    Column(
        key="code",
        label=gettext_lazy("物资编码"),
        value=lambda row: row.code,
        sort="code",
        draw=cells.code,
    ),
    Column(
        key="meaning",
        label=gettext_lazy("标准名称"),
        value=lambda row: goods().get(row.code, ""),
    ),
]
