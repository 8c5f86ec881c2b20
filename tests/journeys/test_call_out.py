"""叫应 of a whole county: 506 people, thirty lines, and a worker that is killed five times.

The rule is that of a real county (38 at the county, 72 in townships, 396 in villages). Time is the
realm's: a second passes when the worker has nothing more to do in it, and a restart costs three.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.models import Entry
from liandong.kernel.timers import Timer
from liandong.messaging.models import CallAttempt, Callee, CallListing, CallOut, ContactPoint
from liandong.messaging.states import Tier
from liandong.organization.models import Person
from tests.architecture.tree import ROOT
from tests.messaging.callees import call
from tests.messaging.switchboard import SECRET, TOKEN, Switchboard, poster

pytestmark = [
    pytest.mark.slow,
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=False),
]
COUNTY = "610725"
TOWNS = [f"{COUNTY}{100 + n}" for n in range(18)]
WITHIN = timedelta(minutes=8)
RESTART = timedelta(seconds=3)
DIAL = "messaging.dial"


@pytest.fixture
def began(at):
    return at("2026-07-14T02:10:00")


@pytest.fixture
def board(began, settings):
    made = Switchboard(began)
    settings.VOICE_URL, settings.VOICE_TOKEN = made.url, TOKEN
    settings.VOICE_SECRET = SECRET
    yield made
    made.stop()


class Worker:
    """The node's worker as a process, and how often it was killed."""

    def __init__(self, board):
        self.environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "LIANDONG_VOICE_URL": board.url,
            "LIANDONG_VOICE_TOKEN": TOKEN,
            "LIANDONG_VOICE_SECRET": SECRET,
        }
        self.kills = 0
        self.start()

    def start(self):
        place = connection.settings_dict
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.messaging.second_worker",
                place["NAME"],
                place["HOST"],
            ],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout.readline() == "up\n"

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(30)
        self.process.stdout.close()
        self.kills += 1

    @property
    def is_dead(self):
        return self.process.poll() is not None

    def stop(self):
        self.process.kill()
        self.process.wait(30)
        self.process.stdout.close()


@pytest.fixture
def worker(board):
    made = Worker(board)
    yield made
    made.stop()


def people(board):
    """38, 72 and 396, each with a mobile; a tenth never answers, a twentieth has a wrong number."""
    chance = random.Random(1)
    places = [(Tier.COUNTY, COUNTY, "县级", n) for n in range(38)]
    places += [(Tier.TOWN, town, f"{town}镇", n) for town in TOWNS for n in range(4)]
    places += [
        (Tier.VILLAGE, f"{town}{201 + n}", f"{town}镇{n}村", 0)
        for town in TOWNS
        for n in range(22)
    ]
    habits = ["silent"] * 51 + ["wrong"] * 25 + ["answers"] * (506 - 76)
    chance.shuffle(habits)
    rows = [Person(name=f"人{n}", sort_key=f"{n:03}") for n in range(len(places))]
    Person.objects.bulk_create(rows)
    numbers = [str(13_900_000_000 + n) for n in range(len(rows))]
    ContactPoint.objects.bulk_create(
        ContactPoint(person=who, channel="mobile", address=number)
        for who, number in zip(rows, numbers, strict=True)
    )
    CallListing.objects.bulk_create(
        CallListing(person=who, tier=tier, area=area, area_name=name, order=order)
        for who, (tier, area, name, order) in zip(rows, places, strict=True)
    )
    board.habits = dict(zip(numbers, habits, strict=True))
    board.delays = {number: chance.randint(1, 5) for number in numbers}
    return numbers


class Night:
    """The clock, turned on when nothing is left to be done at a moment."""

    def __init__(self, board, worker, post):
        self.board, self.worker, self.post = board, worker, post
        self.now = board.now
        self.told = 0

    def settle(self):
        """Until the worker has done what falls due now; one that was killed comes back later."""
        while Timer.objects.filter(due_at__lte=self.now).exists():
            if self.worker.is_dead:
                self.pass_on(RESTART)
                self.worker.start()
            time.sleep(0.01)  # leaves the processor to the worker

    def pass_on(self, span):
        self.now += span
        self.board.now = self.now
        clock.set_clock(ACTUAL, self.now, rate=0)
        for gone in self.board.ended():
            self.told += 1
            if self.told in {50, 150, 250}:  # a callback that never arrives: the node asks
                gone.told = True
        self.board.tell(self.post)

    def go_on_until_over(self, call_out, *, each):
        while CallOut.objects.get(pk=call_out.pk).state == "running":
            assert self.now - self.board.began < timedelta(minutes=20), "it does not end"
            each(self.now - self.board.began)
            self.settle()
            self.pass_on(timedelta(seconds=1))
        return CallOut.objects.get(pk=call_out.pk)


def test_a_county_is_called_within_eight_minutes_through_five_kills(board, worker, live_server):
    numbers = people(board)
    night = Night(board, worker, poster(live_server.url))
    board.began = board.now
    # Killed as the gateway takes a call and before it could say so (twice), before it took one,
    # in the midst of handing out lines, and while nothing is to be done.
    board.cut_off = {40: "after", 260: "before", 480: "after"}
    board.kill = worker.kill
    midst = {timedelta(seconds=100), timedelta(seconds=200)}

    call_out = call(areas=[COUNTY], hazard="11B03")
    over = night.go_on_until_over(call_out, each=lambda gone: gone in midst and worker.kill())

    callees = list(Callee.objects.filter(call_out=call_out))
    by_number = {number: board.of(number) for number in numbers}
    silent = {one for one, habit in board.habits.items() if habit != "answers"}
    assert worker.kills == 5
    assert (over.state, len(callees)) == ("finished", 506)
    assert over.ended_at - over.started_at <= WITHIN
    assert max(len(calls) for calls in by_number.values()) <= 3
    assert board.most_at_once == 30
    assert Counter(one.state for one in callees) == {"answered": 430, "assigned": 76}
    assert {one.rungs[0]["number"] for one in callees if one.state == "assigned"} == silent
    assert all(one.goer_name and one.go_by for one in callees if one.state == "assigned")
    # Nobody who has answered was called again, and nobody was given up before their time.
    assert all(
        len(by_number[one]) == 1 for one, habit in board.habits.items() if habit != "silent"
    )
    assert all(
        len(by_number[one]) == 3 for one, habit in board.habits.items() if habit == "silent"
    )
    assert_nothing_lost(board, call_out)
    print(  # noqa: T201 -- figures for whoever asks with -s
        f"over after {over.ended_at - over.started_at}, {len(board.calls)} calls,"
        f" {board.repeats} handed over again, last first call"
        f" {max(calls[0].begun for calls in by_number.values()) - board.began}"
    )


def assert_nothing_lost(board, call_out):
    """Every call of the gateway's own list stands in the node once, and the other way round."""
    attempts = CallAttempt.objects.filter(callee__call_out=call_out).exclude(outcome="canceled")
    entries = Entry.objects.filter(subject_id=str(call_out.pk))
    told = Counter(entries.values_list("name", flat=True))

    assert {str(one.pk) for one in attempts} == set(board.calls)
    assert {one.state for one in attempts} == {"ended"}
    assert board.repeats >= 2
    assert told["messaging.callee_answered"] == 430
    assert told["messaging.callee_assigned"] == 76
    assert told["messaging.call_out_finished"] == 1
