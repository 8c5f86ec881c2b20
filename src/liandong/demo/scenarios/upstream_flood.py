"""A real flood comes down the fictional river; the county's people answer through its actions.

Clauses 二(一)2 and 二(二)1-2: from the first reading to the end of the response.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import ClassVar

from liandong.demo.expectations import Expectation, Story
from liandong.demo.scenarios import flood_expectations
from liandong.demo.scenarios.flood_ways import TROUBLE, WAYS
from liandong.demo.scenarios.headquarters import Headquarters
from liandong.demo.scenarios.mapper import Mapper
from liandong.demo.scenarios.record import CHINA, Hour, hours
from liandong.demo.scenarios.reporters import Reporters
from liandong.demo.scenarios.units import Units
from liandong.demo.scenarios.watchers import Watchers
from liandong.demo.stage import Stage
from liandong.kernel.actors import ACTUAL, Actor, system_actor
from liandong.monitoring.actions import record_readings
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.observations import Observation
from liandong.monitoring.states import Quantity

BELOW_TOWN = ("112.436", "27.724")  # where the river leaves the county town
TELEMETRY = "水文遥测接收机"
FLOW_STATION, RAIN_STATION = "90100001", "90100002"
# The curtain rises at six in the morning; what fell before is already in the gauges' memory.
BEGINS = datetime(2012, 8, 3, 6, tzinfo=CHINA)
LASTS = timedelta(hours=76)
ON_ITS_WAY = timedelta(minutes=4)  # from the gauge to the county


@dataclass
class UpstreamFlood:
    """The scenario: its record, and everybody who has a part."""

    hazard: ClassVar[str] = WAYS.hazard
    opens_with: ClassVar[dict[str, str]] = {"entry__actor__label": TELEMETRY}
    shift: timedelta = timedelta()
    rain_factor: Decimal = Decimal(1)
    record: list[Hour] = field(init=False)

    def __post_init__(self) -> None:
        self.record = hours(shift=self.shift, rain_factor=self.rain_factor)

    @property
    def begins(self) -> datetime:
        """When the curtain rises."""
        return BEGINS + self.shift

    @property
    def ends(self) -> datetime:
        """When it falls, whatever is left undone."""
        return self.begins + LASTS

    def set(self, stage: Stage) -> None:
        """Put readings and people on the stage."""
        before = [hour for hour in self.record if hour.at <= self.begins]
        stage.at(self.begins + ON_ITS_WAY, partial(self.report, before))
        for hour in self.record:
            if self.begins < hour.at < self.ends:
                stage.at(hour.at + ON_ITS_WAY, partial(self.report, [hour]))
        Watchers().take_places(stage)
        Headquarters(WAYS).take_places(stage)
        Mapper(WAYS.hazard, *BELOW_TOWN).take_places(stage)
        Units(WAYS.hazard, TROUBLE).take_places(stage)
        Reporters(WAYS.hazard, lambda _facts: {"extent": "沿河低洼地带受威胁"}).take_places(
            stage
        )

    def judge(self, story: Story) -> Iterator[Expectation]:
        """What of it was as it should be."""
        return flood_expectations.judge(self.record, story)

    def report(self, some: Sequence[Hour]) -> None:
        """The telemetry of the hydrology service hands in some hours."""
        readings = []
        for hour in some:
            readings += [
                Observation(RAIN_STATION, Quantity.RAIN, hour.at, hour.rain_mm),
                Observation(FLOW_STATION, Quantity.FLOW, hour.at, hour.flow_m3s),
            ]
        record_readings(
            telemetry(),
            readings=readings,
            source="水文遥测",
            idempotency_key=f"telemetry/{some[-1].at.isoformat()}",
        )


def telemetry() -> Actor:
    """The device that hands in readings."""
    return system_actor("device", TELEMETRY, ACTUAL, Permission.RECORD_READINGS)
