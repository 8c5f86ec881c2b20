"""What a play is expected to show, judged by the journal alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from liandong.demo.cast import is_of
from liandong.demo.stage import WITNESS, Stage
from liandong.kernel.journal.models import Delivery
from liandong.kernel.journal.reading import Told, cursor, readable, tell
from liandong.kernel.journal.verifying import verify
from liandong.kernel.timers import Timer

LEAST_UNITS = 8


@dataclass(frozen=True)
class Expectation:
    """One thing that had to happen, whether it did, and by what one sees it."""

    id: str
    met: bool
    detail: str


class Scenario(Protocol):
    """What a scenario has to be, to be played and judged.

    ``opens_with``: by what its first entry is found, to go on with a play cut off.
    """

    hazard: ClassVar[str]
    opens_with: ClassVar[dict[str, str]]

    @property
    def begins(self) -> datetime:
        """When the curtain rises."""

    @property
    def ends(self) -> datetime:
        """When it falls, whatever is left undone."""

    def set(self, stage: Stage) -> None:
        """Put everybody on the stage."""

    def judge(self, story: "Story") -> Iterator[Expectation]:
        """What of it was as it should be."""


class Story:
    """The entries since the curtain rose, but those of other classes' incidents."""

    def __init__(self, curtain: str, hazard: str) -> None:
        _epoch, after = cursor(curtain)
        links = readable(WITNESS).select_related("entry__payload").filter(position__gt=after)
        self.told = [one for one in map(tell, links) if is_of(one, hazard)]

    def of(self, name: str, **said: object) -> list[Told]:
        """Entries of a name whose payload says so."""
        return [
            one
            for one in self.told
            if one.name == name and all(one.payload.get(k) == v for k, v in said.items())
        ]


def judge(told: Scenario, curtain: str) -> list[Expectation]:
    """Judge a play by what was told since the curtain rose, of its own incidents alone."""
    story = Story(curtain, told.hazard)
    return [*told.judge(story), *_always()]


def _always() -> Iterator[Expectation]:
    owed = Delivery.objects.count() + Timer.objects.exclude(attempts=0).count()
    yield Expectation("nothing_owed", owed == 0, f"未办结的投递和计时 {owed} 项")
    report = verify()
    yield Expectation(
        "journal_verified",
        report.verified,
        f"{report.entries} 条，问题 {len(report.troubles)} 处",
    )


def proposed(story: Story) -> Expectation:
    """Proposals gave reasons, and named what was open."""
    proposals = story.of("command.level_proposed")
    asked = [one for one in proposals if one.payload["open_facts"]]
    return Expectation(
        "proposals_with_reasons",
        bool(proposals) and bool(asked),
        f"{len(proposals)} 次建议，{len(asked)} 次列出未定事实",
    )


def conferred(story: Story) -> Expectation:
    """No consultation without minutes."""
    held, minutes = (
        story.of("command.consultation_closed"),
        story.of("command.minutes_recorded"),
    )
    return Expectation(
        "minutes_kept",
        bool(held) and len(minutes) >= len(held),
        f"会商 {len(held)} 次，纪要 {len(minutes)} 份",
    )


def decided(story: Story) -> Expectation:
    """Whatever was begun says the four elements of the law."""
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


def ordered(story: Story) -> Expectation:
    """Many units were given orders."""
    bodies = {one.payload["to_body"] for one in story.of("command.order_issued")}
    return Expectation(
        "orders_to_many_units", len(bodies) >= LEAST_UNITS, f"{len(bodies)} 个单位"
    )


def declined(story: Story) -> Expectation:
    """Somebody could not do it, and was answered."""
    could_not = [
        one for one in story.of("command.order_declined") if one.payload["counter_proposal"]
    ]
    answered = story.of("command.counter_proposal_answered")
    return Expectation(
        "cannot_do_answered",
        len(could_not) == len(answered) == 1,
        f"无法执行 {len(could_not)} 次，答复 {len(answered)} 次",
    )


def escalated(story: Story) -> Expectation:
    """What nobody answered climbed two rungs."""
    rungs = [int(one.payload["rung"]) for one in story.of("command.order_escalated")]
    highest = max(rungs, default=0)
    return Expectation("escalated_to_second_rung", highest == 2, f"最高催办到第 {highest} 级")


def settled(story: Story) -> Expectation:
    """Every order came to its end."""
    issued = {one.subject_id for one in story.of("command.order_issued")}
    names = ("checked", "recalled")
    closed = {x.subject_id for name in names for x in story.of(f"command.order_{name}")}
    closed |= {x.subject_id for x in story.of("command.counter_proposal_answered")}
    return Expectation(
        "every_order_settled",
        bool(issued) and issued <= closed,
        f"{len(issued & closed)}/{len(issued)} 道指令办结",
    )


def reported(story: Story) -> Expectation:
    """Reports of every kind went up, none too late."""
    late = story.of("command.report_deadline_passed")
    sent = [one.payload["kind"] for one in story.of("command.report_sent")]
    met = not late and "first" in sent and sent.count("follow_up") >= 2 and "final" in sent
    counts = {kind: sent.count(kind) for kind in ("first", "follow_up", "final")}
    return Expectation(
        "reports_in_time",
        met,
        f"首报 {counts['first']}，续报 {counts['follow_up']}，终报 {counts['final']}，迟报 {len(late)}",
    )
