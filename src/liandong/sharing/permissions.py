"""What one may be allowed to do with the registers."""

from enum import StrEnum

from liandong.kernel.permissions import Role, ordinary, permitted


class Permission(StrEnum):
    """Kept in alphabetical order. ``KEEP_ANY`` reaches beyond the records of one's own body."""

    CONFIRM_RECORD = "sharing:record:confirm"
    ENTER_RECORD = "sharing:record:enter"
    INSPECT_RECORD = "sharing:record:inspect"
    KEEP_ANY = "sharing:record:keep_any"
    READ_SENSITIVE = "sharing:record:read_sensitive"
    SAVE_VIEW = "sharing:view:save"
    TAKE_RECORDS = "sharing:record:take"
    WITHDRAW_RECORD = "sharing:record:withdraw"


MACHINES = {Role.DEVICE, Role.PEER_NODE, Role.PUBLIC}
KEEPING = (
    Permission.CONFIRM_RECORD,
    Permission.ENTER_RECORD,
    Permission.INSPECT_RECORD,
    Permission.TAKE_RECORDS,
    Permission.WITHDRAW_RECORD,
)

permitted(Role.HEADQUARTERS_OFFICE, *KEEPING, Permission.KEEP_ANY, Permission.READ_SENSITIVE)
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
