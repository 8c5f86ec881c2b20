from datetime import date

import pytest

from liandong.kernel.problems import Invalid
from liandong.plans.actions import (
    advance_version,
    examine_version,
    record_alignment,
    record_expert_review,
)
from liandong.plans.states import ExaminedPoint
from tests.people import office
from tests.plans import lives

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-09-28T10:00")


def test_record_expert_review_keeps_who_was_heard():
    version = lives.reviewed(lives.at_experts(), "passed_if", "三级门槛再核")

    review = version.expertreviews.get()
    assert (review.conclusion, review.experts, review.by) == (
        "passed_if",
        "王工 省林科院",
        "指挥部办公室",
    )


def test_record_expert_review_asks_for_the_points_of_whoever_does_not_just_consent():
    version = lives.at_experts()

    with pytest.raises(Invalid, match="没有写意见要点"):
        record_expert_review(
            office(),
            version=version,
            reviewed_on=date(2026, 9, 28),
            experts="王工",
            conclusion="not_passed",
            expected_version=version.version,
        )


def test_record_alignment_keeps_with_whom_and_the_result():
    version = lives.at_alignment()

    made = record_alignment(
        office(),
        version=version,
        aligned_on=date(2026, 9, 28),
        aligned_with="superior",
        whom="市森林火灾应急预案",
        result="响应级别一致",
        expected_version=version.version,
    )

    assert (made.aligned_with, made.whom, made.result, made.round) == (
        "superior",
        "市森林火灾应急预案",
        "响应级别一致",
        1,
    )


@pytest.mark.parametrize(
    ("act", "build", "said"),
    [
        (
            record_expert_review,
            lives.at_experts,
            {"reviewed_on": None, "experts": "王工", "conclusion": "passed"},
        ),
        (
            record_alignment,
            lives.at_alignment,
            {"aligned_on": None, "aligned_with": "other", "whom": "甲", "result": "乙"},
        ),
        (examine_version, lives.at_approval, {"examined_on": None, "points": []}),
    ],
)
@pytest.mark.parametrize(
    ("day", "wrong"), [(date(2026, 9, 29), "不能晚于今天"), (date(1926, 9, 1), "请核对年份")]
)
def test_what_is_to_come_has_not_been(act, build, said, day, wrong):
    version = build()
    said = {key: day if value is None else value for key, value in said.items()}

    with pytest.raises(Invalid) as refused:
        act(office(), version=version, expected_version=version.version, **said)

    assert list(refused.value.fields.values()) == [wrong]


def test_experts_who_refuse_hold_the_plan_back():
    version = lives.reviewed(lives.at_experts(), "not_passed", "分级无依据")

    with pytest.raises(Invalid, match="专家论证还没有通过"):
        advance_version(office(), version=version, expected_version=version.version)
    assert lives.advanced(lives.reviewed(version)).state == "alignment"


def test_a_special_plan_is_aligned_with_mobilization_and_by_the_emergency_bureau():
    version = lives.aligned(lives.at_alignment(), "mobilization")

    with pytest.raises(Invalid, match="还没有与应急管理部门衔接"):
        advance_version(office(), version=version, expected_version=version.version)
    assert lives.advanced(lives.aligned(version, "emergency")).state == "approval"


def test_an_examination_passes_where_all_six_points_hold():
    version = lives.at_approval()

    made = examine_version(
        office(),
        version=version,
        examined_on=date(2026, 9, 28),
        points=lives.EVERY_POINT,
        expected_version=version.version,
    )

    assert (made.has_passed, made.by) == (True, "指挥部办公室")


def test_an_examination_says_what_is_the_matter_with_the_rest():
    version, points = lives.at_approval(), [str(ExaminedPoint.LAW)]

    with pytest.raises(Invalid, match="没有写审核意见"):
        lives.examined(version, points)
    version.refresh_from_db()
    lives.examined(version, points, remark="上位预案已修订")

    assert not version.examinations.get().has_passed
