"""What the flood is expected to show."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from liandong.demo.expectations import (
    Expectation,
    Story,
    conferred,
    decided,
    declined,
    escalated,
    ordered,
    proposed,
    reported,
    settled,
)
from liandong.demo.facts import facts
from liandong.demo.scenarios.record import Hour

RAIN_BOUNDS = ((12, 50), (6, 50), (3, 50), (3, 100))
ELEMENTS = (
    "category",
    "level",
    "starts_at",
    "scope",
    "cautions",
    "measures",
    "body_id",
    "published_at",
)


def judge(record: list[Hour], story: Story) -> Iterator[Expectation]:
    """A flood has to be answered, and quiet water has to be left alone."""
    if crosses(record):
        yield from (check(story) for check in FLOOD)
    else:
        yield from _quiet(story)
    yield _measured(story)


def crosses(record: list[Hour]) -> bool:
    """Whether the record, as played, reaches any bound at all."""
    if any(hour.flow_m3s >= Decimal(facts()["thresholds"]["warning"]) for hour in record):
        return True
    rain = [hour.rain_mm for hour in record]
    return any(
        sum(rain[max(0, end - hours) : end]) >= bound
        for hours, bound in RAIN_BOUNDS
        for end in range(1, len(rain) + 1)
    )


def _quiet(story: Story) -> Iterator[Expectation]:
    warnings = story.of("monitoring.warning_issued") + story.of("monitoring.warning_drafted")
    yield Expectation("no_warning", not warnings, f"发布或拟发预警 {len(warnings)} 次")
    incidents = story.of("command.incident_opened")
    yield Expectation("no_incident", not incidents, f"登记事件 {len(incidents)} 起")


def _warned(story: Story) -> Expectation:
    issued = story.of("monitoring.warning_issued") + story.of("monitoring.warning_adjusted")
    whole = [one for one in issued if all(one.payload.get(name) for name in ELEMENTS)]
    kinds = {one.payload["category"] for one in whole}
    met = len(whole) == len(issued) and len(kinds) >= 2
    return Expectation(
        "warnings_whole",
        met,
        f"{len(whole)}/{len(issued)} 次八要素齐全：{'、'.join(sorted(kinds))}",
    )


def _level_moved(story: Story) -> Expectation:
    kinds = [one.payload["kind"] for one in story.of("command.response_decided")]
    met = "raise" in kinds and "lower" in kinds
    return Expectation("level_raised_and_lowered", met, "、".join(kinds))


def _ended(story: Story) -> Expectation:
    ended = story.of("command.response_decided", kind="end")
    lifted, closed = story.of("monitoring.warning_lifted"), story.of("command.incident_closed")
    met = (
        bool(ended)
        and bool(lifted)
        and len(closed) == len(story.of("command.incident_opened")) == 1
    )
    return Expectation(
        "ended_three_ways",
        met,
        f"终止响应 {len(ended)}，解除预警 {len(lifted)}，结束事件 {len(closed)}",
    )


def _measured(story: Story) -> Expectation:
    readings = story.of("monitoring.readings_received")
    refused = sum(int(one.payload["rejected"]) for one in readings)
    return Expectation(
        "readings_in", bool(readings) and not refused, f"{len(readings)} 批，拒收 {refused} 条"
    )


FLOOD: tuple[Callable[[Story], Expectation], ...] = (
    _warned,
    proposed,
    conferred,
    decided,
    ordered,
    declined,
    escalated,
    settled,
    reported,
    _level_moved,
    _ended,
)
