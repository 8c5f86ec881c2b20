"""Turns problems into pages, and stops addresses that no page can read."""

from collections.abc import Callable

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from liandong.kernel.problems import Problem, SignatureWanted
from liandong.kernel.wording import gettext as _
from liandong.web.errors import problem_page, unreadable
from liandong.web.problems import BadQuery
from liandong.web.signing import sign_page, signing_of

LONGEST = 4000


class LanguageMiddleware:
    """Speaks the language this browser was told to speak, or else the county's own.

    What a browser says it would like is not asked: a borrowed computer in another language must
    not turn a county's pages away from the people who work with them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen_language(request)
        with translation.override(language):
            vars(request).update(LANGUAGE_CODE=language)
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def chosen_language(request: HttpRequest) -> str:
    """The language in the cookie, if the node speaks it."""
    wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


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
        signing = signing_of(request)
        if signing and request.method == "POST" and isinstance(exception, SignatureWanted):
            return sign_page(request, signing, exception)
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
