"""Files of records: taking them in, taking them back, handing them out."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from liandong.kernel.geo.systems import system_of
from liandong.kernel.problems import Invalid, Missing
from liandong.kernel.wording import gettext as _
from liandong.sharing import actions, queries
from liandong.sharing.adapters.layouts import layout_of
from liandong.sharing.adapters.reading import Given, read_register
from liandong.sharing.adapters.writing import blank_sheet, commas_of, workbook_of
from liandong.sharing.forms.intake import RegisterUploadForm, UndoForm
from liandong.sharing.models import Taking
from liandong.sharing.permissions import Permission
from liandong.sharing.registers import register_of
from liandong.sharing.states import RecordState
from liandong.web import intake
from liandong.web.deeds import deed
from liandong.web.requests import actor_of, place_of
from liandong.web.tables import Column, Table, listing

MOST_IN_WORKBOOK = 50_000


def take(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a sheet or a layer in: look first, then do it."""
    actor, register, place = actor_of(request), register_of(kind), place_of(request)
    actor.demand(Permission.TAKE_RECORDS)
    asked = request.GET if "file" in request.GET else request.POST
    system, named_by = asked.get("system", ""), asked.get("named_by", "")
    return intake.intake_page(
        request,
        intake.Taking(
            title=_("导入%(register)s") % {"register": register.title},
            layout=layout_of(register),
            read=lambda content, name: read_register(
                content, name, register, system_of(system), given=Given(named_by=named_by)
            ),
            plan=lambda actor, *read: actions.plan_sheet(actor, place, register, *read).draft,
            take=partial(actions.take_sheet, kind=kind, place=place),
            home=reverse("sharing:records", args=[kind]),
            blank=reverse("sharing:blank", args=[kind]),
            form=RegisterUploadForm,
            before=partial(_before, kind),
            asked=("system", "named_by"),
        ),
    )


def _before(kind: str, digest: str) -> intake.Before | None:
    """What exactly this file did when it came in before."""
    taking = queries.taken_before(kind, digest)
    if taking is None:
        return None
    told = _(
        "这份文件 %(at)s 由%(by)s导入过，一字不差：新增 %(new)d 条，变更 %(changed)d 条，"
        "不变 %(same)d 条，撤销 %(withdrawn)d 条（%(standing)s）。"
    ) % {
        "at": f"{localtime(taking.at):%Y-%m-%d %H:%M}",
        "by": taking.by,
        "new": taking.new,
        "changed": taking.changed,
        "same": taking.same,
        "withdrawn": queries.withdrawn_by(taking),
        "standing": _standing(taking),
    }
    return intake.Before(told=told, is_standing=not hasattr(taking, "undone_by"))


def blank(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out the blank sheet of a register."""
    actor_of(request).demand(Permission.TAKE_RECORDS)
    register = register_of(kind)
    return intake.blank_response(
        _("%(register)s模板") % {"register": register.title}, blank_sheet(register)
    )


def sheet(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Hand a register out as a sheet that reads back as the same: ``?as=csv`` as text, however long."""
    actor, register = actor_of(request), register_of(kind)
    rows = queries.visible_to(actor).filter(kind=kind, state=RecordState.CURRENT)
    rows = rows.order_by("sort_key", "id")
    if request.GET.get("as") == "csv":
        response = StreamingHttpResponse(
            commas_of(actor, register, rows), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
        return response
    if (count := rows.count()) > MOST_IN_WORKBOOK:
        raise Invalid(
            _("有 %(n)d 条登记，一个 Excel 文件最多导出 %(most)d 条。")
            % {"n": count, "most": MOST_IN_WORKBOOK},
            place=str(register.title),
            remedy=_("请导出 CSV，或请管理员用命令 liandong export 导出。"),
        )
    return intake.blank_response(str(register.title), workbook_of(actor, register, rows))


def takings(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Which files came into a register."""
    actor, register = actor_of(request), register_of(kind)
    actor.demand(Permission.TAKE_RECORDS)
    rows = Taking.objects.filter(kind=kind).select_related("undone_by")
    table = Table(
        request,
        rows,
        COLUMNS,
        order=("-at", "-id"),
        name=f"{kind}-takings",
        link=lambda row: reverse("sharing:undo", args=[row.pk]) if _may_undo(row) else "",
    )
    return listing(
        request,
        table,
        "sharing/takings.html",
        title=_("导入记录"),
        register=register,
        live="sharing.taking",
    )


def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a file back."""
    actor = actor_of(request)
    actor.demand(Permission.TAKE_RECORDS)
    taking = Taking.objects.filter(pk=pk).first()
    if taking is None:
        raise Missing(_("没有这次导入。"), remedy=_("请从导入记录进入。"))
    home = reverse("sharing:takings", args=[taking.kind])
    return deed(
        request,
        UndoForm(request.POST or None),
        run=lambda data: actions.undo_taking(actor, taking=taking, **data),
        to=home,
        context={"back": home, "note": f"{taking}（{_standing(taking)}）"},
    )


def _may_undo(row: Taking) -> bool:
    return row.undoes_id is None and not hasattr(row, "undone_by")


def _standing(row: Taking) -> str:
    if row.undoes_id:
        return _("撤回")
    return _("已撤回") if hasattr(row, "undone_by") else _("有效")


COLUMNS: list[Column[Taking]] = [
    Column(key="source", label=gettext_lazy("文件"), value=lambda row: row.source),
    Column(key="at", label=gettext_lazy("时间"), value=lambda row: row.at, sort="at"),
    Column(key="by", label=gettext_lazy("导入人"), value=lambda row: row.by),
    Column(key="new", label=gettext_lazy("新增"), value=lambda row: row.new, numeric=True),
    Column(
        key="changed", label=gettext_lazy("变更"), value=lambda row: row.changed, numeric=True
    ),
    Column(key="same", label=gettext_lazy("不变"), value=lambda row: row.same, numeric=True),
    Column(key="standing", label=gettext_lazy("情况"), value=_standing),
]
