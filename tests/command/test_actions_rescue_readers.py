import pytest

from liandong.command import actions
from liandong.command.queries import sought, standing_field_post, villages
from tests.command import county as places
from tests.command.leaving import listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def spot(county, flood):
    """Somebody is missing and a village leaves before anybody commands on the spot."""
    actions.report_missing_person(
        county.officer, incident=flood, name="李桂花", reporter="其子"
    )
    listed(county, flood)
    return actions.open_field_post(
        county.chief, incident=flood, commander=county.posts["water"], place="河口镇"
    )


def readers(county, flood):
    names = ("water", "weather", "bystander")
    return [
        name
        for name in names
        if sought(getattr(county, name), flood) and villages(getattr(county, name), flood)
    ]


def test_who_commands_on_the_spot_reads_what_was_entered_before(county, flood, spot):
    assert readers(county, flood) == ["water"]


def test_another_commander_reads_it_in_place_of_the_one_before(county, flood, spot):
    actions.appoint_field_commander(
        county.chief,
        field_post=spot,
        commander=county.posts["weather"],
        reason="换班",
        expected_version=spot.version,
    )

    assert readers(county, flood) == ["weather"]


def test_who_took_command_over_by_signing_reads_it_too(county, flood, spot):
    given = actions.give_field_command(
        county.water, field_post=spot, to_post=county.posts["weather"], unsolved="无"
    )
    assert readers(county, flood) == ["water"]

    actions.take_field_command(county.weather, handover=given, expected_version=given.version)

    assert readers(county, flood) == ["weather"]


def test_the_liaison_to_the_superior_sees_the_spot_while_it_commands(county, flood, spot):
    liaison = county.posts["bystander"]
    places.hand_over(county, flood, liaison=liaison)
    assert f"post:{liaison.pk}" in standing_field_post(flood).audience
    assert readers(county, flood) == ["water"]

    places.hand_over(county, flood, level="county")

    assert f"post:{liaison.pk}" not in standing_field_post(flood).audience
