from uuid import UUID

import pytest

from liandong.kernel.actors import system_actor
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Stale
from liandong.monitoring.actions import Delivery, Span, take_messages
from liandong.monitoring.models import Batch, Inlet, Presence, Reading
from liandong.monitoring.permissions import Permission
from liandong.monitoring.queries import position_of
from tests.monitoring.conftest import rained
from tests.monitoring.people import gauge
from tests.people import allowed

pytestmark = pytest.mark.django_db(transaction=True)
DEVICE = UUID(int=7)


def keeper(realm="actual"):
    return system_actor("node", "遥测接入", realm, Permission.RECORD_READINGS)


def take(*, after=0, upto=2, born="早", actor=None, values=(1, 2), said=None, **more):
    delivery = Delivery(gauge(), "城关雨量计", readings=rained(values))
    return take_messages(
        actor or keeper(),
        span=Span("OBS", born, after, upto),
        deliveries=[delivery] if values else [],
        said=said,
        **more,
    )


def test_messages_become_readings_of_their_device_and_move_the_inlet_on(rain, work):
    take(said={DEVICE: "在线"})

    assert position_of("OBS", "早") == 2
    assert Reading.objects.count() == 2
    assert Presence.objects.get().said == "在线"
    assert Batch.objects.get().source == "城关雨量计"
    entry = Entry.objects.get(name="monitoring.readings_received")
    assert entry.actor["label"] == "遥测站"


def test_what_was_taken_already_is_refused_whole(rain):
    take()

    with pytest.raises(Stale):
        take(values=(1, 2, 3), upto=3)
    assert Reading.objects.count() == 2
    assert position_of("OBS", "早") == 2


def test_a_failure_moves_nothing(rain):
    with pytest.raises(Stale):
        take(after=5, upto=7)

    assert Inlet.objects.count() == 0
    assert Reading.objects.count() == 0


def test_a_stream_made_anew_begins_at_its_first(rain):
    take(upto=90)

    take(born="晚", upto=1, values=(1,))

    assert position_of("OBS", "晚") == 1
    assert position_of("OBS", "早") == 0


def test_without_permission_nothing_is_taken(rain):
    with pytest.raises(Forbidden):
        take(actor=allowed(Permission.SET_THRESHOLD))


def test_a_drill_takes_nothing(rain):
    with pytest.raises(Forbidden):
        take(actor=keeper("drill"))

    assert Inlet.objects.count() == 0


def test_the_same_key_takes_once(rain):
    first = take(idempotency_key="OBS:2")

    assert take(idempotency_key="OBS:2").pk == first.pk
    assert Batch.objects.count() == 1


def test_what_a_device_says_of_itself_takes_the_place_of_what_it_said(rain):
    take(said={DEVICE: "在线"})
    take(after=2, upto=3, values=(), said={DEVICE: "离线"})

    assert Presence.objects.get(pk=DEVICE).said == "离线"
