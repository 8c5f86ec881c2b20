"""Files over HTTP: download, upload at once, upload in pieces. Answers JSON, problems included."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liandong.kernel.actors import Actor
from liandong.kernel.files import places
from liandong.kernel.files.actions import DIRECT, store_file
from liandong.kernel.files.measuring import too_large
from liandong.kernel.files.models import File, Upload
from liandong.kernel.files.reading import file_for
from liandong.kernel.files.uploading import (
    PIECE,
    WrongOffsetError,
    begin_upload,
    finish_upload,
    receive_piece,
    upload_of,
)
from liandong.kernel.problems import Forbidden, Invalid, Missing, Problem
from liandong.kernel.wording import gettext as _

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
ENVELOPE = 64 * 1024  # what a form adds around its file


def telling(view: View[P]) -> View[P]:
    """Answer a problem as JSON: these addresses are called by scripts."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Problem as problem:
            return _problem(problem)

    return answer


@require_GET
@login_required
def download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file's bytes, as a file to keep and never as a page."""
    row = file_for(_actor(request), pk)
    try:
        content = places.take(row.place)
    except FileNotFoundError as lost:
        raise Missing(
            _("文件“%(name)s”的内容不在存储里。") % {"name": row.name},
            remedy=_("请告诉系统管理员，从备份恢复 files 目录。"),
        ) from lost
    response = FileResponse(
        content, as_attachment=True, filename=row.name, content_type=row.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{row.digest}"'
    return response


@require_POST
@login_required
@telling
def upload_whole(request: HttpRequest) -> HttpResponseBase:
    """Take a file in one form: ``file``, ``subject_kind``, ``subject_id``, ``incident``."""
    actor = _actor(request)
    if int(request.META.get("CONTENT_LENGTH") or 0) > DIRECT + ENVELOPE:
        raise too_large(_("文件"), DIRECT)
    came = request.FILES.get("file")
    if came is None:
        raise Invalid(
            _("没有收到文件。"),
            remedy=_("请选择文件后再传。"),
            fields={"file": _("请选择文件")},
        )
    file = store_file(
        actor,
        name=came.name or "",
        content=cast("Any", came),
        media_type=came.content_type or "",
        idempotency_key=request.POST.get("idempotency_key", "")[:200],
        **_belonging(actor, request),
    )
    return JsonResponse(_shown(file), status=201)


@require_POST
@login_required
@telling
def begin(request: HttpRequest) -> HttpResponseBase:
    """Open an upload in pieces: ``name`` and ``size``."""
    size = request.POST.get("size", "")
    if not (size.isascii() and size.isdecimal() and len(size) < 16):
        raise Invalid(_("没有写明文件长度。"), remedy=_("请在 size 里写字节数。"))
    row = begin_upload(_actor(request), name=request.POST.get("name", ""), size=int(size))
    return JsonResponse(_open(row), status=201)


@require_http_methods(["GET", "HEAD", "PATCH"])
@login_required
@telling
def piece(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Say how far an upload is, or take its next piece: ``Upload-Offset`` and bytes."""
    actor = _actor(request)
    if request.method != "PATCH":
        return JsonResponse(_open(upload_of(actor, pk)))
    offset = request.headers.get("Upload-Offset", "")
    if not (offset.isascii() and offset.isdecimal() and len(offset) < 16):
        raise Invalid(_("没有写明从哪里接着传。"), remedy=_("请在 Upload-Offset 里写字节数。"))
    data = request.read(PIECE + 1)
    return JsonResponse(_open(receive_piece(actor, pk=pk, offset=int(offset), data=data)))


@require_POST
@login_required
@telling
def finish(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Make the file of an upload that is whole."""
    actor = _actor(request)
    file = finish_upload(actor, pk=pk, **_belonging(actor, request))
    return JsonResponse(_shown(file), status=201)


def _belonging(actor: Actor, request: HttpRequest) -> dict[str, Any]:
    """What the file is about, and who will see it: never more than its sender may choose."""
    incident = request.POST.get("incident", "")
    audience = {"duty", *(f"{kind}:{pk}" for kind, pk in _places(actor) if pk)}
    if incident:
        scope = f"incident:{incident}"
        if not actor.scopes & {scope, "duty", "*"}:
            raise Forbidden(
                _("当前岗位不能向这个事件交文件。"), remedy=_("请从您参与的事件页面上传。")
            )
        audience.add(scope)
    return {
        "audience": sorted(audience),
        "subject_kind": request.POST.get("subject_kind", ""),
        "subject_id": request.POST.get("subject_id", ""),
        "incident": incident,
    }


def _places(actor: Actor) -> list[tuple[str, str]]:
    return [("post", actor.post), ("body", actor.body)]


def _actor(request: HttpRequest) -> Actor:
    return cast("Actor", vars(request)["actor"])


def _shown(file: File) -> dict[str, Any]:
    return {
        "id": str(file.pk),
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "digest": file.digest,
        "url": reverse("files:download", args=[file.pk]),
    }


def _open(row: Upload) -> dict[str, Any]:
    return {"id": str(row.pk), "offset": row.received, "size": row.size, "piece_size": PIECE}


def _problem(problem: Problem) -> JsonResponse:
    told: dict[str, Any] = {
        "title": problem.title,
        "status": problem.status,
        "code": problem.code,
        "place": problem.place,
        "remedy": problem.remedy,
    }
    if isinstance(problem, Invalid) and problem.fields:
        told["fields"] = problem.fields
    if isinstance(problem, WrongOffsetError):
        told["offset"] = problem.offset
    return JsonResponse(told, status=problem.status, content_type="application/problem+json")
