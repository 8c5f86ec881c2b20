import json
from decimal import Decimal

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid, Missing, Stale
from liandong.monitoring.actions import judge_reading, set_limits
from liandong.monitoring.models import Latest, Reading
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.quality import Flag
from liandong.monitoring.states import Quality
from tests.monitoring.conftest import flowed, hour, send
from tests.monitoring.people import gauge, keeper
from tests.people import allowed, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def judge(flow):
    def judge(actor=None, *, at=1, verdict=Quality.CONFIRMED, value="200001", **more):
        return judge_reading(
            actor or allowed(Permission.JUDGE_READINGS),
            series=flow,
            at=hour(at),
            verdict=verdict,
            expected_value=Decimal(value),
            **more,
        )

    return judge


@pytest.fixture
def doubted(flow):
    send(flowed([10, 200001, 12]))
    return flow


def standing():
    return list(Reading.objects.order_by("at").values_list("quality", flat=True))


def test_a_doubted_reading_is_confirmed_and_that_is_told(judge, doubted):
    judge(reason="现场核对无误", idempotency_key="k")
    judge(reason="现场核对无误", idempotency_key="k")

    said = json.loads(Entry.objects.get(name="monitoring.reading_judged").payload.text)
    assert standing() == ["good", "confirmed", "good"]
    assert (said["value"], said["verdict"], said["flags"]) == (
        "200001",
        "confirmed",
        Flag.RANGE,
    )
    assert said["reason"] == "现场核对无误"


def test_a_rejected_reading_stays_and_is_not_the_last(judge, doubted):
    judge(at=2, verdict=Quality.REJECTED, value="12")

    assert standing() == ["good", "suspect", "rejected"]
    assert Latest.objects.get().value == 10


def test_a_confirmed_reading_is_the_last_one(judge, flow):
    send(flowed([10, 200001]))

    judge()

    assert Latest.objects.get().value == 200001


def test_a_verdict_may_be_turned(judge, doubted):
    judge()

    judge(verdict=Quality.REJECTED)

    assert standing() == ["good", "rejected", "good"]


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"at": 7}, Missing),
        ({"verdict": "good"}, Invalid),
        ({"value": "9"}, Stale),
    ],
)
def test_what_cannot_be_judged_is_refused(judge, doubted, more, refusal):
    with pytest.raises(refusal):
        judge(**more)

    assert standing() == ["good", "suspect", "good"]


def test_the_same_verdict_again_is_refused(judge, doubted):
    judge()

    with pytest.raises(Invalid):
        judge()


def test_judging_is_refused_without_the_permission(judge, doubted):
    with pytest.raises(Forbidden):
        judge(visitor())


def test_a_drill_judges_its_own_readings_only(judge, doubted, at):
    at("2012-08-05T12:00", realm="drill-1")
    send(flowed([10, 200001]), actor=gauge("drill-1"))

    judge(allowed(Permission.JUDGE_READINGS, realm="drill-1"))

    assert list(
        Reading.objects.filter(quality="confirmed").values_list("realm", flat=True)
    ) == ["drill-1"]


def limits(series, actor=None, **more):
    said = {"low": None, "high": None, "jump": None, "stuck_after": None} | more
    return set_limits(actor or keeper(), series=series, **said)


def test_what_is_credible_of_a_place_is_settled_there(flow):
    limits(flow, high=Decimal(100), jump=Decimal(50), stuck_after=3)

    send(flowed([10, 101, 12, 90, 12, 12, 12]))

    rows = Reading.objects.order_by("at").values_list("flags", flat=True)
    assert list(rows) == [0, Flag.RANGE, 0, Flag.SPIKE, 0, 0, Flag.STUCK]
    assert Entry.objects.filter(name="monitoring.limits_set").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": Decimal(5), "high": Decimal(5)},
        {"jump": Decimal(0)},
        {"stuck_after": 1},
        {"stuck_after": 49},
    ],
)
def test_limits_that_hold_nothing_are_refused(flow, wrong):
    with pytest.raises(Invalid):
        limits(flow, **wrong)


def test_limits_are_refused_without_the_permission_and_in_drills(flow):
    with pytest.raises(Forbidden):
        limits(flow, visitor())
    with pytest.raises(Forbidden):
        limits(flow, keeper("drill-1"))
