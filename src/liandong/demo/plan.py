"""The fictional county's plans, and by when it reports upward."""

from liandong.command import actions as command
from liandong.command.permissions import Permission as Command
from liandong.command.queries import usual_clocks
from liandong.demo.county import County
from liandong.demo.facts import facts
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.plans import actions as plans
from liandong.plans.permissions import Permission as Plans
from liandong.plans.queries import shipped_text


def adopt_plans(county: County) -> None:
    """Put the plans for floods and forest fires and the measures for warnings into force, and the usual clocks of reports upward."""
    builder = system_actor("node", county.builder.label, ACTUAL, *Plans, *Command)
    for name in ("flood", "forest_fire", "warning_measures"):
        plans.adopt_version(builder, text=shipped_text(name))
    for clock in usual_clocks():
        command.set_report_clock(builder, **{**clock, "to": facts()["superior"]["short"]})
