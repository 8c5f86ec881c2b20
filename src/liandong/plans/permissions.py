"""What one may be allowed to do with plans, facts and runs."""

from enum import StrEnum

from liandong.kernel.permissions import Role, ordinary, permitted


class Permission(StrEnum):
    """Kept in alphabetical order."""

    ADOPT_VERSION = "plans:version:adopt"
    CHANGE_RUN_LEVEL = "plans:run:change_level"
    DRAFT_VERSION = "plans:version:draft"
    END_RUN = "plans:run:end"
    LET_STEP_FALL_DUE = "plans:step:let_fall_due"
    RECORD_FACTS = "plans:fact:record"
    REPLAN_RUN = "plans:run:replan"
    START_RUN = "plans:run:start"


RUNNING = (
    Permission.START_RUN,
    Permission.CHANGE_RUN_LEVEL,
    Permission.REPLAN_RUN,
    Permission.END_RUN,
)

permitted(Role.COMMANDER, *RUNNING, Permission.RECORD_FACTS)
permitted(
    Role.HEADQUARTERS_OFFICE,
    *RUNNING,
    Permission.ADOPT_VERSION,
    Permission.DRAFT_VERSION,
    Permission.RECORD_FACTS,
)
permitted(Role.DUTY_LEADER, Permission.RECORD_FACTS)
permitted(Role.DUTY_OFFICER, Permission.RECORD_FACTS)
permitted(Role.ON_SCENE_COMMANDER, Permission.RECORD_FACTS, Permission.REPLAN_RUN)
permitted(Role.TOWNSHIP, Permission.RECORD_FACTS)
permitted(Role.UNIT_LIAISON, Permission.RECORD_FACTS)

ordinary(Permission.RECORD_FACTS)
