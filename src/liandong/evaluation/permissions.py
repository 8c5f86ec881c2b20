"""What one may be allowed to do about drills, and which roles are."""

from enum import StrEnum

from liandong.kernel.permissions import Role, permitted


class Permission(StrEnum):
    """Named ``app:thing:deed``; kept in alphabetical order of the thing."""

    PLAN_DRILL = "evaluation:drill:plan"
    READ_DRILL = "evaluation:drill:read"
    RUN_DRILL = "evaluation:drill:run"
    DELIVER_INJECT = "evaluation:inject:deliver"
    WRITE_INJECT = "evaluation:inject:write"


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
    permitted(role, P.READ_DRILL)
# Besides, only whoever is enrolled as a controller of that drill.
for role in (*DESK, Role.EXPERT):
    permitted(role, P.RUN_DRILL, P.DELIVER_INJECT, P.WRITE_INJECT)
for role in (Role.DUTY_LEADER, Role.HEADQUARTERS_OFFICE):
    permitted(role, P.PLAN_DRILL)
