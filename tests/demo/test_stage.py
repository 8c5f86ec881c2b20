from datetime import UTC, datetime, timedelta

import pytest

from liandong.demo.stage import Reaction, Stage
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.problems import IllegalMove
from tests.kernel.gauges import MOVE, move
from tests.people import allowed

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 7, 14, 4, tzinfo=UTC)


def minutes(count):
    return timedelta(minutes=count)


@pytest.fixture
def stage():
    return Stage(epoch=1)


def test_cues_are_played_at_their_moments_in_order(stage):
    played = []
    stage.at(NOON + minutes(20), lambda: played.append(("二", clock.now(ACTUAL))))
    stage.at(NOON + minutes(10), lambda: played.append(("一", clock.now(ACTUAL))))

    stage.play(NOON, NOON + minutes(60), since="0:0")

    assert played == [("一", NOON + minutes(10)), ("二", NOON + minutes(20))]


def test_a_habit_answers_what_the_journal_tells_some_time_later(stage):
    answered = []

    def look(told):
        return Reaction(
            minutes(3), lambda: answered.append((told.subject_id, clock.now(ACTUAL)))
        )

    stage.when("test.gauge_moved", look)
    stage.at(NOON + minutes(1), lambda: move(allowed(MOVE), gauges=[("上游", 1)]))

    stage.play(NOON, NOON + minutes(60), since="0:0")

    assert answered == [("上游", NOON + minutes(4))]


def test_whoever_took_over_is_left_to_it(stage):
    def too_late():
        raise IllegalMove("别人已经办了。")

    played = []
    stage.at(NOON + minutes(1), too_late)
    stage.at(NOON + minutes(2), lambda: played.append("后来"))

    stage.play(NOON, NOON + minutes(60), since="0:0")

    assert (stage.refused, played) == (["别人已经办了。"], ["后来"])


def test_the_curtain_falls_at_the_end_whatever_is_left(stage):
    played = []
    stage.at(NOON + minutes(90), lambda: played.append("太晚"))

    stage.play(NOON, NOON + minutes(60), since="0:0")

    assert played == []
