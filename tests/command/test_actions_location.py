import json
from dataclasses import replace
from decimal import Decimal

import pytest

from liandong.command.actions import close_incident, locate_incident, open_incident
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from tests.command import county as places

HERE = {"lon": Decimal("112.5012345"), "lat": Decimal("27.8")}


def test_locate_incident_fixes_the_place_and_says_so(county, flood):
    found = locate_incident(
        county.officer, incident=flood, expected_version=flood.version, **HERE
    )

    entry = Entry.objects.get(name="command.incident_located")
    said = json.loads(entry.payload.text)
    assert (found.lon, found.lat) == (Decimal("112.501234"), Decimal("27.800000"))
    assert (said["lon"], said["lat"]) == ("112.501234", "27.800000")
    assert set(entry.audience) == set(flood.scopes)


def test_an_incident_may_be_opened_with_its_place(county):
    made = open_incident(
        county.officer,
        title="鹰嘴岩森林火灾",
        hazard="11G",
        source="护林员电话",
        position=(Decimal("112.5"), Decimal("27.81")),
    )

    made.refresh_from_db()
    said = json.loads(Entry.objects.get(name="command.incident_opened").payload.text)
    assert (made.lon, made.lat) == (Decimal("112.500000"), Decimal("27.810000"))
    assert said["lon"] == "112.500000"


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        ("27.8", "112.5"),
        ("NaN", "27.8"),
        ("112.5", "Infinity"),
        ("-0.1", "51.5"),
        ("1e30", "1"),
    ],
)
def test_a_place_outside_china_is_refused(county, flood, lon, lat):
    with pytest.raises(Invalid):
        locate_incident(
            county.officer,
            incident=flood,
            lon=Decimal(lon),
            lat=Decimal(lat),
            expected_version=flood.version,
        )

    flood.refresh_from_db()
    assert flood.lon is None


def test_only_whoever_runs_the_incident_locates_it(county, flood):
    with pytest.raises(Forbidden):
        locate_incident(county.water, incident=flood, expected_version=flood.version, **HERE)


def test_an_incident_that_is_over_is_not_moved(county, flood):
    closed = close_incident(
        county.leader, incident=flood, reason="结束", expected_version=flood.version
    )

    with pytest.raises(IllegalMove):
        locate_incident(
            county.officer, incident=closed, expected_version=closed.version, **HERE
        )


def test_of_two_who_locate_at_once_the_second_is_told(county, flood):
    seen = flood.version
    locate_incident(county.officer, incident=flood, expected_version=seen, **HERE)

    with pytest.raises(Stale):
        locate_incident(
            county.office,
            incident=flood,
            lon=Decimal(113),
            lat=Decimal(28),
            expected_version=seen,
        )


def test_the_same_key_twice_locates_once(county, flood):
    for _time in range(2):
        locate_incident(
            county.officer, incident=flood, expected_version=1, idempotency_key="k", **HERE
        )

    assert Entry.objects.filter(name="command.incident_located").count() == 1


def test_a_drill_does_not_move_what_is_real(county, flood):
    drill = replace(county.officer, realm="drill-1")

    with pytest.raises(Missing):
        locate_incident(drill, incident=flood, expected_version=flood.version, **HERE)


def test_a_drills_incident_has_a_place_of_its_own(county):
    drill = replace(county.officer, realm="drill-1")
    made = places.incident(drill)

    locate_incident(drill, incident=made, expected_version=made.version, **HERE)

    assert Entry.objects.get(name="command.incident_located").realm == "drill-1"
