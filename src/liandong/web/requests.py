"""What a request carries besides Django's own: who acts, where the page stands, which node."""

from typing import cast

from django.http import HttpRequest

from liandong.kernel.actors import Actor
from liandong.kernel.divisions import Division, division
from liandong.kernel.identity import Node, this_node

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


def is_htmx(request: HttpRequest) -> bool:
    """Say whether htmx asks, and so wants a part of a page."""
    return request.headers.get("HX-Request") == "true"
