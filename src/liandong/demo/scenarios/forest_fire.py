"""A forest burns in the fictional county; it begins with a call in the night that says little.

Clauses 二(二)1-3: from the call to the guarding of the ground and the end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from liandong.command import actions as command
from liandong.command.rules.call import Told
from liandong.command.states import SignalChannel
from liandong.demo.cast import at_post
from liandong.demo.expectations import Expectation, Story
from liandong.demo.scenarios import fire_expectations
from liandong.demo.scenarios.fire_ways import TROUBLE, WAYS
from liandong.demo.scenarios.front import Front
from liandong.demo.scenarios.headquarters import Headquarters
from liandong.demo.scenarios.mapper import Mapper
from liandong.demo.scenarios.record import CHINA
from liandong.demo.scenarios.reporters import Reporters
from liandong.demo.scenarios.units import Units
from liandong.demo.stage import Stage
from liandong.plans.language import Known

BEGINS = datetime(2026, 4, 3, 4, tzinfo=CHINA)
LASTS = timedelta(hours=19)
RINGS = timedelta(minutes=2)
IGNITED_BEFORE = timedelta(minutes=12)
EAGLE_ROCK = ("112.572", "27.838")
CALLER, NUMBER = "东岭乡鹰嘴岩林场护林员", "尾号 5518"
WHAT = "山上起火了，风往东边吹，火还在蔓延，天黑看不清多大，林场的人正往山上赶"


@dataclass
class ForestFire:
    """The scenario: a call, and everybody who has a part."""

    hazard: ClassVar[str] = WAYS.hazard
    opens_with: ClassVar[dict[str, str]] = {"entry__name": "command.call_registered"}
    shift: timedelta = timedelta()

    @property
    def begins(self) -> datetime:
        """When the curtain rises."""
        return BEGINS + self.shift

    @property
    def ends(self) -> datetime:
        """When it falls, whatever is left undone."""
        return self.begins + LASTS

    def set(self, stage: Stage) -> None:
        """Put the call and the people on the stage."""
        stage.at(self.begins + RINGS, self.ring)
        # In a running node somebody is awaited all the time, whatever there is to do just now.
        stage.at(self.ends, lambda: None)
        Headquarters(WAYS).take_places(stage)
        Mapper(WAYS.hazard, *EAGLE_ROCK).take_places(stage)
        Units(WAYS.hazard, TROUBLE).take_places(stage)
        Front(WAYS.hazard, IGNITED_BEFORE).take_places(stage)
        Reporters(WAYS.hazard, _said, closing=timedelta(minutes=100)).take_places(stage)

    def ring(self) -> None:
        """The duty officer writes down what little the caller can tell."""
        at = self.begins + RINGS
        command.register_call(
            at_post("emergency.duty-officer"),
            told=Told(
                channel=SignalChannel.PHONE,
                caller=CALLER,
                number=NUMBER,
                received_at=at,
                occurred="十来分钟前",
                occurred_at=at - IGNITED_BEFORE,
                hazard=WAYS.hazard,
                place="东岭乡鹰嘴岩东坡",
                what=WHAT,
                measures="已让林场 12 人带风力灭火机上山，请求支援",
                asked={"burned_ha": None, "open_flame_out": False, "spreading": True},
            ),
            idempotency_key=f"call/{at.isoformat()}",
        )

    def judge(self, story: Story) -> Iterator[Expectation]:
        """What of it was as it should be."""
        return fire_expectations.judge(story)


def _said(facts: Mapping[str, Known]) -> dict[str, str]:
    """Damage and trend as far as anybody has seen them; burned area is not affected forest."""
    said = {}
    if burned := facts.get("burned_ha"):
        said["extent"] = f"过火面积约 {burned.value} 公顷"
        if affected := facts.get("affected_forest_ha"):
            said["extent"] += f"，其中受害森林面积 {affected.value} 公顷"
    if (spreading := facts.get("spreading")) and burned:
        said["trend"] = "火势仍在蔓延" if spreading.value else "火势得到控制，不再蔓延"
    if (out := facts.get("open_flame_out")) and out.value:
        said["trend"] = "明火已扑灭，正在清理看守火场"
    if (smoke := facts.get("smoke_out")) and smoke.value:
        said["trend"] = "火场已无火、无烟"
    return said
