"""What one may be allowed to do in messaging."""

from enum import StrEnum

from liandong.kernel.permissions import Role, ordinary, permitted


class Permission(StrEnum):
    """Kept in alphabetical order."""

    DIAL = "messaging:call:dial"
    KEEP_CALL_LIST = "messaging:call_list:keep"
    START_CALL_OUT = "messaging:call_out:start"
    STOP_CALL_OUT = "messaging:call_out:stop"
    RECORD_ANSWER = "messaging:callee:record"
    EDIT_ANY_CONTACT = "messaging:contact_point:edit_any"
    EDIT_CONTACT = "messaging:contact_point:edit"
    READ_MESSAGE = "messaging:message:read"
    RECORD_OUTCOME = "messaging:receipt:record"
    RESEND = "messaging:receipt:resend"
    SEND_MESSAGE = "messaging:message:send"
    TAKE_PHONE_BOOK = "messaging:phone_book:take"


MACHINES = {Role.DEVICE, Role.PEER_NODE, Role.PUBLIC}
DESK = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.HEADQUARTERS_OFFICE)
SENDERS = (
    *DESK,
    Role.COMMANDER,
    Role.ON_SCENE_COMMANDER,
    Role.GROUP_LEADER,
    Role.UNIT_LIAISON,
    Role.TOWNSHIP,
)

for role in Role:
    if role not in MACHINES:
        permitted(role, Permission.EDIT_CONTACT, Permission.READ_MESSAGE)
for role in SENDERS:
    permitted(role, Permission.SEND_MESSAGE)
for role in DESK:
    permitted(role, Permission.RECORD_OUTCOME, Permission.RESEND)
    permitted(
        role, Permission.START_CALL_OUT, Permission.STOP_CALL_OUT, Permission.RECORD_ANSWER
    )
permitted(Role.COMMANDER, Permission.START_CALL_OUT, Permission.STOP_CALL_OUT)
# Whoever issues a warning calls out for it.
permitted(Role.UNIT_LIAISON, Permission.START_CALL_OUT, Permission.STOP_CALL_OUT)
# They go to the door, and say what came of it.
permitted(Role.TOWNSHIP, Permission.RECORD_ANSWER)
permitted(Role.VILLAGE_INFORMANT, Permission.RECORD_ANSWER)
permitted(Role.DEVICE, Permission.DIAL)
permitted(Role.DUTY_OFFICER, Permission.EDIT_ANY_CONTACT)
permitted(Role.SECURITY_ADMIN, Permission.EDIT_ANY_CONTACT)
# The office keeps the county's telephone list.
permitted(
    Role.HEADQUARTERS_OFFICE,
    Permission.EDIT_ANY_CONTACT,
    Permission.TAKE_PHONE_BOOK,
    Permission.KEEP_CALL_LIST,
)
permitted(Role.SECURITY_ADMIN, Permission.TAKE_PHONE_BOOK)

ordinary(
    Permission.READ_MESSAGE,
    Permission.RECORD_ANSWER,
    Permission.RECORD_OUTCOME,
    Permission.RESEND,
    # A warning in force calls for it; waiting for a signature costs the minutes it is about.
    Permission.START_CALL_OUT,
)
