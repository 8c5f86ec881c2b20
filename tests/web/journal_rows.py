"""Entries for the pages about the journal, made as every entry is: by an action, then chained."""

from liandong.kernel.actions import action, catalog, happened
from liandong.kernel.events import Event, event
from liandong.kernel.heartbeats import Heartbeat
from liandong.kernel.journal.models import Link
from liandong.kernel.journal.sequencing import sequence
from tests.people import allowed


@event("test.sample_noted", about="test.sample")
class SampleNoted(Event):
    """Somebody noted something, in a test."""

    text: str
    items: str = ""
    say = "记下：{text}"


@action("test:note:make")
def note_sample(
    actor, *, text, audience=("county",), incident="", told=None, idempotency_key=""
):
    """Note something. Publishes ``SampleNoted``; refuses nothing."""
    row, _ = Heartbeat.objects.get_or_create(
        part=text, defaults={"process": "x", "at": told or "2026-07-14T00:00Z"}
    )
    happened(
        SampleNoted(subject_id=row.part, text=text),
        incident=incident,
        audience=audience,
        told=told,
    )
    return row


catalog.pop("web.note_sample", None)  # of the tests, not of the node


def note(text, *, by=None, realm="actual", **more):
    note_sample(
        by or allowed("test:note:make", realm=realm, label="值班员甲"), text=text, **more
    )
    sequence(epoch=1)
    return Link.objects.last()
