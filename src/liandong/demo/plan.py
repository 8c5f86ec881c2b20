"""The fictional county's plans, by when it reports upward, and the words of its orders."""

from datetime import timedelta

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
    """Put the plans for floods and forest fires and the measures for warnings into force, the usual clocks of reports upward, and words of orders."""
    builder = system_actor("node", county.builder.label, ACTUAL, *Plans, *Command)
    for name in ("flood", "forest_fire", "warning_measures"):
        plans.adopt_version(builder, text=shipped_text(name))
    for clock in usual_clocks():
        command.set_report_clock(builder, **{**clock, "to": facts()["superior"]["short"]})
    for one in facts()["order_phrases"]:
        command.keep_order_phrase(
            builder,
            text=one["text"],
            hazard=one.get("hazard", ""),
            acknowledge_within=timedelta(minutes=one["acknowledge"]),
            finish_within=timedelta(minutes=one["finish"]) if "finish" in one else None,
            needs_proof=one.get("proof", []),
        )
