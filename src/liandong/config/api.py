"""The API: the apps' routers, one way to authenticate, one shape of error (RFC 9457, in Chinese)."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer

from liandong.command.api import router as signals
from liandong.config.api_auth import AUTH
from liandong.config.api_errors import explain, problem
from liandong.kernel.problems import Invalid, Problem
from liandong.kernel.wording import gettext as _
from liandong.messaging.api import router as messaging
from liandong.monitoring.api import router as monitoring


class ChineseJSON(JSONRenderer):
    """Writes Chinese as Chinese."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


api = NinjaAPI(
    title="联动",
    version="1",
    auth=AUTH,
    renderer=ChineseJSON(),
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/messaging", messaging)
api.add_router("/monitoring", monitoring)
api.add_router("/signals", signals)


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, trouble: Problem) -> HttpResponse:
    fields = trouble.fields if isinstance(trouble, Invalid) else {}
    return problem(
        trouble.status,
        trouble.title,
        code=trouble.code,
        place=trouble.place,
        remedy=trouble.remedy,
        fields=fields,
    )


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, trouble: ValidationError) -> HttpResponse:
    fields = dict(explain(error) for error in trouble.errors)
    return problem(
        422,
        _("请求内容有误。"),
        code="invalid",
        remedy=_("请按各处提示改正后重发。"),
        fields=fields,
    )


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, trouble: AuthenticationError) -> HttpResponse:
    return problem(
        401,
        _("没有登录，或令牌无效。"),
        code="unauthenticated",
        remedy=_("请带上有效的设备令牌或先登录。"),
    )


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, trouble: Http404) -> HttpResponse:
    return problem(404, _("没有这个对象，或无权查看。"), code="missing")


@api.exception_handler(HttpError)
def on_http(request: HttpRequest, trouble: HttpError) -> HttpResponse:
    titles = {400: _("请求体读不懂。"), 413: _("请求体太大。"), 415: _("不接受这种内容类型。")}
    return problem(
        trouble.status_code,
        titles.get(trouble.status_code, _("请求没有办成。")),
        code="bad-request",
        remedy=_("请核对内容的格式与编码(UTF-8)。"),
    )
