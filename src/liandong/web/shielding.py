"""One broken part must not take the page with it: it is reported, and its place says so."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.core.signals import got_request_exception
from django.http import HttpRequest

from liandong.kernel.problems import Forbidden, Missing

logger = logging.getLogger(__name__)

R = TypeVar("R")


class Broken:
    """Stands for the answer that could not be had."""


def shielded(request: HttpRequest, ask: Callable[[], R]) -> R | Broken | None:
    """Ask; None when the reader may not see the answer, ``Broken`` when asking failed.

    The failure is signaled as Django signals an error page, so error reports and the test
    client see it.
    """
    try:
        return ask()
    except (Forbidden, Missing):
        return None
    except Exception:
        logger.exception("a part of %s failed", request.path)
        got_request_exception.send(sender=shielded, request=request)
        return Broken()
