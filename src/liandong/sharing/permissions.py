"""What one may be allowed to do with the registers and in rounds of reporting."""

from enum import StrEnum

from liandong.kernel.permissions import Role, ordinary, permitted


class Permission(StrEnum):
    """Kept in alphabetical order. ``KEEP_ANY`` reaches beyond the records of one's own body."""

    APPROVE_BULLETIN = "sharing:bulletin:approve"
    CHECK_RETURN = "sharing:return:check"
    COMPILE_BULLETIN = "sharing:bulletin:compile"
    CONFIRM_RECORD = "sharing:record:confirm"
    DISTRIBUTE_BULLETIN = "sharing:bulletin:distribute"
    ENTER_RECORD = "sharing:record:enter"
    INSPECT_RECORD = "sharing:record:inspect"
    KEEP_ANY = "sharing:record:keep_any"
    MERGE_RECORDS = "sharing:record:merge"
    NAME_GOODS = "sharing:goods:name"
    OPEN_ROUND = "sharing:round:open"
    READ_SENSITIVE = "sharing:record:read_sensitive"
    REMIND_ROUND = "sharing:round:remind"
    SAVE_VIEW = "sharing:view:save"
    SIGN_BULLETIN = "sharing:bulletin:sign"
    SUBMIT_RETURN = "sharing:return:submit"
    TAKE_RECORDS = "sharing:record:take"
    WITHDRAW_RECORD = "sharing:record:withdraw"


MACHINES = {Role.DEVICE, Role.PEER_NODE, Role.PUBLIC}
KEEPING = (
    Permission.CONFIRM_RECORD,
    Permission.ENTER_RECORD,
    Permission.INSPECT_RECORD,
    Permission.SIGN_BULLETIN,
    Permission.SUBMIT_RETURN,
    Permission.TAKE_RECORDS,
    Permission.WITHDRAW_RECORD,
)

permitted(
    Role.HEADQUARTERS_OFFICE,
    *KEEPING,
    Permission.APPROVE_BULLETIN,
    Permission.CHECK_RETURN,
    Permission.COMPILE_BULLETIN,
    Permission.DISTRIBUTE_BULLETIN,
    Permission.KEEP_ANY,
    Permission.MERGE_RECORDS,
    Permission.NAME_GOODS,
    Permission.OPEN_ROUND,
    Permission.READ_SENSITIVE,
)
permitted(Role.UNIT_LIAISON, *KEEPING)
permitted(Role.TOWNSHIP, *KEEPING)
permitted(Role.ENTERPRISE, Permission.CONFIRM_RECORD, Permission.ENTER_RECORD)
permitted(Role.VILLAGE_INFORMANT, Permission.INSPECT_RECORD)
# In an emergency the desk rings whoever is named, whichever unit named them.
for role in (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.ON_SCENE_COMMANDER):
    permitted(role, Permission.READ_SENSITIVE)

for role in Role:
    if role not in MACHINES:
        permitted(role, Permission.SAVE_VIEW)

ordinary(Permission.READ_SENSITIVE, Permission.SAVE_VIEW)
