"""底图: its bytes for every map, and the page where the system administrator loads one."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from liandong.kernel.basemaps.actions import load_basemap
from liandong.kernel.basemaps.models import Basemap
from liandong.kernel.basemaps.permissions import Permission
from liandong.kernel.basemaps.reading import in_use
from liandong.kernel.files import places
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of

PIECE = 1024 * 1024
RANGE = re.compile(r"bytes=(\d{1,15})?-(\d{1,15})?")
LAYERS = {
    "county": gettext_lazy("县界"),
    "township": gettext_lazy("乡镇"),
    "water": gettext_lazy("水面"),
    "river": gettext_lazy("河流"),
    "forest": gettext_lazy("林地"),
    "builtup": gettext_lazy("建成区"),
    "road": gettext_lazy("道路"),
    "contour": gettext_lazy("等高线"),
    "place": gettext_lazy("地名"),
    "outside": gettext_lazy("邻县名"),
    "other": gettext_lazy("其他"),
}


class BasemapForm(DeedForm):
    """A file, and the statement of what its coordinates are."""

    title = gettext_lazy("装入底图")
    verb = gettext_lazy("装入底图")
    busy = gettext_lazy("正在检查")
    done = gettext_lazy("底图已装入，各页地图随即改用")

    file = forms.FileField(
        label=gettext_lazy("底图文件"),
        widget=forms.ClearableFileInput({"accept": ".geojson,.json,.pmtiles"}),
        help_text=gettext_lazy(
            "GeoJSON（县界、乡镇、河流、道路、地名）或 PMTiles（瓦片），最大 500 MB"
        ),
    )
    datum = forms.ChoiceField(
        label=gettext_lazy("坐标系"),
        choices=[
            ("", gettext_lazy("请选择")),
            ("wgs84", gettext_lazy("WGS-84（北斗、GPS）")),
            ("cgcs2000", gettext_lazy("CGCS2000 经纬度（自然资源部门）")),
            ("gcj02", gettext_lazy("GCJ-02（高德、腾讯等网上地图）")),
            ("bd09", gettext_lazy("BD-09（百度地图）")),
        ],
    )

    def clean_datum(self) -> str:
        """A shifted datum is never taken in silence."""
        datum = str(self.cleaned_data["datum"])
        if datum in {"gcj02", "bd09"}:
            raise forms.ValidationError(
                _("这种坐标偏移三百到七百米，不能直接用。请先转换为 WGS-84。")
            )
        return datum


@login_required
def manage(request: HttpRequest) -> HttpResponse:
    """What is in use, and the form to load another."""
    actor = actor_of(request)
    actor.demand(Permission.LOAD_BASEMAP)
    form = BasemapForm(request.POST or None, request.FILES or None)

    def run(data: dict[str, Any]) -> Basemap:
        came = data["file"]
        return load_basemap(
            actor, name=came.name, content=came, idempotency_key=data["idempotency_key"]
        )

    maps = [(one, _counted(one)) for one in in_use()]
    return deed(
        request,
        form,
        run=run,
        to=reverse("web:basemap"),
        template="web/map/basemap.html",
        context={"maps": maps, "note": ""},
    )


@login_required
@require_safe
@gzip_page
def drawing(_request: HttpRequest, digest: str) -> HttpResponseBase:
    """The GeoJSON base map in use; its address names its digest, so browsers keep it."""
    row = _in_use("geojson", digest)
    response = FileResponse(_content(row), content_type="application/geo+json")
    return _kept(response, row)


@login_required
@require_safe
def tiles(request: HttpRequest, digest: str) -> HttpResponseBase:
    """The PMTiles base map in use, whole or by a single range of bytes (RFC 9110, section 14)."""
    row = _in_use("pmtiles", digest)
    size = row.file.size
    asked = request.headers.get("Range", "")
    response: HttpResponseBase
    # A condition that names another version, or several ranges, asks for the whole again.
    match = RANGE.fullmatch(asked.strip()) if request.method == "GET" else None
    if match and any(match.groups()) and _still(request, row):
        first, last = _span(match, size)
        if first > last:
            response = HttpResponse(status=416)
            response["Content-Range"] = f"bytes */{size}"
            return _kept(response, row)
        content = _content(row)
        response = StreamingHttpResponse(_pieces(content, first, last), status=206)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = str(last - first + 1)
        response["Content-Type"] = "application/vnd.pmtiles"
        return _kept(response, row)
    response = FileResponse(_content(row), content_type="application/vnd.pmtiles")
    return _kept(response, row)


def _span(match: re.Match[str], size: int) -> tuple[int, int]:
    """First and last byte; the first after the last where the range cannot be satisfied."""
    first, last = match.groups()
    if first is None:
        # A suffix: so many bytes from the end; none of them is not to be satisfied.
        return (max(0, size - int(last)), size - 1) if int(last) else (1, 0)
    start, end = int(first), min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return 1, 0
    return (start, end) if start < size else (1, 0)


def _still(request: HttpRequest, row: Basemap) -> bool:
    condition = request.headers.get("If-Range", "")
    return not condition or condition == f'"{row.file.digest}"'


def _pieces(content: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    left = last - first + 1
    with content:
        content.seek(first)
        while left and (piece := content.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def _in_use(kind: str, digest: str) -> Basemap:
    found = next((one for one in in_use() if one.kind == kind), None)
    if found is None or found.file.digest != digest:
        raise Missing(_("这份底图已经换过。"), remedy=_("请刷新页面。"))
    return found


def _content(row: Basemap) -> BinaryIO:
    try:
        return places.take(row.file.place)
    except FileNotFoundError as lost:
        raise Missing(
            _("底图“%(name)s”的内容不在存储里。") % {"name": row.file.name},
            remedy=_("请告诉系统管理员，从备份恢复 files 目录，或重新装入底图。"),
        ) from lost


def _kept(response: HttpResponseBase, row: Basemap) -> HttpResponseBase:
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["ETag"] = f'"{row.file.digest}"'
    response["X-Content-Type-Options"] = "nosniff"
    if row.kind == "pmtiles":
        response["Accept-Ranges"] = "bytes"
    return response


def _counted(row: Basemap) -> list[tuple[Any, int]]:
    return [(LAYERS.get(name, name), count) for name, count in row.counts.items()]
