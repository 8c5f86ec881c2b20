"""What a play is expected to show, judged by the journal alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from liandong.demo.facts import facts
from liandong.demo.scenarios.record import Hour
from liandong.demo.scenarios.upstream_flood import UpstreamFlood
from liandong.demo.stage import WITNESS
from liandong.kernel.journal.models import Delivery
from liandong.kernel.journal.reading import Told, cursor, readable, tell
from liandong.kernel.journal.verifying import verify
from liandong.kernel.timers import Timer

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
LEAST_UNITS = 8


@dataclass(frozen=True)
class Expectation:
    """One thing that had to happen, whether it did, and by what one sees it."""

    id: str
    met: bool
    detail: str


class Story:
    """The entries since the curtain rose."""

    def __init__(self, curtain: str) -> None:
        _epoch, after = cursor(curtain)
        links = readable(WITNESS).select_related("entry__payload").filter(position__gt=after)
        self.told = [tell(link) for link in links]

    def of(self, name: str, **said: object) -> list[Told]:
        """Entries of a name whose payload says so."""
        return [
            one
            for one in self.told
            if one.name == name and all(one.payload.get(k) == v for k, v in said.items())
        ]


def judge(told: UpstreamFlood, curtain: str) -> list[Expectation]:
    """Judge a play: a flood has to be answered, and quiet water has to be left alone."""
    story = Story(curtain)
    checks = _flood if crosses(told.record) else _quiet
    return [*checks(story), *_always(story)]


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


def _flood(story: Story) -> Iterator[Expectation]:
    yield from (check(story) for check in FLOOD)


def _quiet(story: Story) -> Iterator[Expectation]:
    warnings = story.of("monitoring.warning_issued") + story.of("monitoring.warning_drafted")
    yield Expectation("no_warning", not warnings, f"发布或拟发预警 {len(warnings)} 次")
    incidents = story.of("command.incident_opened")
    yield Expectation("no_incident", not incidents, f"登记事件 {len(incidents)} 起")


def _always(story: Story) -> Iterator[Expectation]:
    readings = story.of("monitoring.readings_received")
    refused = sum(int(one.payload["rejected"]) for one in readings)
    yield Expectation(
        "readings_in", bool(readings) and not refused, f"{len(readings)} 批，拒收 {refused} 条"
    )
    owed = Delivery.objects.count() + Timer.objects.exclude(attempts=0).count()
    yield Expectation("nothing_owed", owed == 0, f"未办结的投递和计时 {owed} 项")
    report = verify()
    yield Expectation(
        "journal_verified",
        report.verified,
        f"{report.entries} 条，问题 {len(report.troubles)} 处",
    )


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


def _proposed(story: Story) -> Expectation:
    proposals = story.of("command.level_proposed")
    asked = [one for one in proposals if one.payload["open_facts"]]
    return Expectation(
        "proposals_with_reasons",
        bool(proposals) and bool(asked),
        f"{len(proposals)} 次建议，{len(asked)} 次列出未定事实",
    )


def _conferred(story: Story) -> Expectation:
    held, minutes = (
        story.of("command.consultation_closed"),
        story.of("command.minutes_recorded"),
    )
    return Expectation(
        "minutes_kept",
        bool(held) and len(minutes) >= len(held),
        f"会商 {len(held)} 次，纪要 {len(minutes)} 份",
    )


def _decided(story: Story) -> Expectation:
    begun = story.of("command.response_decided", kind="activate")
    whole = [
        x
        for x in begun
        if all(x.payload[k] for k in ("matters", "level_after", "expected_until", "measures"))
    ]
    return Expectation(
        "decision_with_four_elements",
        bool(begun) and len(whole) == len(begun),
        f"启动 {len(begun)} 次，四要素齐全 {len(whole)} 次",
    )


def _ordered(story: Story) -> Expectation:
    bodies = {one.payload["to_body"] for one in story.of("command.order_issued")}
    return Expectation(
        "orders_to_many_units", len(bodies) >= LEAST_UNITS, f"{len(bodies)} 个单位"
    )


def _declined(story: Story) -> Expectation:
    could_not = [
        one for one in story.of("command.order_declined") if one.payload["counter_proposal"]
    ]
    answered = story.of("command.counter_proposal_answered")
    return Expectation(
        "cannot_do_answered",
        len(could_not) == len(answered) == 1,
        f"无法执行 {len(could_not)} 次，答复 {len(answered)} 次",
    )


def _escalated(story: Story) -> Expectation:
    rungs = [int(one.payload["rung"]) for one in story.of("command.order_escalated")]
    highest = max(rungs, default=0)
    return Expectation("escalated_to_second_rung", highest == 2, f"最高催办到第 {highest} 级")


def _settled(story: Story) -> Expectation:
    issued = {one.subject_id for one in story.of("command.order_issued")}
    names = ("checked", "recalled")
    closed = {x.subject_id for name in names for x in story.of(f"command.order_{name}")}
    closed |= {x.subject_id for x in story.of("command.counter_proposal_answered")}
    return Expectation(
        "every_order_settled",
        bool(issued) and issued <= closed,
        f"{len(issued & closed)}/{len(issued)} 道指令办结",
    )


def _reported(story: Story) -> Expectation:
    late = story.of("command.report_deadline_passed")
    sent = [one.payload["kind"] for one in story.of("command.report_sent")]
    met = not late and "first" in sent and sent.count("follow_up") >= 2 and "final" in sent
    counts = {kind: sent.count(kind) for kind in ("first", "follow_up", "final")}
    return Expectation(
        "reports_in_time",
        met,
        f"首报 {counts['first']}，续报 {counts['follow_up']}，终报 {counts['final']}，迟报 {len(late)}",
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


FLOOD: tuple[Callable[[Story], Expectation], ...] = (
    _warned,
    _proposed,
    _conferred,
    _decided,
    _ordered,
    _declined,
    _escalated,
    _settled,
    _reported,
    _level_moved,
    _ended,
)
