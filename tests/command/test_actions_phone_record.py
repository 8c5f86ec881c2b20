import pytest

from liandong.command import actions
from liandong.command.models import Signal
from liandong.kernel.problems import Forbidden, IllegalMove, Stale
from liandong.organization.actions import take_phone_record
from liandong.organization.permissions import Permission as Organization
from liandong.organization.queries import open_items
from tests.organization.journal import told
from tests.people import allowed, duty_officer

pytestmark = pytest.mark.django_db


def record():
    return take_phone_record(
        duty_officer(),
        caller="河口镇值班室",
        number="0715-1",
        place="柳湾桥头",
        what="桥面漫水",
    )


def take_up(row, *, actor=None, version=None, **more):
    return actions.take_up_phone_record(
        actor or duty_officer(), record=row, expected_version=version or row.version, **more
    )


def test_a_call_becomes_a_signal_in_the_hands_of_whoever_took_it_up():
    row = record()

    signal = take_up(row)

    row.refresh_from_db()
    assert (signal.caller, signal.words, signal.state) == (
        "河口镇值班室",
        "桥面漫水\n地点：柳湾桥头",
        "taken",
    )
    assert (row.state, row.subject_url) == ("closed", f"/command/signals/{signal.pk}/")
    [fact] = told("command.phone_record_taken_up")
    assert fact["record_id"] == str(row.pk)


def test_what_was_taken_up_is_open_until_it_is_registered():
    take_up(record())

    sources = [one.source for one in open_items(duty_officer())]

    assert sources == ["command.desk"]


def test_a_call_that_is_closed_is_not_taken_up():
    row = record()
    take_up(row)

    with pytest.raises(IllegalMove):
        take_up(row)
    assert Signal.objects.count() == 1


def test_taking_up_needs_permission_and_the_present_version():
    row = record()

    with pytest.raises(Forbidden):
        take_up(row, actor=allowed(Organization.KEEP_PHONE_RECORD))
    with pytest.raises(Stale):
        take_up(row, version=9)


def test_one_key_takes_up_once():
    row, actor = record(), duty_officer()

    first = take_up(row, actor=actor, version=1, idempotency_key="k")

    assert take_up(row, actor=actor, version=1, idempotency_key="k") == first
