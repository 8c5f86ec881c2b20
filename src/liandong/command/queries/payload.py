"""What was said of rows that keep no names themselves, from the journal; nothing where it was destroyed."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from liandong.kernel.journal.models import Payload


def said_of(kind: str, name: str, rows: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """The payload of an event about each of several rows, the newest of each. One query."""
    wanted = [str(one) for one in rows]
    if not wanted:
        return {}
    found = Payload.objects.filter(
        entry__subject_kind=kind, entry__subject_id__in=wanted, entry__name=name
    )
    told = found.order_by("entry__at", "entry_id").values_list("entry__subject_id", "text")
    return {UUID(subject): json.loads(text) for subject, text in told}
