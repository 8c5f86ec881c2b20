"""What an action left in the journal."""

import json

from liandong.kernel.journal.models import Entry


def told(name):
    """What every entry of this name said, in order."""
    entries = Entry.objects.filter(name=name).select_related("payload").order_by("id")
    return [json.loads(entry.payload.text) for entry in entries]


def audience(name):
    return set(Entry.objects.filter(name=name).latest("id").audience)


def everything():
    """All text of the journal, to look for what must not be in it."""
    return "".join(entry.payload.text for entry in Entry.objects.select_related("payload"))
