import pytest

from liandong.kernel.permissions import Role
from liandong.monitoring.actions import Refusal
from liandong.organization.actions import RoleScope
from liandong.organization.queries import actor_for
from tests.factories import organization as make
from tests.monitoring.conftest import flowed, send
from tests.monitoring.counting import queries_of

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
LIST = "/monitoring/devices/"
ILL = Refusal(30, "value", "“坏”不是数。", "请填数字。")


@pytest.fixture
def office(client, db):
    client.force_login(make.holder(Role.HEADQUARTERS_OFFICE), BACKEND)
    return client


def device(number, **more):
    return make.device(f"gauge-{number}", token=f"{number}" * 40, **more)


def test_who_is_silent_and_what_was_refused_is_shown(office, flow):
    speaking = device(1)
    device(2)
    send(flowed([900, 901]), actor=actor_for(speaking), refused=[ILL])

    page = office.get(LIST).content.decode()

    assert "有拒收" in page
    assert "没有报送" in page
    assert page.index("gauge-2") < page.index("gauge-1")


def test_a_device_tells_why_rows_were_refused(office, flow):
    speaking = device(1)
    send(flowed([900]), actor=actor_for(speaking), refused=[ILL])

    page = office.get(f"{LIST}{speaking.pk}/").content.decode()

    assert "“坏”不是数。" in page
    assert "第 30 条" in page


def test_a_silent_device_says_so(office):
    page = office.get(f"{LIST}{device(1).pk}/").content.decode()

    assert "从未报送" in page
    assert "没有被拒收的读数。" in page


def test_a_unit_sees_its_own_devices_alone(client, water, weather):
    own, other = device(1, body=water), device(2, body=weather)
    liaison = RoleScope(Role.UNIT_LIAISON, body=str(water.pk))
    client.force_login(make.holder(liaison, at=water), BACKEND)

    page = client.get(LIST).content.decode()

    assert "gauge-1" in page
    assert "gauge-2" not in page
    assert client.get(f"{LIST}{own.pk}/").status_code == 200
    assert client.get(f"{LIST}{other.pk}/").status_code == 404


def test_whoever_looks_after_no_station_sees_none(client):
    client.force_login(make.holder(Role.EXPERT), BACKEND)

    assert client.get(LIST).status_code == 403


def test_more_devices_ask_no_more_queries(office):
    device(1)
    office.get(LIST)  # what is read once for all pages
    one = queries_of(office, LIST)
    device(2)
    device(3)

    assert queries_of(office, LIST) == one
