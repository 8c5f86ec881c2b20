"""Those who are at the fire: what they see comes in piece by piece, and command goes there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from liandong.command import actions as command
from liandong.command import queries
from liandong.command.states import DecisionKind
from liandong.demo.cast import at_post, of_hazard
from liandong.demo.stage import WITNESS, Habit, Reaction, Stage
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.reading import Told
from liandong.organization.queries import body_by_key, post_by_key

GOING_OUT = timedelta(minutes=21)
GATHERING = timedelta(minutes=12)
TURNING = timedelta(minutes=95)
CLIMBING = timedelta(minutes=9)
LOOKING_ROUND = timedelta(minutes=5)
LEAVING = timedelta(minutes=50)
OFFICE, DEPUTY, HOST = (
    "forest-fire-office.director",
    "forest-fire-hq.executive-deputy",
    "township-7",
)


@dataclass(frozen=True)
class Word:
    """What somebody tells by telephone some time after the first call; who, and what of it."""

    after: timedelta
    source: str
    facts: Mapping[str, Any]


def _word(minutes: int, source: str, **facts: Any) -> Word:
    return Word(timedelta(minutes=minutes), source, facts)


WORDS = (
    _word(14, "东岭乡值班室", burned_ha=26, wind_force=4, spreading=True),
    _word(48, "县消防大队前方指挥员", spreading=True),
    _word(76, "县应急局无人机组", burned_ha=31),
    _word(110, "县林业局", sensitive=True, affected_forest_ha="8.5", open_flame_hours=2),
    _word(131, "县卫健局（120）", serious_injuries=0, deaths=0, missing=0),
    _word(170, "县气象局", wind_force=3),
    _word(229, "前方指挥员", spreading=True, open_flame_hours=4),
    _word(238, "前方指挥员", spreading=False),
    _word(243, "前方指挥员", open_flame_out=True),
)


@dataclass
class Front:
    """Whoever is on the mountain, and the desk that writes down what they say."""

    hazard: str
    ignited_before: timedelta
    stage: Stage | None = None

    def take_places(self, stage: Stage) -> None:
        """Answer what happens at the fire."""
        self.stage = stage
        habits: list[tuple[str, Habit]] = [
            ("command.incident_opened", self.watch),
            ("command.response_decided", self.send_help),
            ("command.response_decided", self.go_out),
            ("command.field_post_opened", self.gather),
            ("command.field_group_set", self.turn),
            ("command.order_finished", self.look_round),
            ("command.order_checked", self.let_go),
            ("command.response_decided", self.leave),
        ]
        for name, habit in habits:
            stage.when(name, of_hazard(self.hazard, habit))

    def watch(self, told: Told) -> None:
        """Telephone again and again, whatever there is to tell."""
        if self.stage:
            for at, word in enumerate(WORDS):
                deed = partial(
                    self.tell, told.subject_id, f"front/{told.subject_id}/{at}", word
                )
                self.stage.at(told.at + word.after, deed)

    def tell(self, incident: str, key: str, word: Word) -> None:
        """Have it written down; how long it burns out of control is read off the clock."""
        found = queries.incident_for(WITNESS, incident)
        facts = dict(word.facts)
        if facts.get("spreading"):
            burns = clock.now(ACTUAL) - found.received_at + self.ignited_before
            facts["uncontrolled_minutes"] = int(burns.total_seconds()) // 60
        command.record_incident_facts(
            at_post("emergency.duty-officer"),
            incident=found,
            facts=facts,
            source=f"{word.source}电话",
            idempotency_key=key,
        )

    def send_help(self, told: Told) -> Reaction | None:
        """Order by hand what the plan cannot know: which villages, which township's team."""
        if told.payload["kind"] != DecisionKind.ACTIVATE:
            return None

        def deed() -> None:
            for to, text, within in (
                ("township-7", "转移鹰嘴岩脚下 2 个村民组 63 人到乡中心小学", 120),
                ("township-9", "半专业队增援南线，开设 600 米隔离带", 150),
            ):
                command.issue_order(
                    at_post(OFFICE),
                    incident=queries.incident_for(WITNESS, told.incident),
                    to_post=post_by_key(f"{to}.liaison"),
                    text=text,
                    acknowledge_within=timedelta(minutes=5),
                    finish_within=timedelta(minutes=within),
                    idempotency_key=f"help/{told.subject_id}/{to}",
                )

        return Reaction(CLIMBING, deed)

    def go_out(self, told: Told) -> Reaction | None:
        """Set up command on the spot."""
        if told.payload["kind"] != DecisionKind.ACTIVATE:
            return None

        def deed() -> None:
            command.open_field_post(
                at_post(DEPUTY),
                incident=queries.incident_for(WITNESS, told.incident),
                commander=post_by_key(f"{HOST}.head"),
                place="东岭乡鹰嘴岩林场场部",
                idempotency_key=f"field/{told.subject_id}",
            )

        return Reaction(GOING_OUT, deed)

    def gather(self, told: Told) -> Reaction:
        """The commander on the spot says who fights the fire, and with whom."""

        def deed() -> None:
            post = queries.field_post_for(WITNESS, told.subject_id)
            command.set_field_group(
                at_post(f"{HOST}.head"),
                field_post=post,
                group="firefighting",
                leader=post_by_key("fire-rescue.deputy"),
                members=[body_by_key(key) for key in ("forestry", "armed-police", HOST)],
                expected_version=post.version,
                idempotency_key=f"group/{post.pk}",
            )

        return Reaction(GATHERING, deed)

    def turn(self, told: Told) -> Reaction:
        """The wind turns; what is done otherwise is told at once."""

        def deed() -> None:
            post = queries.field_post_for(WITNESS, told.subject_id)
            command.note_field_adjustment(
                at_post(f"{HOST}.head"),
                field_post=post,
                text="南线改为依托林道设防，主力转到东线",
                reason="风向转北，南坡火头回落",
                idempotency_key=f"turn/{post.pk}",
            )

        return Reaction(TURNING, deed)

    def look_round(self, told: Told) -> Reaction | None:
        """Those who guarded the ground say that nothing smokes any more."""
        word = Word(LOOKING_ROUND, "火场看守单位", {"smoke_out": True})
        key = f"smoke/{told.subject_id}"
        if told.payload["step"] != "guard":
            return None
        return Reaction(LOOKING_ROUND, lambda: self.tell(told.incident, key, word))

    def let_go(self, told: Told) -> Reaction | None:
        """Once it was looked at, the office lets them go."""
        if queries.order_for(WITNESS, told.subject_id).step != "guard":
            return None

        def deed() -> None:
            command.record_incident_facts(
                at_post(OFFICE),
                incident=queries.incident_for(WITNESS, told.incident),
                facts={"withdrawal_approved": True},
                source="县森防指办公室验收",
                idempotency_key=f"approve/{told.subject_id}",
            )

        return Reaction(LOOKING_ROUND, deed)

    def leave(self, told: Told) -> Reaction | None:
        """Withdraw command from the spot, a decision of its own."""
        if told.payload["kind"] != DecisionKind.END:
            return None

        def deed() -> None:
            post = queries.standing_field_post(queries.incident_for(WITNESS, told.incident))
            if post:
                command.close_field_post(
                    at_post(DEPUTY),
                    field_post=post,
                    reason="火场验收合格，移交东岭乡巡护",
                    expected_version=post.version,
                    idempotency_key=f"leave/{post.pk}",
                )

        return Reaction(LEAVING, deed)
