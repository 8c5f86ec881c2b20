"""Which plans answer an incident, and what their text says."""

from collections.abc import Iterable

from liandong.command.models import Incident, Response, StepTask
from liandong.command.states import ResponseState
from liandong.organization import queries as organization
from liandong.organization.models import Body
from liandong.plans import queries as plans
from liandong.plans.language import Plan
from liandong.plans.models import PlanVersion


def plan_of(version: PlanVersion) -> Plan:
    """A version as a plan of the language."""
    return plans.plan_of(version)


def plans_for(classes: Iterable[str]) -> list[PlanVersion]:
    """The versions in force whose hazard belongs to a family, the most particular first."""
    codes = tuple(classes)
    answering = [
        version
        for version in plans.versions_in_force()
        if version.hazard.startswith(codes)
        or any(code.startswith(version.hazard) for code in codes)
    ]
    return sorted(answering, key=lambda version: -len(version.hazard))


def plans_answering(incident: Incident, classes: Iterable[str]) -> list[PlanVersion]:
    """Those of the incident's family, and those another plan asked for or that are in force in it."""
    active = Response.objects.filter(incident=incident, state=ResponseState.ACTIVE)
    wanted = set(active.values_list("plan", flat=True))
    wanted |= set(StepTask.objects.filter(incident=incident).values_list("plan", flat=True))
    found = plans_for(classes)
    held = {version.key for version in found}
    more = plans.versions_in_force().filter(key__in=sorted(wanted - held))
    return [*found, *more]


def headquarters_of(plan: Plan) -> Body | None:
    """The headquarters a plan names; None while the county has not set it up."""
    return organization.all_bodies().filter(key=plan.headquarters).first()
