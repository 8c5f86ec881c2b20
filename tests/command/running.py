"""Plans that hold every kind of step, for tests of how they are carried out."""

from liandong.command.models import Order, StepTask
from liandong.plans.queries import steps_of
from tests.command import county as places

LEVEL = """
language: 1
plan: {plan}
title: {title}
kind: special
hazard: {hazard}
headquarters: flood-hq
levels:
  IV:
    source: {{status: assumed}}
    when: {{any: [{{rainstorm_signal: {{at_least: 橙}}}}]}}
    decides: {{all_of: [flood-office.director]}}
    expected: P1D
    steps:
"""


def plan(*steps, key="town", title="示例县城区排涝预案", hazard="11A"):
    """A plan of one level with these steps, in force."""
    lines = "".join(f"      - {{{step}}}\n" for step in steps)
    return places.plan(LEVEL.format(plan=key, title=title, hazard=hazard) + lines)


def begun(county, incident, *steps, **more):
    """A run of such a plan, decided upon."""
    version = plan(*steps, **more)
    return places.decide(county.office, incident, version).response.run


def order_of(run, step):
    return Order.objects.filter(run=run, step=step).latest("number")


def task_of(run, step):
    return StepTask.objects.filter(run=run, step=step).latest("turn")


def finished(actor, order):
    """Read back, accepted and done by its unit."""
    from liandong.command.actions import finish_order

    order = places.accepted(actor, order, back=order.text)
    return finish_order(actor, order=order, text="办完", expected_version=order.version)


def declined(actor, order):
    from liandong.command.actions import decline_order

    return decline_order(actor, order=order, reason="没有船", expected_version=order.version)


def step_in(run, step):
    return {one.id: one for one in steps_of(run)}[step]
