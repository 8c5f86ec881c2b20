"""What may be asked of monitoring."""

from liandong.monitoring.queries.batches import is_intact, leaves_of, proof_of
from liandong.monitoring.queries.facts import Fact, facts_now
from liandong.monitoring.queries.hydrographs import Hydrograph, hydrograph
from liandong.monitoring.queries.proposals import proposal_for, warnings_without_cause
from liandong.monitoring.queries.stations import (
    active_crossings,
    latest_readings,
    readings_between,
    series_by_place,
    station_by_code,
    stations,
)
from liandong.monitoring.queries.warnings import (
    active_warnings,
    drafts_for,
    may_issue,
    warnings_for,
)

__all__ = [
    "Fact",
    "Hydrograph",
    "active_crossings",
    "active_warnings",
    "drafts_for",
    "facts_now",
    "hydrograph",
    "is_intact",
    "latest_readings",
    "leaves_of",
    "may_issue",
    "proof_of",
    "proposal_for",
    "readings_between",
    "series_by_place",
    "station_by_code",
    "stations",
    "warnings_for",
    "warnings_without_cause",
]
