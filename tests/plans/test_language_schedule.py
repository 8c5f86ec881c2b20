from datetime import timedelta

import pytest
from pydantic_core import PydanticCustomError

from liandong.plans.language.durations import heard_duration, write_duration
from liandong.plans.language.schedule import schedule

HOUR = timedelta(hours=1)


def step(name, length="", *after):
    return {"id": name, "finish_within": length, "after": list(after)}


def test_steps_begin_when_all_before_them_are_over():
    slots = schedule([step("a", "PT1H"), step("b", "PT3H"), step("c", "PT2H", "a", "b")])

    assert [(one.name, one.begins / HOUR, one.ends / HOUR, one.column) for one in slots] == [
        ("a", 0, 1, 0), ("b", 0, 3, 0), ("c", 3, 5, 1),
    ]  # fmt: skip
    assert [one.name for one in slots if one.is_critical] == ["b", "c"]


def test_steps_beside_one_another_have_no_critical_chain():
    assert not any(one.is_critical for one in schedule([step("a", "PT1H"), step("b")]))


def test_a_circle_and_what_is_not_there_leave_a_picture():
    slots = schedule([step("a", "PT1H", "b", "gone"), step("b", "PT1H", "a"), {"after": 3}])

    assert [(one.name, one.column) for one in slots] == [("a", 1), ("b", 0), ("None", 0)]


def test_a_long_chain_is_no_trouble():
    steps = [step(str(n), "PT1M", str(n + 1)) for n in range(1500)]

    assert schedule(steps)[0].ends == timedelta(minutes=1500)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("20分钟", "PT20M"),
        ("2 小时", "PT2H"),
        ("1小时30分", "PT1H30M"),
        ("半小时", "PT30M"),
        ("1个半小时", None),
        ("两小时内", "PT2H"),
        ("三天", "P3D"),
        ("十五分钟", "PT15M"),
        ("2周", "P14D"),
        ("pt5m", "PT5M"),
        ("一会儿", None),
        ("0分钟", None),
        ("", None),
    ],
)
def test_lengths_are_read_as_people_say_them(said, written):
    if written is None:
        with pytest.raises(PydanticCustomError):
            heard_duration(said)
    else:
        assert write_duration(heard_duration(said)) == written
