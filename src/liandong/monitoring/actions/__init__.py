"""What monitoring can do."""

from liandong.monitoring.actions.judgement import judge_reading, set_limits
from liandong.monitoring.actions.reading import record_readings
from liandong.monitoring.actions.station import SeriesSpec, register_station
from liandong.monitoring.actions.stations_sheet import StationRow, plan_stations, take_stations
from liandong.monitoring.actions.threshold import set_rainstorm_signals, set_threshold
from liandong.monitoring.actions.warning import (
    adjust_warning,
    discard_warning,
    draft_warning,
    issue_warning,
    lift_warning,
    propose_lifting,
)
from liandong.monitoring.signals.observations import Observation, Refusal

__all__ = [
    "Observation",
    "Refusal",
    "SeriesSpec",
    "StationRow",
    "adjust_warning",
    "discard_warning",
    "draft_warning",
    "issue_warning",
    "judge_reading",
    "lift_warning",
    "plan_stations",
    "propose_lifting",
    "record_readings",
    "register_station",
    "set_limits",
    "set_rainstorm_signals",
    "set_threshold",
    "take_stations",
]
