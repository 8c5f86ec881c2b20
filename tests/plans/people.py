"""Shared rows of the plans' tests: a plan in force, and a run of it."""

from liandong.kernel.permissions import Role
from liandong.plans.actions import adopt_version, start_run
from liandong.plans.queries import shipped_text
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.people import office

INCIDENT = "0198aaaa-0000-7000-8000-000000000001"


def adopted(text=None):
    return adopt_version(office(), text=text or shipped_text("flood"))


def started(version=None, *, actor=None, level="III", **more):
    return start_run(
        actor or office(),
        version=version or adopted(),
        subject_kind="command.incident",
        subject_id=INCIDENT,
        level=level,
        incident=INCIDENT,
        **more,
    )


def office_client():
    """A browser of somebody at the headquarters' office."""
    return entered(make.holder(Role.HEADQUARTERS_OFFICE))
