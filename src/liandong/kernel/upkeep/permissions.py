"""What one may be allowed to do with the journal itself."""

from enum import StrEnum

from liandong.kernel.permissions import Role, permitted


class Permission(StrEnum):
    """Kept in alphabetical order."""

    ERASE_PAYLOAD = "kernel:payload:erase"
    READ_JOURNAL = "kernel:journal:read"
    RETRY_DELIVERY = "kernel:delivery:retry"
    RETRY_TIMER = "kernel:timer:retry"


permitted(Role.SYSTEM_ADMIN, Permission.RETRY_DELIVERY, Permission.RETRY_TIMER)
permitted(Role.AUDIT_ADMIN, Permission.READ_JOURNAL, Permission.ERASE_PAYLOAD)
permitted(Role.DUTY_OFFICER, Permission.READ_JOURNAL)
permitted(Role.DUTY_LEADER, Permission.READ_JOURNAL)
permitted(Role.COMMANDER, Permission.READ_JOURNAL)
permitted(Role.HEADQUARTERS_OFFICE, Permission.READ_JOURNAL)
