"""The page by which a spreadsheet comes in: a blank one to take, a file to choose, a look, a yes."""

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy

from liandong.documents.sheets import (
    PAGE,
    Draft,
    Finding,
    Layout,
    is_markable,
    marked_workbook,
    refuse_findings,
)
from liandong.kernel.actors import Actor
from liandong.kernel.files import places
from liandong.kernel.files.actions import store_file
from liandong.kernel.files.kinds import KINDS
from liandong.kernel.files.models import File
from liandong.kernel.files.reading import file_for
from liandong.kernel.problems import Invalid, Missing
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUBJECT = "web.sheet"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file that came: its name, its bytes, and their digest."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.name.rpartition(".")[0] or self.name


@dataclass(frozen=True, kw_only=True)
class Before:
    """That exactly this file came in before: what it did in words, and whether that still stands."""

    told: str
    is_standing: bool


@dataclass(frozen=True, kw_only=True)
class Taking:
    """One kind of spreadsheet: how it is read, what it would do, the action that does it, its pages.

    ``before`` is given the digest, and says in words what became of exactly this file before, and
    whether ``take`` wants an ``again`` for it.
    ``form`` is the upload; what its fields of ``asked`` say stands in the address of the check, for
    ``read`` to go by.
    ``read`` gives rows and findings, which ``plan`` is given after the actor. ``take`` is called with
    ``rows``, the fingerprint ``seen``, the file's ``name`` and ``digest``, and ``idempotency_key``.
    """

    title: str | Promise
    layout: Layout
    read: Callable[[bytes, str], tuple[Sequence[Any], Sequence[Finding]]]
    plan: Callable[[Actor, Sequence[Any], Sequence[Finding]], Draft]
    take: Callable[..., Model]
    home: str
    blank: str
    form: type["UploadForm"] | None = None
    asked: Sequence[str] = ()
    before: Callable[[str], "Before | None"] = lambda _digest: None


class UploadForm(DeedForm):
    """选择表格."""

    verb, busy = gettext_lazy("上传并核对"), gettext_lazy("正在核对")
    sheet = forms.FileField(
        label=gettext_lazy("填好的表格"),
        help_text=gettext_lazy(
            "Excel 工作簿(.xlsx)或 CSV，5 MB、2000 行以内。先核对，不会马上写入。"
        ),
        widget=forms.FileInput({"accept": f".xlsx,.csv,{SPREADSHEET}"}),
    )


class TakeForm(DeedForm):
    """确认导入."""

    verb, busy = gettext_lazy("确认导入"), gettext_lazy("正在导入")
    done = gettext_lazy("已导入。每一项都记入流水。")
    seen = forms.CharField(widget=forms.HiddenInput, max_length=32)


class TakeAgainForm(TakeForm):
    """再次导入."""

    again = forms.BooleanField(
        label=gettext_lazy("仍要再导入一次"),
        help_text=gettext_lazy("同样的内容不会登记两遍；之后改过的会改回表里的写法"),
        error_messages={"required": gettext_lazy("请先核对是不是选错了文件，再勾选这一项。")},
    )


def intake_page(request: HttpRequest, taking: Taking) -> HttpResponse:
    """Show the upload, or with ``?file=`` what that file would do; a POST there does it."""
    if "file" in request.GET:
        return _check(request, taking)
    form = (taking.form or UploadForm)(request.POST or None, request.FILES or None)
    return deed(
        request,
        form,
        run=lambda data: _kept(actor_of(request), data["sheet"], taking),
        to=lambda row: f"{request.path}?{_address(row, form, taking)}",
        template="web/intake.html",
        context={"taking": taking, "title": taking.title, "back": taking.home},
    )


def _address(row: Model, form: UploadForm, taking: Taking) -> str:
    said = {key: form.cleaned_data[key] for key in taking.asked}
    return urlencode({"file": row.pk, **{key: value for key, value in said.items() if value}})


def _kept(actor: Actor, upload: Any, taking: Taking) -> File:
    """Keep the file for its own sender, once it can be read at all."""
    if upload.size > PAGE.megabytes * 1024 * 1024:
        text = _("文件超过 %(most)d MB，请删去图片和多余的工作表，或分几次导入。") % {
            "most": PAGE.megabytes
        }
        raise Invalid(text, place=upload.name[-80:], fields={"sheet": text})
    sent = Sent(name=str(upload.name), content=upload.read())
    taking.read(sent.content, sent.name)
    stem, _dot, suffix = sent.name.rpartition(".")
    known = suffix.lower() in KINDS
    name = sent.name if known else f"{sent.name}.xlsx"
    if suffix.lower() == "json":
        name = f"{stem}.geojson"
    return store_file(
        actor,
        name=name,
        content=io.BytesIO(sent.content),
        audience=[f"account:{actor.account}"],
        subject_kind=SUBJECT,
        subject_id=actor.account,
    )


def _check(request: HttpRequest, taking: Taking) -> HttpResponse:
    """What the file would do; on POST, do it."""
    actor = actor_of(request)
    sent = _sent(actor, request.GET["file"])
    rows, findings = taking.read(sent.content, sent.name)
    before = taking.before(sent.digest)

    def plan() -> Draft:
        # As the action will word it: what was seen is compared with what it is about to do.
        with recorded():
            return taking.plan(actor, rows, findings)

    def take(data: dict[str, Any]) -> Model:
        refuse_findings(findings)
        return taking.take(actor, rows=rows, name=sent.name, digest=sent.digest, **data)

    # The action plans for itself: what is done needs no second plan to be shown beside it.
    shown: Any = SimpleLazyObject(plan)
    if "marked" in request.GET:
        marked = marked_workbook(sent.content, sent.name, taking.layout, shown.findings)
        return blank_response(_("%(name)s（已标出）") % {"name": sent.stem}, marked)
    form = TakeAgainForm if before and before.is_standing else TakeForm
    return deed(
        request,
        form(request.POST or None, initial={"seen": lambda: shown.fingerprint}),
        run=take,
        to=taking.home,
        template="web/intake_check.html",
        context={
            "taking": taking,
            "title": taking.title,
            "draft": shown,
            "before": before,
            "file_name": sent.name,
            "marked": f"{request.get_full_path()}&marked=1"
            if is_markable(sent.content, sent.name)
            else "",
            "back": request.path,
        },
    )


def _sent(actor: Actor, raw: str) -> Sent:
    try:
        row = file_for(actor, UUID(raw))
    except ValueError as wrong:
        raise Missing(_("没有这个文件。"), remedy=_("请重新上传。")) from wrong
    if row.subject_kind != SUBJECT:
        raise Missing(_("没有这个文件。"), remedy=_("请重新上传。"))
    with places.take(row.place) as kept:
        return Sent(name=row.name, content=kept.read())


def blank_response(name: str, content: bytes) -> HttpResponse:
    """Hand a workbook out under a Chinese name."""
    response = HttpResponse(content, content_type=SPREADSHEET)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response
