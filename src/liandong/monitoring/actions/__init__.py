"""What monitoring can do."""

from liandong.monitoring.actions.filing import file_statistics, sign_filings
from liandong.monitoring.actions.filing_round import ring_statistic_form, urge_filings
from liandong.monitoring.actions.filings_sheet import FilingRow, plan_filings, take_filings
from liandong.monitoring.actions.judgement import judge_reading, set_limits
from liandong.monitoring.actions.reading import record_readings
from liandong.monitoring.actions.station import SeriesSpec, register_station
from liandong.monitoring.actions.stations_sheet import StationRow, plan_stations, take_stations
from liandong.monitoring.actions.statistic_form import (
    FormSpec,
    set_statistic_form,
    withdraw_statistic_form,
)
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
    "FilingRow",
    "FormSpec",
    "Observation",
    "Refusal",
    "SeriesSpec",
    "StationRow",
    "adjust_warning",
    "discard_warning",
    "draft_warning",
    "file_statistics",
    "issue_warning",
    "judge_reading",
    "lift_warning",
    "plan_filings",
    "plan_stations",
    "propose_lifting",
    "record_readings",
    "register_station",
    "ring_statistic_form",
    "set_limits",
    "set_rainstorm_signals",
    "set_statistic_form",
    "set_threshold",
    "sign_filings",
    "take_filings",
    "take_stations",
    "urge_filings",
    "withdraw_statistic_form",
]
