from decimal import Decimal

import pytest
from django.urls import reverse

from liandong.kernel.geo.coordinates import Point, bd09_from_wgs84, gcj02_from_wgs84
from liandong.kernel.geo.shapes import distance_m
from tests.command import county as places

pytestmark = pytest.mark.django_db
HERE = Point(112.418, 27.7312)


def send(client, incident, **typed):
    data = {
        "lon": "112.418",
        "lat": "27.7312",
        "read_from": "wgs84",
        "expected_version": incident.version,
        "idempotency_key": "k",
    }
    return client.post(reverse("command:locate", args=[incident.pk]), data | typed)


def test_the_desk_locates_an_incident(enter, flood):
    answer = send(enter("officer"), flood)

    flood.refresh_from_db()
    assert answer.url == reverse("command:room", args=[flood.pk])
    assert (flood.lon, flood.lat) == (Decimal("112.418000"), Decimal("27.731200"))


@pytest.mark.parametrize(
    ("datum", "shift"), [("gcj02", gcj02_from_wgs84), ("bd09", bd09_from_wgs84)]
)
def test_shifted_figures_are_taken_back_to_the_true_place(enter, flood, datum, shift):
    lon, lat = shift(*HERE)

    send(enter("officer"), flood, lon=f"{lon:.6f}", lat=f"{lat:.6f}", read_from=datum)

    flood.refresh_from_db()
    assert distance_m(HERE, Point(float(flood.lon), float(flood.lat))) < 0.5


@pytest.mark.parametrize(
    "typed", [{"lon": "NaN"}, {"lon": "27.7", "lat": "89"}, {"lat": ""}, {"read_from": "x"}]
)
def test_what_is_no_place_comes_back_with_what_was_typed(enter, flood, typed):
    answer = send(enter("officer"), flood, **typed)

    flood.refresh_from_db()
    assert (answer.status_code, flood.lon) == (422, None)


def test_somebody_elses_change_is_told(enter, flood):
    client = enter("officer")
    send(client, flood, idempotency_key="k1")

    answer = send(client, flood, idempotency_key="k2", lon="112.5")

    assert answer.status_code == 409


def test_a_unit_may_not_and_a_stranger_finds_nothing(enter, county, flood):
    url = reverse("command:locate", args=[flood.pk])

    assert enter("water").get(url).status_code == 403
    assert (
        enter("officer")
        .get(reverse("command:locate", args=[county.bodies["water"].pk]))
        .status_code
        == 404
    )


def test_the_room_has_a_map_and_offers_to_locate(enter, county):
    incident = places.incident(county.officer)

    page = enter("officer").get(reverse("command:room", args=[incident.pk])).content.decode()

    assert reverse("command:locate", args=[incident.pk]) in page
    assert 'data-map="room-map-ground-config"' in page
