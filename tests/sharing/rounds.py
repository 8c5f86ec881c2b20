"""A round of reporting among a few units, as tests play it."""

from dataclasses import replace
from datetime import timedelta

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.permissions import Role
from liandong.organization.models import Body
from liandong.sharing.actions import enter_record, open_round, submit_return
from liandong.sharing.models import Return
from tests.people import actor
from tests.sharing.conftest import row
from tests.sharing.people import keeper_of

KINDS = ("risk_source",)


def clerk_of(office, person=""):
    """Somebody of an office."""
    scopes = frozenset({"public", "county", "duty", f"body:{office.pk}"})
    made = actor(
        Role.HEADQUARTERS_OFFICE, body=str(office.pk), label=f"{office}", scopes=scopes
    )
    return replace(made, person=person)


def opened(office, bodies, *, title="二季度风险源报送", kinds=KINDS, days=5, **more):
    return open_round(
        clerk_of(office),
        office=office,
        title=title,
        kinds=kinds,
        bodies=bodies,
        due_at=clock.now(ACTUAL) + timedelta(days=days),
        **more,
    )


def entered(body, name="后山滑坡", **more):
    return enter_record(keeper_of(body), kind="risk_source", row=row(body, name=name, **more))


def return_of(round_, body):
    return Return.objects.select_related("round__office", "body").get(round=round_, body=body)


def submitted(round_, body, **more):
    one = return_of(round_, body)
    said = {"confirms_rest": True, "expected_version": one.version, **more}
    return submit_return(keeper_of(body), row=one, **said)


def body_of(key):
    return Body.objects.get(key=key)
