import pytest

from liandong.kernel.permissions import Role
from liandong.monitoring.actions import issue_warning
from liandong.monitoring.models import Warning
from liandong.organization.actions import RoleScope
from tests.factories import organization as make
from tests.monitoring.conftest import flowed, send
from tests.monitoring.people import forecaster

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def flood(work, flow, warning_line):
    send(flowed([900, 1100]))
    work()
    return Warning.objects.get()


def sign_in(client, body, role=Role.UNIT_LIAISON):
    post = make.post(at=body, roles=[RoleScope(role, body=str(body.pk))])
    client.force_login(make.account(at=post), BACKEND)
    return client


def test_the_desk_asks_those_who_may_issue(client, flood, water):
    page = sign_in(client, water).get("/").content.decode()

    assert "待确认的预警" in page
    assert f"/monitoring/warnings/{flood.pk}/issue/" in page


def test_the_desk_does_not_ask_others(client, flood, weather):
    page = sign_in(client, weather).get("/").content.decode()

    assert "待确认的预警" not in page
    assert "没有生效中的预警" in page


def test_the_desk_shows_what_is_in_force_and_the_river(client, flood, water, weather):
    issue_warning(forecaster(water), warning=flood, expected_version=flood.version)

    page = sign_in(client, weather).get("/").content.decode()

    assert "洪水黄色预警" in page
    assert "/monitoring/stations/21401550/" in page


def test_the_desk_proposes_to_lift_until_the_water_rises_again(client, work, flood, water):
    issue_warning(forecaster(water), warning=flood, expected_version=flood.version)
    send(flowed([800, 800, 800], since=2))
    work()

    sign_in(client, water)
    page = client.get("/monitoring/panels/drafts/").content.decode()
    assert "可考虑解除" in page
    assert f"/monitoring/warnings/{flood.pk}/lift/" in page

    send(flowed([1200], since=5))
    work()
    page = client.get("/monitoring/panels/drafts/").content.decode()
    assert "可考虑解除" not in page


@pytest.mark.parametrize("part", ["drafts", "active", "strip"])
def test_each_part_can_be_asked_for_alone(client, flood, water, part):
    assert sign_in(client, water).get(f"/monitoring/panels/{part}/").status_code == 200
