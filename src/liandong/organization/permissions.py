"""What one may be allowed to do with the organization and its accounts."""

from enum import StrEnum

from liandong.kernel.permissions import Role, ordinary, permitted


class Permission(StrEnum):
    """Kept in alphabetical order."""

    ASSIGN_RESPONSIBILITY = "organization:responsibility:assign"
    ASK_SWAP = "organization:swap:ask"
    BIND_IDENTITY = "organization:identity:bind"
    CALL_ROLL = "organization:roll_call:call"
    CHANGE_PASSWORD = "organization:password:change"  # noqa: S105 -- a name
    CREATE_ACCOUNT = "organization:account:create"
    CREATE_BODY = "organization:body:create"
    CREATE_PERSON = "organization:person:create"
    CREATE_POST = "organization:post:create"
    END_APPOINTMENT = "organization:appointment:end"
    END_SESSIONS = "organization:session:end"
    ENTER_CALENDAR = "organization:calendar:enter"
    ENTER_LEAVE = "organization:leave:enter"
    ENROLL_DESK = "organization:desk:enroll"
    FOUND_COUNTY = "organization:county:found"
    HAND_OVER = "organization:handover:sign"
    KEEP_DESK = "organization:desk:keep"
    KEEP_LEAVE = "organization:leave:keep"
    KEEP_PHONE_RECORD = "organization:phone_record:keep"
    LAY_BODY_ROSTER = "organization:roster:lay_body"
    LAY_ROSTER = "organization:roster:lay"
    LOCATE_BODY = "organization:body:locate"
    LOCK_ACCOUNT = "organization:account:lock"
    MAKE_APPOINTMENT = "organization:appointment:make"
    READ_ACCOUNTS = "organization:account:read"
    READ_ADMINISTRATORS = "organization:administrator:read"
    READ_SETUP = "organization:setup:read"
    RECORD_INTAKE = "organization:intake:record"
    RECORD_SIGN_IN = "organization:sign_in:record"
    REGISTER_DEVICE = "organization:device:register"
    REMOVE_PERSON = "organization:person:remove"
    MERGE_BODY = "organization:body:merge"
    RENAME_BODY = "organization:body:rename"
    RESET_PASSWORD = "organization:password:reset"  # noqa: S105 -- a name
    RESET_PIN = "organization:pin:reset"
    RESET_SECOND_FACTOR = "organization:second_factor:reset"
    ROTATE_TOKEN = "organization:token:rotate"  # noqa: S105 -- a name
    SET_DUTY = "organization:duty:set"
    SET_SECOND_FACTOR_ROLES = "organization:second_factor:require"
    SET_ROLES = "organization:role:set"
    SWAP_SHIFT = "organization:shift:swap"
    UNLOCK_ACCOUNT = "organization:account:unlock"
    USE_OWN_ACCOUNT = "organization:account:use"


# Whoever has an account may look after it, whatever posts it leads to.
OWN = frozenset(
    {
        Permission.ASK_SWAP,
        Permission.CHANGE_PASSWORD,
        Permission.ENTER_LEAVE,
        Permission.USE_OWN_ACCOUNT,
    }
)

# The duty-room machine keeps the list of who is on duty at it; nobody else does. A roll-call and
# the telephone's book are the daily round of whoever sits there.
ordinary(Permission.KEEP_DESK, Permission.CALL_ROLL, Permission.KEEP_PHONE_RECORD)

# Whoever holds one of these always proves themselves twice at the door; a county may add others.
SECOND_FACTOR_ROLES = frozenset(
    {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.COMMANDER}
)

# Three administrators, none of whom can do another's work (GB/T 22239, 三员分离): one builds the
# structure, one lets people in, one reads what both did.
permitted(
    Role.SYSTEM_ADMIN,
    Permission.CREATE_BODY,
    Permission.LOCATE_BODY,
    Permission.MERGE_BODY,
    Permission.RENAME_BODY,
    Permission.CREATE_POST,
    Permission.CREATE_PERSON,
    Permission.SET_DUTY,
    Permission.READ_ADMINISTRATORS,
)
permitted(
    Role.SECURITY_ADMIN,
    Permission.READ_ADMINISTRATORS,
    Permission.CREATE_PERSON,
    Permission.MAKE_APPOINTMENT,
    Permission.END_APPOINTMENT,
    Permission.SET_ROLES,
    Permission.SET_SECOND_FACTOR_ROLES,
    Permission.READ_ACCOUNTS,
    Permission.CREATE_ACCOUNT,
    Permission.LOCK_ACCOUNT,
    Permission.UNLOCK_ACCOUNT,
    Permission.RESET_PASSWORD,
    Permission.RESET_PIN,
    Permission.RESET_SECOND_FACTOR,
    Permission.BIND_IDENTITY,
    Permission.END_SESSIONS,
    Permission.REGISTER_DEVICE,
    Permission.ROTATE_TOKEN,
)
permitted(Role.AUDIT_ADMIN, Permission.READ_ACCOUNTS, Permission.READ_ADMINISTRATORS)
permitted(
    Role.HEADQUARTERS_OFFICE,
    Permission.CREATE_PERSON,
    Permission.MAKE_APPOINTMENT,
    Permission.END_APPOINTMENT,
    Permission.SET_DUTY,
)
permitted(Role.DUTY_LEADER, Permission.LAY_ROSTER, Permission.SWAP_SHIFT)
permitted(Role.DUTY_OFFICER, Permission.SWAP_SHIFT)
permitted(Role.HEADQUARTERS_OFFICE, Permission.LAY_ROSTER, Permission.SWAP_SHIFT)
# Who answers for what, and who is away, those above the people keep; units for their own.
for role in (Role.HEADQUARTERS_OFFICE, Role.UNIT_LIAISON, Role.TOWNSHIP):
    permitted(role, Permission.ASSIGN_RESPONSIBILITY)
for role in (Role.HEADQUARTERS_OFFICE, Role.DUTY_LEADER, Role.UNIT_LIAISON, Role.TOWNSHIP):
    permitted(role, Permission.ENTER_LEAVE, Permission.KEEP_LEAVE)
for role in (Role.SECURITY_ADMIN, Role.HEADQUARTERS_OFFICE):
    permitted(role, Permission.REMOVE_PERSON)
for role in (Role.HEADQUARTERS_OFFICE, Role.UNIT_LIAISON, Role.TOWNSHIP):
    permitted(role, Permission.LAY_BODY_ROSTER)
for role in (Role.DUTY_OFFICER, Role.DUTY_LEADER):
    permitted(role, Permission.HAND_OVER)
for role in (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.HEADQUARTERS_OFFICE):
    permitted(role, Permission.CALL_ROLL, Permission.KEEP_PHONE_RECORD)
permitted(Role.HEADQUARTERS_OFFICE, Permission.ENTER_CALENDAR)
# Whoever may take a spreadsheet in; what its rows do asks for permissions of its own.
for role in (
    Role.SYSTEM_ADMIN,
    Role.SECURITY_ADMIN,
    Role.HEADQUARTERS_OFFICE,
    Role.DUTY_LEADER,
    Role.UNIT_LIAISON,
):
    permitted(role, Permission.RECORD_INTAKE)
for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.HEADQUARTERS_OFFICE):
    permitted(role, Permission.READ_SETUP)
