"""What one may be allowed to do in command, and which roles are."""

from enum import StrEnum

from liandong.kernel.permissions import Role, permitted


class Permission(StrEnum):
    """Named ``app:thing:deed``; kept in alphabetical order of the thing."""

    RECORD_MINUTES = "command:consultation:minute"
    OPEN_CONSULTATION = "command:consultation:open"
    DECIDE_RESPONSE = "command:decision:make"
    CLOSE_INCIDENT = "command:incident:close"
    MOVE_COMMAND = "command:incident:command"
    RECORD_FACTS = "command:incident:facts"
    SET_SEVERITY = "command:incident:grade"
    LOCATE_INCIDENT = "command:incident:locate"
    OPEN_INCIDENT = "command:incident:open"
    READ_INCIDENT = "command:incident:read"
    ANSWER_ORDER = "command:order:answer"
    CHECK_ORDER = "command:order:check"
    ESCALATE_ORDER = "command:order:escalate"
    ISSUE_ORDER = "command:order:issue"
    NOTE_DELIVERY = "command:order:note"
    PROPOSE_LEVEL = "command:proposal:make"
    SET_REPORT_CLOCK = "command:report:clock"
    DRAFT_REPORT = "command:report:draft"
    CALL_REPORT = "command:report:call"
    SEND_REPORT = "command:report:send"


P = Permission
DESK = (
    P.OPEN_INCIDENT,
    P.READ_INCIDENT,
    P.LOCATE_INCIDENT,
    P.RECORD_FACTS,
    P.PROPOSE_LEVEL,
    P.SET_SEVERITY,
    P.ISSUE_ORDER,
    P.NOTE_DELIVERY,
    P.ANSWER_ORDER,
    P.CHECK_ORDER,
    P.OPEN_CONSULTATION,
    P.RECORD_MINUTES,
    P.CALL_REPORT,
    P.DRAFT_REPORT,
    P.SEND_REPORT,
)

permitted(Role.DUTY_OFFICER, *DESK)
permitted(Role.DUTY_LEADER, *DESK, P.CLOSE_INCIDENT, P.DECIDE_RESPONSE)
permitted(
    Role.HEADQUARTERS_OFFICE, *DESK, P.CLOSE_INCIDENT, P.DECIDE_RESPONSE, P.SET_REPORT_CLOCK
)
permitted(
    Role.COMMANDER,
    *DESK,
    P.CLOSE_INCIDENT,
    P.DECIDE_RESPONSE,
    P.MOVE_COMMAND,
)
permitted(Role.UNIT_LIAISON, P.READ_INCIDENT, P.ANSWER_ORDER)
permitted(Role.TOWNSHIP, P.READ_INCIDENT, P.ANSWER_ORDER)
permitted(
    Role.ON_SCENE_COMMANDER,
    P.READ_INCIDENT,
    P.ANSWER_ORDER,
    P.RECORD_FACTS,
    P.LOCATE_INCIDENT,
)
permitted(Role.GROUP_LEADER, P.READ_INCIDENT, P.ANSWER_ORDER)
permitted(Role.TEAM_LEADER, P.READ_INCIDENT, P.ANSWER_ORDER)
permitted(Role.ENTERPRISE, P.READ_INCIDENT, P.ANSWER_ORDER)
permitted(Role.SECURITY_ADMIN, P.SET_REPORT_CLOCK)
