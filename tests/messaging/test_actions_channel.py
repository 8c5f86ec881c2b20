from datetime import timedelta

import pytest

from liandong.kernel.actors import system_actor
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden
from liandong.messaging.actions import note_channel, send_to_doors
from liandong.messaging.models import Callee, VoiceChannel
from liandong.messaging.permissions import Permission
from tests.messaging.callees import TOWN, call, listed
from tests.people import duty_officer

pytestmark = pytest.mark.django_db


def dialer(realm="actual"):
    return system_actor("timer", "语音叫应", realm, Permission.DIAL)


def test_a_gateway_that_goes_and_comes_is_said_once_each(at):
    now = at("2026-07-14T02:10")
    note_channel(dialer(), trouble="连不上")
    note_channel(dialer(), trouble="连不上")
    channel = VoiceChannel.objects.get()
    rests = channel.retry_at - now
    at("2026-07-14T02:11")

    note_channel(dialer(), trouble="")
    note_channel(dialer(), trouble="")

    assert rests == timedelta(seconds=2)
    names = list(Entry.objects.order_by("id").values_list("name", flat=True))
    assert names == ["messaging.voice_lost", "messaging.voice_restored"]
    assert VoiceChannel.objects.get().away_since is None


def test_a_drill_has_its_own_view_of_the_line(at):
    at("2026-07-14T02:10")
    note_channel(dialer("drill-1"), trouble="连不上")

    assert [one.realm for one in VoiceChannel.objects.all()] == ["drill-1"]


def test_only_who_cannot_be_dialed_is_gone_to_unless_the_line_is_away(at):
    at("2026-07-14T02:10")
    listed("有电话")
    listed("没电话", numbers=[], area=f"{TOWN}202")
    made = call()

    send_to_doors(dialer(), call_out=made, everybody=False)
    first = {one.name: one.state for one in Callee.objects.all()}
    send_to_doors(dialer(), call_out=made, everybody=True)

    assert first == {"有电话": "waiting", "没电话": "assigned"}
    assert set(Callee.objects.values_list("state", flat=True)) == {"assigned"}
    assert Entry.objects.filter(name="messaging.callee_assigned").count() == 2


def test_people_do_not_do_what_is_the_machines(at):
    at("2026-07-14T02:10")
    listed("甲")
    made = call()
    with pytest.raises(Forbidden):
        note_channel(duty_officer(), trouble="x")
    with pytest.raises(Forbidden):
        send_to_doors(duty_officer(), call_out=made, everybody=True)
