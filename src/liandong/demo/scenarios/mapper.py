"""The duty officer who finds the place on the map once the incident is entered."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial

from liandong.command import actions as command
from liandong.command import queries
from liandong.demo.cast import at_post, of_hazard
from liandong.demo.stage import WITNESS, Reaction, Stage
from liandong.kernel.journal.reading import Told

LOOKING = timedelta(minutes=3)


@dataclass(frozen=True)
class Mapper:
    """Locates the incidents of a class, all at one place: a scenario has one."""

    hazard: str
    lon: str
    lat: str

    def take_places(self, stage: Stage) -> None:
        """Answer every incident that is entered."""
        stage.when("command.incident_opened", of_hazard(self.hazard, self.look))

    def look(self, told: Told) -> Reaction:
        """Look for the place."""
        return Reaction(LOOKING, partial(self.locate, told.subject_id))

    def locate(self, incident: str) -> None:
        """Fix it, unless somebody was faster."""
        found = queries.incident_for(WITNESS, incident)
        if found.lon is None and found.is_open:
            command.locate_incident(
                at_post("emergency.duty-officer"),
                incident=found,
                lon=Decimal(self.lon),
                lat=Decimal(self.lat),
                expected_version=found.version,
                idempotency_key=f"locate/{incident}",
            )
