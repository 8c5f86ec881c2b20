"""What may be asked of monitoring."""

from liandong.monitoring.queries.batches import is_intact, leaves_of, proof_of
from liandong.monitoring.queries.charts import chart_of
from liandong.monitoring.queries.facts import Fact, facts_now
from liandong.monitoring.queries.handover import warnings_in_force
from liandong.monitoring.queries.hydrographs import Hydrograph, hydrograph
from liandong.monitoring.queries.proposals import liftable, proposal_for, warnings_without_cause
from liandong.monitoring.queries.sparks import Spark, sparks_of
from liandong.monitoring.queries.stations import (
    active_crossings,
    bounds_missing,
    bounds_of,
    every_series,
    gravest_crossings,
    latest_readings,
    measured_at,
    rain_now,
    readings_between,
    recent_readings,
    series_by_place,
    shown,
    station_by_code,
    stations,
    strip_of,
)
from liandong.monitoring.queries.warnings import (
    active_warnings,
    drafts_for,
    elements,
    may_issue,
    may_lift,
    warnings_for,
)

__all__ = [
    "Fact",
    "Hydrograph",
    "Spark",
    "active_crossings",
    "active_warnings",
    "bounds_missing",
    "bounds_of",
    "chart_of",
    "drafts_for",
    "elements",
    "every_series",
    "facts_now",
    "gravest_crossings",
    "hydrograph",
    "is_intact",
    "latest_readings",
    "leaves_of",
    "liftable",
    "may_issue",
    "may_lift",
    "measured_at",
    "proof_of",
    "proposal_for",
    "rain_now",
    "readings_between",
    "recent_readings",
    "series_by_place",
    "shown",
    "sparks_of",
    "station_by_code",
    "stations",
    "strip_of",
    "warnings_for",
    "warnings_in_force",
    "warnings_without_cause",
]
