import pytest

from liandong.command.models import Incident
from liandong.kernel.actors import ACTUAL
from liandong.kernel.permissions import Role
from liandong.kernel.worker import work_until_quiet
from liandong.organization.queries import actor_for
from tests.command import county
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db
URL = "/command/rehearsal/"


def ticked(client):
    response = client.get(URL)
    assert response.status_code == 200, response.content.decode()
    return [done for _lesson, done in response.context["steps"]]


def test_a_rehearsal_is_a_realm_of_its_own_and_ticks_what_was_done():
    account = make.holder(Role.DUTY_OFFICER)
    client = entered(account)

    client.post(f"{URL}enter/")
    inside = client.get(URL)
    realm = client.session["realm"]
    county.incident(actor_for(account, realm=realm))
    work_until_quiet(epoch=1)

    assert "data-drill" in inside.content.decode()
    assert ticked(client) == [True, False, False, False, False, False, False]
    assert Incident.objects.get().realm == realm != ACTUAL


def test_what_is_rehearsed_is_not_seen_outside():
    account = make.holder(Role.DUTY_OFFICER)
    client = entered(account)
    client.post(f"{URL}enter/")
    incident = county.incident(actor_for(account, realm=client.session["realm"]))

    seen = client.get(f"/command/incidents/{incident.pk}/").status_code
    client.post(f"{URL}leave/")

    assert (seen, client.get(f"/command/incidents/{incident.pk}/").status_code) == (200, 404)
    assert ticked(client) == [False] * 7


def test_nothing_of_the_county_is_changed_from_within():
    client = entered(make.system_admin())
    session = client.session
    session["realm"] = "rehearsal-20261124"
    session.save()

    sent = {
        "key": "x",
        "name": "县林业局",
        "kind": "unit",
        "management": "county",
        "order": "0",
    }

    assert client.post("/organization/bodies/new/", sent).status_code == 403


def test_who_may_read_no_incidents_does_not_enter():
    client = entered(make.audit_admin())
    may = client.get(URL).status_code

    assert may in {200, 403}
    assert client.post(f"{URL}enter/").status_code == (303 if may == 200 else 403)
    assert client.get(f"{URL}enter/").status_code == 405
