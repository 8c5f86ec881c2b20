"""Somebody looking at an incident, and how they want to see it."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest

from liandong.command.models import Incident
from liandong.kernel.actors import Actor
from liandong.web.requests import actor_of

VIEWS = ("list", "gantt", "units")
LONGEST_STATE = 20


@dataclass(frozen=True)
class Visit:
    """Who looks at what: which view of the orders, which state of them, decisions ``only``."""

    actor: Actor
    incident: Incident
    only: bool = False
    view: str = "list"
    state: str = ""

    @property
    def query(self) -> str:
        """What stands in the address for it, with its question mark; empty for what is usual."""
        return self.shown_as(view=self.view, state=self.state)

    def shown_as(self, **changes: str | bool) -> str:
        """The query of the same visit with something changed."""
        other = replace(self, **changes)  # type: ignore[arg-type]
        asked = {
            "view": "" if other.view == "list" else other.view,
            "state": other.state,
            "only": "decisions" if other.only else "",
        }
        text = urlencode({key: value for key, value in asked.items() if value})
        return f"?{text}" if text else ""


def visit_of(request: HttpRequest, incident: Incident) -> Visit:
    """Read from the address how the incident is looked at; what it does not know is the usual."""
    view = request.GET.get("view", "")
    return Visit(
        actor_of(request),
        incident,
        only=request.GET.get("only") == "decisions",
        view=view if view in VIEWS else "list",
        state=request.GET.get("state", "")[:LONGEST_STATE],
    )
