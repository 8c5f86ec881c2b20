import json

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.timers import Timer, sweep
from liandong.messaging.models import Message
from liandong.monitoring import queries
from liandong.monitoring.actions import (
    adjust_warning,
    draft_warning,
    issue_warning,
    lift_warning,
    note_expiry,
)
from liandong.monitoring.models import Warning
from tests.factories import organization as make
from tests.monitoring.conftest import hour
from tests.monitoring.people import forecaster

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_force(weather):
    said = {
        "category": "暴雨",
        "level": "橙",
        "scope": "城关镇",
        "cautions": "雨强大。",
        "measures": "做好转移准备。",
    }
    draft = draft_warning(
        forecaster(weather),
        hazard="11B03",
        **said,
        starts_at=hour(12),
        expires_at=hour(72),
        issuing_body=weather,
    )
    return issue_warning(forecaster(weather), warning=draft, expected_version=1)


def expired():
    return [
        json.loads(one.payload.text)
        for one in Entry.objects.filter(name="monitoring.warning_expired")
    ]


def test_when_its_time_is_over_the_unit_is_asked_and_it_stays_in_force(in_force, weather, at):
    liaison = make.post(at=weather, is_liaison=True)
    make.person(at=liaison)

    at("2012-08-06T00:01")
    sweep()

    assert [one["level"] for one in expired()] == ["橙"]
    assert list(queries.overdue_warnings("actual")) == [in_force]
    assert Warning.objects.get().state == "issued"
    assert Message.objects.get().to_post == liaison


def test_before_its_time_nothing_is_said_of_it(in_force, weather):
    note_expiry(forecaster(weather), warning=in_force)

    assert expired() == []


def test_with_nobody_at_the_unit_it_is_told_all_the_same(in_force, at):
    at("2012-08-06T00:01")
    sweep()

    assert len(expired()) == 1


def test_a_lifted_warning_does_not_run_out(in_force, weather, at):
    lift_warning(
        forecaster(weather), warning=in_force, expected_version=in_force.version, reason="雨停"
    )

    at("2012-08-06T00:01")
    sweep()

    assert (expired(), Timer.objects.count()) == ([], 0)


def test_a_prolonged_warning_runs_out_later(in_force, weather, at):
    adjust_warning(
        forecaster(weather),
        warning=in_force,
        expected_version=in_force.version,
        expires_at=hour(96),
        reason="延续",
    )

    at("2012-08-06T00:01")
    sweep()

    assert expired() == []
    assert [one.due_at for one in Timer.objects.all()] == [hour(96)]
