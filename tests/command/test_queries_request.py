import pytest

from liandong.command.queries.request import asked_among
from liandong.organization.models import Duty
from liandong.organization.states import BodyKind, Management
from tests.command import county as places

pytestmark = pytest.mark.django_db
VERTICAL, ENTERPRISE = Management.VERTICAL, Management.ENTERPRISE


def is_asked(county, incident, key, **more):
    body = county.bodies[key]
    return asked_among(incident, [body], **more) == {body.pk}


@pytest.fixture
def served(county, flood, version):
    """A response is in force."""
    places.decide(county.office, flood, version)
    return flood


@pytest.mark.parametrize(
    "more",
    [
        {"management": Management.MILITARY},
        {"management": Management.COUNTY, "kind": BodyKind.SUPERIOR},
        {"management": Management.COUNTY, "kind": BodyKind.NEIGHBOR},
    ],
)
def test_nobody_commands_the_military_superiors_and_neighbors(county, served, more):
    places.outside(county, **more)
    Duty.objects.create(body=county.bodies["garrison"], phase="response", text="抢险")

    assert is_asked(county, served, "garrison")
    assert is_asked(county, served, "garrison", by_plan=True)


def test_what_the_county_manages_is_ordered(county, flood):
    assert not is_asked(county, flood, "water")
    assert not is_asked(county, flood, "riverside")


@pytest.mark.parametrize("management", [VERTICAL, ENTERPRISE])
def test_what_is_managed_from_above_is_ordered_only_under_a_response_it_has_a_part_in(
    county, flood, version, management
):
    places.outside(county, "power", "供电公司", management)
    before = is_asked(county, flood, "power")

    places.decide(county.office, flood, version)
    without_a_part = is_asked(county, flood, "power")
    Duty.objects.create(
        body=county.bodies["power"], hazard="11A", phase="response", text="抢修"
    )

    assert (before, without_a_part) == (True, True)
    assert not is_asked(county, flood, "power")


def test_a_part_in_another_hazard_does_not_count(county, served):
    places.outside(county, "power", "供电公司", VERTICAL)
    Duty.objects.create(
        body=county.bodies["power"], hazard="11G", phase="response", text="抢修"
    )

    assert is_asked(county, served, "power")


def test_a_plan_that_is_carried_out_orders_what_it_names(county, flood):
    places.outside(county, "power", "供电公司", VERTICAL)

    assert not is_asked(county, flood, "power", by_plan=True)


@pytest.mark.parametrize("many", [1, 3])
def test_many_bodies_are_asked_about_in_three_queries(
    many, county, served, django_assert_max_num_queries
):
    for at in range(many):
        places.outside(county, f"power-{at}", f"供电公司{at}", VERTICAL)

    with django_assert_max_num_queries(2):
        assert len(asked_among(served, county.bodies.values())) == many
