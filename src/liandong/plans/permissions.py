"""What one may be allowed to do with plans, facts and runs."""

from enum import StrEnum

from liandong.kernel.permissions import Role, ordinary, permitted


class Permission(StrEnum):
    """Kept in alphabetical order."""

    ADOPT_VERSION = "plans:version:adopt"
    ADVANCE_VERSION = "plans:version:advance"
    APPROVE_VERSION = "plans:version:approve"
    ATTACH_FILE = "plans:version:attach_file"
    CHANGE_RUN_LEVEL = "plans:run:change_level"
    DRAFT_VERSION = "plans:version:draft"
    END_RUN = "plans:run:end"
    FILE_VERSION = "plans:version:file"
    GIVE_OPINION = "plans:opinion:give"
    ISSUE_VERSION = "plans:version:issue"
    LET_STEP_FALL_DUE = "plans:step:let_fall_due"
    RECORD_FACTS = "plans:fact:record"
    REMIND_OF_DUTY = "plans:duty:remind"
    REPEAL_VERSION = "plans:version:repeal"
    REPLAN_RUN = "plans:run:replan"
    REVIEW_VERSION = "plans:version:review"
    START_RUN = "plans:run:start"


RUNNING = (
    Permission.START_RUN,
    Permission.CHANGE_RUN_LEVEL,
    Permission.REPLAN_RUN,
    Permission.END_RUN,
)

permitted(
    Role.COMMANDER,
    *RUNNING,
    Permission.APPROVE_VERSION,
    Permission.ATTACH_FILE,
    Permission.RECORD_FACTS,
    Permission.REPEAL_VERSION,
)
permitted(
    Role.HEADQUARTERS_OFFICE,
    *RUNNING,
    Permission.ADOPT_VERSION,
    Permission.ADVANCE_VERSION,
    Permission.ATTACH_FILE,
    Permission.DRAFT_VERSION,
    Permission.FILE_VERSION,
    Permission.GIVE_OPINION,
    Permission.ISSUE_VERSION,
    Permission.RECORD_FACTS,
    Permission.REVIEW_VERSION,
)
permitted(Role.DUTY_LEADER, Permission.RECORD_FACTS)
permitted(Role.DUTY_OFFICER, Permission.RECORD_FACTS)
permitted(Role.ON_SCENE_COMMANDER, Permission.RECORD_FACTS, Permission.REPLAN_RUN)
ANSWERING = (Permission.ATTACH_FILE, Permission.GIVE_OPINION, Permission.RECORD_FACTS)
permitted(Role.TOWNSHIP, *ANSWERING)
permitted(Role.UNIT_LIAISON, *ANSWERING)

ordinary(Permission.RECORD_FACTS)
