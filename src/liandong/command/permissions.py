"""What one may be allowed to do in command, and which roles are."""

from enum import StrEnum

from liandong.kernel.permissions import Role, ordinary, permitted


class Permission(StrEnum):
    """Named ``app:thing:deed``; kept in alphabetical order of the thing."""

    DRAFT_ACTION_PLAN = "command:action_plan:draft"
    SIGN_ACTION_PLAN = "command:action_plan:sign"
    ASSIGN_RESOURCE = "command:assignment:make"
    FILE_WITH_CONGRESS = "command:congress_filing:file"
    JOIN_CONSULTATION = "command:consultation:join"
    RECORD_MINUTES = "command:consultation:minute"
    OPEN_CONSULTATION = "command:consultation:open"
    SIGN_MINUTES = "command:consultation:sign"
    DESTROY_COPIES = "command:copy:destroy"
    DECIDE_RESPONSE = "command:decision:make"
    COMPILE_DIGEST = "command:digest:compile"
    ISSUE_DIGEST = "command:digest:issue"
    EVACUATE = "command:evacuation:record"
    APPOINT_FIELD_COMMANDER = "command:field_post:appoint"
    CLOSE_FIELD_POST = "command:field_post:close"
    SET_FIELD_GROUP = "command:field_post:group"
    HAND_OVER_FIELD = "command:field_post:hand_over"
    WRITE_FIELD_LOG = "command:field_post:log"
    NOTE_FIELD_ADJUSTMENT = "command:field_post:note"
    OPEN_FIELD_POST = "command:field_post:open"
    SIGN_FIELD_PEOPLE = "command:field_post:sign"
    ATTACH_FILE = "command:incident:attach"
    CHOOSE_FACT = "command:incident:choose"
    CLOSE_INCIDENT = "command:incident:close"
    MOVE_COMMAND = "command:incident:command"
    CORRECT_INCIDENT = "command:incident:correct"
    RECORD_FACTS = "command:incident:facts"
    SET_SEVERITY = "command:incident:grade"
    LINK_INCIDENTS = "command:incident:link"
    LOCATE_INCIDENT = "command:incident:locate"
    MERGE_INCIDENTS = "command:incident:merge"
    NOTE_INCIDENT = "command:incident:note"
    OPEN_INCIDENT = "command:incident:open"
    READ_INCIDENT = "command:incident:read"
    RECORD_INSTRUCTION = "command:instruction:record"
    TRACE_MISSING = "command:missing_person:trace"
    ANSWER_ORDER = "command:order:answer"
    CHECK_ORDER = "command:order:check"
    ESCALATE_ORDER = "command:order:escalate"
    ISSUE_ORDER = "command:order:issue"
    NOTE_DELIVERY = "command:order:note"
    KEEP_ORDER_PHRASE = "command:order:phrase"
    PROPOSE_LEVEL = "command:proposal:make"
    SET_REPORT_CLOCK = "command:report:clock"
    DRAFT_REPORT = "command:report:draft"
    CALL_REPORT = "command:report:call"
    SEND_REPORT = "command:report:send"
    DRAW_ROUTE = "command:route:draw"
    WITHDRAW_ROUTE = "command:route:withdraw"
    ESCALATE_SIGNAL = "command:signal:escalate"
    RAISE_SIGNAL = "command:signal:raise"
    TAKE_SIGNAL = "command:signal:take"
    DECLARE_SPECIAL_PERIOD = "command:special_period:declare"
    LAPSE_SPECIAL_PERIOD = "command:special_period:lapse"
    LIFT_SPECIAL_PERIOD = "command:special_period:lift"
    REPLAN_STEPS = "command:step:replan"
    RECEIVE_SUPERIOR_ORDER = "command:superior_order:receive"
    ANSWER_TASK = "command:task:answer"
    ANSWER_TRANSFER = "command:transfer:answer"


P = Permission
DESK = (
    P.OPEN_INCIDENT,
    P.READ_INCIDENT,
    P.CORRECT_INCIDENT,
    P.LINK_INCIDENTS,
    P.LOCATE_INCIDENT,
    P.MERGE_INCIDENTS,
    P.DRAW_ROUTE,
    P.WITHDRAW_ROUTE,
    P.ATTACH_FILE,
    P.NOTE_INCIDENT,
    P.RECORD_FACTS,
    P.PROPOSE_LEVEL,
    P.SET_SEVERITY,
    P.ISSUE_ORDER,
    P.ASSIGN_RESOURCE,
    P.RECORD_INSTRUCTION,
    P.NOTE_DELIVERY,
    P.ANSWER_ORDER,
    P.ANSWER_TASK,
    P.CHECK_ORDER,
    P.DRAFT_ACTION_PLAN,
    P.OPEN_CONSULTATION,
    P.RECORD_MINUTES,
    P.CALL_REPORT,
    P.DRAFT_REPORT,
    P.SEND_REPORT,
    P.COMPILE_DIGEST,
    P.ISSUE_DIGEST,
    P.FILE_WITH_CONGRESS,
    P.RECEIVE_SUPERIOR_ORDER,
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
permitted(Role.UNIT_LIAISON, P.READ_INCIDENT, P.ANSWER_ORDER, P.ANSWER_TASK, P.ATTACH_FILE)
permitted(Role.TOWNSHIP, P.READ_INCIDENT, P.ANSWER_ORDER, P.ANSWER_TASK, P.ATTACH_FILE)
permitted(
    Role.ON_SCENE_COMMANDER,
    P.READ_INCIDENT,
    P.ANSWER_ORDER,
    P.ANSWER_TASK,
    P.ATTACH_FILE,
    P.NOTE_INCIDENT,
    P.RECORD_FACTS,
    P.LOCATE_INCIDENT,
    P.DRAW_ROUTE,
    P.WITHDRAW_ROUTE,
)
permitted(
    Role.GROUP_LEADER,
    P.READ_INCIDENT,
    P.ANSWER_ORDER,
    P.ANSWER_TASK,
    P.ATTACH_FILE,
    P.NOTE_INCIDENT,
)
permitted(Role.TEAM_LEADER, P.READ_INCIDENT, P.ANSWER_ORDER, P.ANSWER_TASK, P.ATTACH_FILE)
permitted(Role.ENTERPRISE, P.READ_INCIDENT, P.ANSWER_ORDER, P.ANSWER_TASK, P.ATTACH_FILE)
permitted(Role.SECURITY_ADMIN, P.SET_REPORT_CLOCK)

# Whoever is called to a consultation answers, comes and says what they think; whom, the deeds ask.
for role in (
    Role.DUTY_OFFICER,
    Role.DUTY_LEADER,
    Role.HEADQUARTERS_OFFICE,
    Role.COMMANDER,
    Role.UNIT_LIAISON,
    Role.TOWNSHIP,
    Role.ON_SCENE_COMMANDER,
    Role.GROUP_LEADER,
    Role.TEAM_LEADER,
    Role.ENTERPRISE,
    Role.EXPERT,
):
    permitted(role, P.JOIN_CONSULTATION)

# Who puts their name under what was decided together.
for role in (Role.DUTY_LEADER, Role.HEADQUARTERS_OFFICE, Role.COMMANDER):
    permitted(role, P.SIGN_MINUTES, P.SIGN_ACTION_PLAN)

# Whoever answers the county's telephones; whoever may make them ring.
for role in (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.HEADQUARTERS_OFFICE):
    permitted(role, P.TAKE_SIGNAL)
for role in (
    Role.DUTY_OFFICER,
    Role.DUTY_LEADER,
    Role.HEADQUARTERS_OFFICE,
    Role.UNIT_LIAISON,
    Role.TOWNSHIP,
    Role.VILLAGE_INFORMANT,
    Role.TEAM_LEADER,
    Role.ENTERPRISE,
    Role.DEVICE,
):
    permitted(role, P.RAISE_SIGNAL)

# Which of several figures is reported, a person of the office says.
for role in (Role.DUTY_LEADER, Role.HEADQUARTERS_OFFICE, Role.COMMANDER):
    permitted(role, P.CHOOSE_FACT)

# What came in and is somebody else's: taken over or sent back by whom it was handed to.
for role in (
    Role.DUTY_OFFICER,
    Role.DUTY_LEADER,
    Role.HEADQUARTERS_OFFICE,
    Role.UNIT_LIAISON,
    Role.TOWNSHIP,
):
    permitted(role, P.ANSWER_TRANSFER)

# Who may depart from a plan while it is being carried out.
for role in (Role.DUTY_LEADER, Role.HEADQUARTERS_OFFICE, Role.COMMANDER):
    permitted(role, P.REPLAN_STEPS)

# Who keeps the words of orders ready.
for role in (Role.DUTY_LEADER, Role.HEADQUARTERS_OFFICE, Role.COMMANDER):
    permitted(role, P.KEEP_ORDER_PHRASE)

# Who declares, or enters as declared, what gives special powers, and who lifts it.
for role in (Role.DUTY_LEADER, Role.HEADQUARTERS_OFFICE, Role.COMMANDER):
    permitted(role, P.DECLARE_SPECIAL_PERIOD, P.LIFT_SPECIAL_PERIOD)

# Who sets up command on the spot, and withdraws it; whoever is put in command there may be anybody.
for role in (Role.DUTY_LEADER, Role.HEADQUARTERS_OFFICE, Role.COMMANDER):
    permitted(role, P.OPEN_FIELD_POST, P.APPOINT_FIELD_COMMANDER, P.CLOSE_FIELD_POST)
for role in (
    Role.DUTY_OFFICER,
    Role.DUTY_LEADER,
    Role.HEADQUARTERS_OFFICE,
    Role.COMMANDER,
    Role.ON_SCENE_COMMANDER,
    Role.GROUP_LEADER,
    Role.TEAM_LEADER,
    Role.UNIT_LIAISON,
    Role.TOWNSHIP,
):
    permitted(role, P.EVACUATE, P.TRACE_MISSING)
    permitted(role, P.WRITE_FIELD_LOG, P.HAND_OVER_FIELD)
    permitted(role, P.SET_FIELD_GROUP, P.NOTE_FIELD_ADJUSTMENT, P.SIGN_FIELD_PEOPLE)

ordinary(
    P.DRAFT_ACTION_PLAN,
    P.OPEN_INCIDENT,
    P.LOCATE_INCIDENT,
    P.DRAW_ROUTE,
    P.WITHDRAW_ROUTE,
    P.ATTACH_FILE,
    P.NOTE_INCIDENT,
    P.RECORD_FACTS,
    P.PROPOSE_LEVEL,
    P.NOTE_DELIVERY,
    P.SIGN_FIELD_PEOPLE,
    P.WRITE_FIELD_LOG,
    P.EVACUATE,
    P.TRACE_MISSING,
    P.ANSWER_ORDER,
    P.ANSWER_TASK,
    P.ANSWER_TRANSFER,
    P.JOIN_CONSULTATION,
    P.RECORD_MINUTES,
    P.CALL_REPORT,
    P.DRAFT_REPORT,
    P.RAISE_SIGNAL,
    P.RECEIVE_SUPERIOR_ORDER,
    P.TAKE_SIGNAL,
)
