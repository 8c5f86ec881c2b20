"""What one may be allowed to do about drills, and which roles are."""

from enum import StrEnum

from liandong.kernel.permissions import Role, permitted


class Permission(StrEnum):
    """Named ``app:thing:deed``; kept in alphabetical order of the thing."""

    CONVERT_DRILL = "evaluation:drill:convert"
    PLAN_DRILL = "evaluation:drill:plan"
    READ_DRILL = "evaluation:drill:read"
    REPORT_DRILL = "evaluation:drill:report"
    RUN_DRILL = "evaluation:drill:run"
    CHECK_IMPROVEMENT = "evaluation:improvement:check"
    FINISH_IMPROVEMENT = "evaluation:improvement:finish"
    ASK_IMPROVEMENT = "evaluation:improvement:make"
    DELIVER_INJECT = "evaluation:inject:deliver"
    WRITE_INJECT = "evaluation:inject:write"
    NOTE_OBSERVATION = "evaluation:observation:note"


P = Permission
PLAYERS = (
    Role.UNIT_LIAISON,
    Role.TOWNSHIP,
    Role.VILLAGE_INFORMANT,
    Role.ON_SCENE_COMMANDER,
    Role.GROUP_LEADER,
    Role.TEAM_LEADER,
    Role.EXPERT,
    Role.ENTERPRISE,
    Role.INFORMATION_OFFICE,
    Role.FINANCE,
)
DESK = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.HEADQUARTERS_OFFICE, Role.COMMANDER)

for role in (*DESK, *PLAYERS):
    permitted(role, P.READ_DRILL, P.NOTE_OBSERVATION, P.FINISH_IMPROVEMENT)
# Besides, only whoever is enrolled as a controller of that drill.
for role in (*DESK, Role.EXPERT):
    permitted(role, P.RUN_DRILL, P.DELIVER_INJECT, P.WRITE_INJECT)
for role in (Role.DUTY_LEADER, Role.HEADQUARTERS_OFFICE):
    permitted(role, P.PLAN_DRILL, P.REPORT_DRILL, P.ASK_IMPROVEMENT, P.CHECK_IMPROVEMENT)
# What was played becomes real by whoever may say so of an emergency.
for role in (Role.DUTY_LEADER, Role.HEADQUARTERS_OFFICE, Role.COMMANDER):
    permitted(role, P.CONVERT_DRILL)
