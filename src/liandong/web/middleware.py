"""Turns problems into pages, and stops addresses that no page can read."""

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse

from liandong.kernel.problems import Problem
from liandong.kernel.wording import gettext as _
from liandong.web.errors import problem_page, unreadable
from liandong.web.problems import BadQuery

LONGEST = 4000


class ProblemMiddleware:
    """Shows every ``Problem`` a view raises as a page in Chinese with its own status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        trouble = unreadable_address(request)
        return problem_page(request, trouble) if trouble else self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if isinstance(exception, Problem):
            return problem_page(request, exception)
        if isinstance(exception, DataError):
            return unreadable(request, exception)
        return None


def unreadable_address(request: HttpRequest) -> BadQuery | None:
    """PostgreSQL keeps no NUL character, and no honest address is pages long."""
    query = request.META.get("QUERY_STRING", "")
    if "\0" in request.path or "%00" in query or "\0" in query:
        return BadQuery(_("地址里有不可见的空字符(NUL)。"), remedy=_("请删去后重新打开。"))
    if len(query) > LONGEST or len(request.path) > LONGEST:
        return BadQuery(_("地址过长。"), remedy=_("请减少筛选条件。"))
    return None
