"""Error pages: Chinese, with the chrome, saying what happened, where and what to do."""

import logging
from urllib.parse import urlsplit

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from liandong.kernel.problems import Forbidden, Missing, Problem
from liandong.kernel.wording import gettext as _
from liandong.web.problems import BadQuery, TooMany
from liandong.web.requests import is_htmx

logger = logging.getLogger(__name__)


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Show a problem as a page, or as a notice when htmx asked for a part."""
    name = "web/components/problem.html" if is_htmx(request) else "web/problem.html"
    around = {"problem": problem, "came_from": came_from(request)}
    return render(request, name, around, status=problem.status)


def came_from(request: HttpRequest) -> str:
    """The page of ours that led here, where the browser says so."""
    url = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()})
    return url if ours and urlsplit(url).path != request.path else ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return problem_page(
        request,
        BadQuery(
            _("这个请求读不懂。"),
            remedy=_("请返回上一页重新打开；如上传了文件，请检查文件是否过大。"),
        ),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return problem_page(
        request,
        Forbidden(
            _("当前岗位不能打开这一页。"), remedy=_("请换有权限的岗位，或请安全管理员授权。")
        ),
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return problem_page(
        request,
        Missing(
            _("没有这一页，或当前岗位看不到。"),
            place=request.path[:200],
            remedy=_("请核对地址，或从上方栏目进入。"),
        ),
    )


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: the account package holds back whoever tries to sign in too often from one address."""
    return problem_page(
        request,
        TooMany(
            _("短时间内请求太多，这一次没有办成。"),
            remedy=_("请等一分钟再试；同一单位多人同时登录时，请稍后再登录。"),
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without the database, which may be what is broken."""
    return HttpResponse(render_to_string("web/server_error.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is not this session's: mostly a page left open over a sign-in."""
    logger.info("csrf: %s", reason)
    return problem_page(
        request,
        Forbidden(
            _("这一页打开后登录已经变过，没有办成。"),
            remedy=_("填过的内容还在。请返回上一页，刷新后再办。"),
        ),
    )


def unreadable(request: HttpRequest, trouble: DataError) -> HttpResponse:
    """The database could not take a value from the address or form."""
    logger.warning("unreadable value at %s: %s", request.path, trouble)
    return problem_page(
        request, BadQuery(_("有一个数值超出范围。"), remedy=_("请核对填写的数字和地址后再试。"))
    )
