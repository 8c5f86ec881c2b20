"""What monitoring can do."""

from liandong.monitoring.actions.call_out import call_out_warning
from liandong.monitoring.actions.datastream import map_datastream
from liandong.monitoring.actions.filing import file_statistics, sign_filings
from liandong.monitoring.actions.filing_round import ring_statistic_form, urge_filings
from liandong.monitoring.actions.filings_sheet import FilingRow, plan_filings, take_filings
from liandong.monitoring.actions.inlet import Delivery, Span, take_messages
from liandong.monitoring.actions.issuing import (
    adjust_warning,
    approve_warning,
    issue_warning,
    return_warning,
    urge_approval,
)
from liandong.monitoring.actions.issuing_rule import drop_issuing_rule, set_issuing_rule
from liandong.monitoring.actions.judgement import judge_reading, set_limits
from liandong.monitoring.actions.meeting import (
    add_topic,
    answer_meeting,
    call_meeting,
    cancel_meeting,
    freeze_pack,
    give_meeting_opinion,
    note_arrival,
    open_meeting,
)
from liandong.monitoring.actions.meeting_decision import (
    accept_decision,
    decide_in_meeting,
    finish_decision,
    urge_decision,
    withdraw_decision,
)
from liandong.monitoring.actions.meeting_minutes import (
    close_meeting,
    receive_minutes,
    record_meeting_minutes,
    sign_meeting_minutes,
)
from liandong.monitoring.actions.meeting_plan import (
    MeetingPlanSpec,
    call_planned_meeting,
    set_meeting_plan,
)
from liandong.monitoring.actions.reach import set_reach
from liandong.monitoring.actions.reading import record_readings
from liandong.monitoring.actions.received import (
    note_received,
    receive_warning,
    take_over_received,
)
from liandong.monitoring.actions.rule import (
    ConditionSpec,
    retire_threshold,
    set_rule,
    set_weather_signals,
)
from liandong.monitoring.actions.station import SeriesSpec, register_station
from liandong.monitoring.actions.stations_sheet import StationRow, plan_stations, take_stations
from liandong.monitoring.actions.statistic_form import (
    FormSpec,
    set_statistic_form,
    withdraw_statistic_form,
)
from liandong.monitoring.actions.threshold import drawn_up, set_rainstorm_signals, set_threshold
from liandong.monitoring.actions.total import count_totals
from liandong.monitoring.actions.warning import (
    discard_warning,
    draft_warning,
    lift_warning,
    note_expiry,
    propose_lifting,
)
from liandong.monitoring.actions.warning_template import (
    drop_warning_template,
    set_warning_template,
)
from liandong.monitoring.signals.observations import Observation, Refusal

__all__ = [
    "ConditionSpec",
    "Delivery",
    "FilingRow",
    "FormSpec",
    "MeetingPlanSpec",
    "Observation",
    "Refusal",
    "SeriesSpec",
    "Span",
    "StationRow",
    "accept_decision",
    "add_topic",
    "adjust_warning",
    "answer_meeting",
    "approve_warning",
    "call_meeting",
    "call_out_warning",
    "call_planned_meeting",
    "cancel_meeting",
    "close_meeting",
    "count_totals",
    "decide_in_meeting",
    "discard_warning",
    "draft_warning",
    "drawn_up",
    "drop_issuing_rule",
    "drop_warning_template",
    "file_statistics",
    "finish_decision",
    "freeze_pack",
    "give_meeting_opinion",
    "issue_warning",
    "judge_reading",
    "lift_warning",
    "map_datastream",
    "note_arrival",
    "note_expiry",
    "note_received",
    "open_meeting",
    "plan_filings",
    "plan_stations",
    "propose_lifting",
    "receive_minutes",
    "receive_warning",
    "record_meeting_minutes",
    "record_readings",
    "register_station",
    "retire_threshold",
    "return_warning",
    "ring_statistic_form",
    "set_issuing_rule",
    "set_limits",
    "set_meeting_plan",
    "set_rainstorm_signals",
    "set_reach",
    "set_rule",
    "set_statistic_form",
    "set_threshold",
    "set_warning_template",
    "set_weather_signals",
    "sign_filings",
    "sign_meeting_minutes",
    "take_filings",
    "take_messages",
    "take_over_received",
    "take_stations",
    "urge_approval",
    "urge_decision",
    "urge_filings",
    "withdraw_decision",
    "withdraw_statistic_form",
]
