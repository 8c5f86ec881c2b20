"""What one may be allowed to do in monitoring."""

from enum import StrEnum

from liandong.kernel.permissions import Role, ordinary, permitted


class Permission(StrEnum):
    """Named ``app:thing:deed``; kept in alphabetical order."""

    FILE_STATISTICS = "monitoring:filing:file"
    SIGN_FILINGS = "monitoring:filing:sign"
    URGE_FILINGS = "monitoring:filing:urge"
    SET_FORM = "monitoring:form:set"
    ATTEND_MEETING = "monitoring:meeting:attend"
    CALL_MEETING = "monitoring:meeting:call"
    SIGN_MINUTES = "monitoring:meeting:sign"
    CORRECT_READINGS = "monitoring:reading:correct"
    JUDGE_READINGS = "monitoring:reading:judge"
    RECORD_READINGS = "monitoring:reading:record"
    NOTE_RECEIVED = "monitoring:received:note"
    RECEIVE_WARNING = "monitoring:received:take"
    REGISTER_STATION = "monitoring:station:register"
    SET_THRESHOLD = "monitoring:threshold:set"
    ADJUST_WARNING = "monitoring:warning:adjust"
    CALL_OUT = "monitoring:warning:call_out"
    APPROVE_WARNING = "monitoring:warning:approve"
    DISCARD_WARNING = "monitoring:warning:discard"
    DRAFT_WARNING = "monitoring:warning:draft"
    ISSUE_WARNING = "monitoring:warning:issue"
    LIFT_WARNING = "monitoring:warning:lift"
    SET_ISSUING = "monitoring:warning:set_issuing"
    SET_TEMPLATE = "monitoring:warning:set_template"


WARNINGS = (
    Permission.DRAFT_WARNING,
    Permission.ISSUE_WARNING,
    Permission.ADJUST_WARNING,
    Permission.LIFT_WARNING,
    Permission.DISCARD_WARNING,
)

RECEIVED = (Permission.RECEIVE_WARNING, Permission.NOTE_RECEIVED)

permitted(Role.DEVICE, Permission.RECORD_READINGS, Permission.RECEIVE_WARNING)
permitted(Role.PEER_NODE, Permission.RECORD_READINGS, Permission.RECEIVE_WARNING)
permitted(
    Role.DUTY_OFFICER,
    Permission.RECORD_READINGS,
    Permission.CORRECT_READINGS,
    Permission.JUDGE_READINGS,
    Permission.DRAFT_WARNING,
    Permission.URGE_FILINGS,
    *RECEIVED,
)
permitted(
    Role.DUTY_LEADER,
    *WARNINGS,
    *RECEIVED,
    Permission.APPROVE_WARNING,
    Permission.URGE_FILINGS,
)
permitted(
    Role.HEADQUARTERS_OFFICE,
    Permission.REGISTER_STATION,
    Permission.SET_THRESHOLD,
    Permission.CORRECT_READINGS,
    Permission.JUDGE_READINGS,
    Permission.APPROVE_WARNING,
    Permission.SET_ISSUING,
    Permission.SET_TEMPLATE,
    Permission.SET_FORM,
    Permission.CALL_MEETING,
    Permission.ATTEND_MEETING,
    Permission.SIGN_MINUTES,
    Permission.FILE_STATISTICS,
    Permission.SIGN_FILINGS,
    Permission.URGE_FILINGS,
)
permitted(Role.TOWNSHIP, Permission.FILE_STATISTICS, Permission.ATTEND_MEETING)
permitted(Role.COMMANDER, Permission.APPROVE_WARNING, Permission.SIGN_MINUTES)
permitted(
    Role.UNIT_LIAISON,
    Permission.RECORD_READINGS,
    Permission.CORRECT_READINGS,
    Permission.JUDGE_READINGS,
    Permission.REGISTER_STATION,
    Permission.SET_THRESHOLD,
    Permission.ATTEND_MEETING,
    Permission.FILE_STATISTICS,
    Permission.SIGN_FILINGS,
    *WARNINGS,
)

for role in (
    Role.DUTY_OFFICER,
    Role.DUTY_LEADER,
    Role.HEADQUARTERS_OFFICE,
    Role.COMMANDER,
    Role.UNIT_LIAISON,
):
    permitted(role, Permission.CALL_OUT)

ordinary(
    *RECEIVED,
    Permission.CALL_OUT,
    Permission.DRAFT_WARNING,
    Permission.RECORD_READINGS,
    Permission.URGE_FILINGS,
)
