"""The flood, as anybody may play it: one command, a throw-away node, one object printed."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.oracle import crossings

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LIANDONG = Path(sys.executable).with_name("liandong")
CHINA = ZoneInfo("Asia/Shanghai")
ON_ITS_WAY = timedelta(minutes=4)


@cache
def play(*options):
    command = [LIANDONG, "play", "upstream_flood", "--speed", "max", "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.stdout.startswith("{"), done.stderr[-3000:]
    return done.returncode, json.loads(done.stdout)


def test_the_flood_is_answered_from_the_first_reading_to_the_end():
    status, told = play()

    unmet = [one for one in told["expectations"] if not one["met"]]
    assert (unmet, status) == ([], 0)
    assert told["scenario"] == "upstream_flood"
    assert told["journal"]["verified"] is True
    assert told["journal"]["head"].split(":")[1] == str(told["journal"]["entries"])
    assert [row["position"] for row in told["timeline"]] == sorted(
        row["position"] for row in told["timeline"]
    )


def test_every_threshold_is_crossed_when_the_record_says_so():
    _status, told = play()

    seen = [
        datetime.fromisoformat(row["at"])
        for row in told["timeline"]
        if row["name"] == "monitoring.threshold_crossed"
    ]
    expected = sorted(at.replace(tzinfo=CHINA) + ON_ITS_WAY for at in crossings().values())
    assert sorted(seen) == expected


def test_the_chain_reads_in_the_order_of_the_mechanism():
    _status, told = play()

    first = {}
    for row in told["timeline"]:
        first.setdefault(row["name"], row["position"])
    chain = [
        "monitoring.readings_received",
        "monitoring.threshold_crossed",
        "monitoring.warning_issued",
        "command.incident_opened",
        "command.level_proposed",
        "command.consultation_opened",
        "command.response_decided",
        "command.order_read_back",
        "command.order_finished",
        "command.order_checked",
        "command.incident_closed",
    ]
    assert sorted(chain, key=lambda name: first[name]) == chain


def test_a_third_of_the_rain_gives_no_flood_warning():
    status, told = play("--rain-factor", "0.3")

    assert crossings(0.3) == {}
    warnings = [row for row in told["timeline"] if row["name"].startswith("monitoring.warning")]
    assert (warnings, status) == ([], 0)


def test_a_shift_moves_every_time_by_as_much():
    _status, told = play()
    _status, later = play("--shift", "PT1H")

    def times(story):
        return [(row["name"], datetime.fromisoformat(row["at"])) for row in story["timeline"]]

    assert [(name, at + timedelta(hours=1)) for name, at in times(told)] == times(later)


def test_an_unknown_scenario_is_refused_with_what_there_is():
    command = [LIANDONG, "play", "downstream_flood", "--speed", "max", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 1
    assert "upstream_flood" in done.stdout + done.stderr
