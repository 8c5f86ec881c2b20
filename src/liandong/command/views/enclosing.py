"""What comes with an order before it is given: papers, and a place pointed at on the map."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from liandong.command.models import Incident
from liandong.kernel.actors import Actor
from liandong.kernel.files.actions import store_file
from liandong.organization.models import Post

INCIDENT = "command.incident"
ASKED_FOR = {"to": "to_post", "place": "place", "lon": "lon", "lat": "lat", "text": "text"}


def asked_for(request: HttpRequest) -> dict[str, str]:
    """What the page that led here says already: to whom, where, in which words."""
    return {name: request.GET[key] for key, name in ASKED_FOR.items() if key in request.GET}


def enclosed(
    actor: Actor, incident: Incident, data: dict[str, Any], posts: Sequence[Post]
) -> list[str]:
    """Take the papers of a form in, seen by whoever gets the order; the same click brings the same files."""
    key, given = data.get("idempotency_key", ""), data.pop("papers", [])
    own = {f"post:{post.pk}" for post in posts} | {f"body:{post.body_id}" for post in posts}
    return [
        str(
            store_file(
                actor,
                name=one.name,
                content=one,
                audience=sorted({"duty", f"incident:{incident.pk}", *own}),
                subject_kind=INCIDENT,
                subject_id=str(incident.pk),
                incident=str(incident.pk),
                idempotency_key=f"{key}/{at}" if key else "",
            ).pk
        )
        for at, one in enumerate(given)
    ]
