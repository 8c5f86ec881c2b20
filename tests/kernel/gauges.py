"""An event, a handler and two actions that only tests know."""

from liandong.kernel.actions import action, happened
from liandong.kernel.events import Event, NotYetError, event, on
from liandong.kernel.realms import Realm

MOVE = "test:gauge:move"


@event("test.gauge_moved", about="test.gauge")
class GaugeMoved(Event):
    """A gauge shows another level."""

    level: int
    say = "水尺读数 {level}"


heard: list[tuple[str, int]] = []
deaf: set[str] = set()
away: set[str] = set()


@on(GaugeMoved)
def listen(fact, cause):
    if fact.subject_id in deaf:
        raise RuntimeError("nobody listens")
    if fact.subject_id in away:
        raise NotYetError("nobody at home")
    heard.append((fact.subject_id, fact.level))


@action(MOVE)
def move(actor, *, gauges, audience=("county",), incident="", idempotency_key=""):
    """Move some gauges, which publishes ``GaugeMoved`` for each."""
    for gauge, level in gauges:
        happened(
            GaugeMoved(subject_id=gauge, level=level), audience=audience, incident=incident
        )
    row, _made = Realm.objects.get_or_create(
        name=f"made-by-{idempotency_key or 'nobody'}"[:64],
        defaults={"real_at": "2026-01-01T00:00Z", "told_at": "2026-01-01T00:00Z"},
    )
    return row


@action(MOVE)
def move_as(actor, *, other, fail=False, idempotency_key=""):
    """Move one gauge oneself and one as somebody else, perhaps failing at the end."""
    first = move(actor, gauges=[("一", 1)])
    move(other, gauges=[("二", 2)])
    if fail:
        raise RuntimeError("undo all")
    return first
