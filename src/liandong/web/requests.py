"""What a request carries besides Django's own: who acts, where the page stands, which node."""

from typing import cast

from django.http import HttpRequest

from liandong.kernel.actors import Actor
from liandong.kernel.divisions import Division, division
from liandong.kernel.identity import Node, this_node
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

LONGEST_KEY = 64
STRANGER = Actor(kind="person", scopes=frozenset({"public"}))


def actor_of(request: HttpRequest) -> Actor:
    """Who acts; a stranger who may nothing when nobody has signed in."""
    return cast("Actor", getattr(request, "actor", None) or STRANGER)


def position_of(request: HttpRequest) -> str:
    """Where the journal stood before this page's queries; empty when it was not asked."""
    return str(getattr(request, "position", "") or "")


def node_of(request: HttpRequest) -> Node | None:
    """The county whose pages these are; None before ``init``."""
    known = getattr(request, "node", None)
    return cast("Node", known) if known else this_node()


def place_of(request: HttpRequest) -> Division:
    """The names of the county whose pages these are; blanks before ``init``."""
    node = node_of(request)
    return division(node.division_code, node.name) if node else division("")


def key_of(request: HttpRequest) -> str:
    """The key under which a program may send the same thing again; empty where it gave none."""
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Invalid(
            _("Idempotency-Key 太长或含有不可见字符。"),
            place="Idempotency-Key",
            remedy=_("请用 64 个字符以内的字母、数字。"),
        )
    return key


def is_htmx(request: HttpRequest) -> bool:
    """Say whether htmx asks, and so wants a part of a page."""
    return request.headers.get("HX-Request") == "true"
