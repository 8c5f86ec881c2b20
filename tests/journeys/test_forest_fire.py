"""The forest fire, as anybody may play it: one command, a throw-away node, one object printed."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LIANDONG = Path(sys.executable).with_name("liandong")


@cache
def play(*options):
    command = [LIANDONG, "play", "forest_fire", "--speed", "max", "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.stdout.startswith("{"), done.stderr[-3000:]
    return done.returncode, json.loads(done.stdout)


def said(told, name, *, containing=""):
    return [
        row for row in told["timeline"] if row["name"] == name and containing in row["summary"]
    ]


def test_the_fire_is_answered_from_the_call_to_the_end():
    status, told = play()

    unmet = [one for one in told["expectations"] if not one["met"]]
    assert (unmet, status) == ([], 0)
    assert told["scenario"] == "forest_fire"
    assert told["journal"]["verified"] is True
    assert told["journal"]["head"].split(":")[1] == str(told["journal"]["entries"])


def test_a_call_that_says_little_is_graded_by_asking_and_then_decided_by_two():
    _status, told = play()

    proposals = [row["summary"] for row in said(told, "command.level_proposed")]
    assert "建议先核实：尚不能确认达到任何一级；Ⅰ–Ⅳ级未定" in proposals[0]
    assert any("建议启动Ⅳ级响应：至少Ⅳ级；Ⅰ–Ⅲ级未定" in one for one in proposals)
    decided = said(told, "command.response_decided")[0]["summary"]
    assert decided.count("常务副指挥长") == decided.count("主任") == 1


def test_the_chain_reads_in_the_order_of_the_mechanism():
    _status, told = play()

    first = {}
    for row in told["timeline"]:
        first.setdefault(row["name"], row["position"])
    chain = [
        "command.incident_opened",
        "command.level_proposed",
        "command.report_sent",
        "command.consultation_opened",
        "command.decision_signed",
        "command.response_decided",
        "command.order_read_back",
        "command.order_escalated",
        "command.order_declined",
        "command.counter_proposal_answered",
        "command.field_post_opened",
        "command.field_adjustment_noted",
        "command.field_post_closed",
        "command.incident_closed",
    ]
    assert sorted(chain, key=lambda name: first[name]) == chain


def test_the_ground_is_guarded_only_after_the_flame_is_out_and_left_with_leave():
    _status, told = play()

    moments = [
        said(told, "plans.facts_recorded", containing="明火已扑灭 是")[0],
        said(told, "command.order_issued", containing="明火扑灭后清理火场")[0],
        said(told, "command.order_issued", containing="经批准后方可撤离")[0],
        said(told, "plans.facts_recorded", containing="火场已无火无烟 是")[0],
        said(told, "plans.facts_recorded", containing="看守人员撤离已经批准 是")[0],
        said(told, "command.response_decided", containing="终止Ⅳ级响应")[0],
    ]

    positions = [row["position"] for row in moments]
    assert positions == sorted(positions)


def test_how_long_it_burns_out_of_control_is_read_off_the_clock():
    _status, told = play()

    began = datetime.fromisoformat(said(told, "command.incident_opened")[0]["at"])
    rows = said(told, "plans.facts_recorded", containing="未得到有效控制的时间")
    read = [
        (
            datetime.fromisoformat(row["at"]) - began,
            int(row["summary"].split("未得到有效控制的时间 ")[1].split(" 分钟")[0]),
        )
        for row in rows
    ]
    assert [minutes for _after, minutes in read][-1] >= 240
    assert read == [(after, int(after.total_seconds()) // 60 + 12) for after, _m in read]


def test_a_shift_moves_every_time_by_as_much():
    _status, told = play()
    _status, later = play("--shift", "PT1H")

    def times(story):
        return [(row["name"], datetime.fromisoformat(row["at"])) for row in story["timeline"]]

    assert [(name, at + timedelta(hours=1)) for name, at in times(told)] == times(later)


def test_there_is_no_rain_to_change():
    command = [LIANDONG, "play", "forest_fire", "--speed", "max", "--rain-factor", "0.3"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 1
    assert "没有雨" in done.stdout + done.stderr
