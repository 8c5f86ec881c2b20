"""Putting right the head of an incident; what stood there is kept."""

from datetime import timedelta

import pytest

from liandong.command.actions import correct_incident
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid, Missing, Stale
from tests.people import duty_officer


def correct(county, flood, **more):
    asked = {"reason": "听错了", "expected_version": 1, "changes": {"title": "白河洪水"}} | more
    return correct_incident(county.officer, incident=flood, **asked)


def test_the_head_is_corrected_and_the_old_value_kept(county, flood):
    now = correct(county, flood, changes={"title": "白河洪水", "place": "河口镇"})

    entry = Entry.objects.get(name="command.incident_corrected")
    assert (now.title, now.place, now.townships) == ("白河洪水", "河口镇", ["河口镇"])
    assert "清溪河洪水" in entry.payload.text
    assert "听错了" in entry.payload.text


def test_correcting_asks_for_permission_reason_version_change_and_realm(county, flood):
    with pytest.raises(Forbidden):
        correct_incident(
            county.water, incident=flood, reason="x", expected_version=1, changes={"title": "x"}
        )
    for wrong in ({"reason": " "}, {"changes": {}}, {"changes": {"title": " "}}):
        with pytest.raises(Invalid):
            correct(county, flood, **wrong)
    with pytest.raises(Stale):
        correct(county, flood, expected_version=9)
    with pytest.raises(Missing):
        correct_incident(
            duty_officer(realm="drill-1"),
            incident=flood,
            reason="x",
            expected_version=1,
            changes={"title": "x"},
        )


@pytest.mark.parametrize("minutes", [-5, 5])
def test_a_report_received_before_it_happened_or_ahead_of_now_is_refused(
    minutes, county, flood
):
    at = clock.now("actual") + timedelta(minutes=minutes)
    moments = {"received_at": at, "occurred_at": at + timedelta(minutes=1)}

    with pytest.raises(Invalid):
        correct(county, flood, changes=moments)


def test_the_same_key_corrects_once(county, flood):
    one = correct(county, flood, idempotency_key="k")

    assert correct(county, flood, idempotency_key="k") == one
    assert Entry.objects.filter(name="command.incident_corrected").count() == 1
