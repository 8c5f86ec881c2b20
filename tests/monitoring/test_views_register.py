import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from liandong.kernel.geo.coordinates import Point, gcj02_from_wgs84
from liandong.kernel.geo.shapes import distance_m
from liandong.kernel.permissions import Role
from liandong.monitoring.models import Series, Station, Threshold
from tests.documents.workbooks import workbook
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db
URL = "/monitoring/stations/"
STATION = {
    "code": "60500001",
    "name": "江安站",
    "kind": "ZQ",
    "lon": "105.0668",
    "lat": "28.7237",
    "datum": "吴淞高程",
    "quantities": ["level_m", "rain_mm"],
}


@pytest.fixture
def office():
    return entered(make.holder(Role.HEADQUARTERS_OFFICE))


def test_a_station_is_entered_and_corrected(office):
    done = office.post(f"{URL}new/", STATION)
    office.post(f"{URL}60500001/edit/", {**STATION, "code": "99999999", "name": "江安水文站"})

    assert (done.status_code, done.url) == (303, f"{URL}60500001/")
    assert list(Station.objects.values_list("code", "name")) == [("60500001", "江安水文站")]


def test_a_place_read_off_a_telephone_is_turned_back(office):
    lon, lat = gcj02_from_wgs84(105.0668, 28.7237)
    office.post(
        f"{URL}new/",
        {**STATION, "lon": f"{lon:.7f}", "lat": f"{lat:.7f}", "read_from": "gcj02"},
    )

    row = Station.objects.get()
    assert distance_m(Point(105.0668, 28.7237), Point(float(row.lon), float(row.lat))) < 0.5
    assert row.datum == "吴淞高程"


def test_the_map_stands_beside_the_form_at_the_station(office):
    office.post(f"{URL}new/", STATION)

    blank = office.get(f"{URL}new/").content.decode()
    known = office.get(f"{URL}60500001/edit/").content.decode()

    assert ('"spot": null' in blank, '"spot": [105.0668, 28.7237]' in known) == (True, True)


def test_bounds_are_set_from_the_stations_page(office):
    office.post(f"{URL}new/", STATION)
    level = Series.objects.get(quantity="level_m")

    office.post(
        f"{URL}60500001/threshold/",
        {
            "series": level.pk,
            "kind": "warning",
            "bound": "245.5",
            "clear_margin": "0.1",
            "hold_minutes": "60",
            "status": "assumed",
        },
    )
    office.post(f"{URL}60500001/rainstorm/", {"idempotency_key": "k"})

    assert sorted(Threshold.objects.values_list("kind", flat=True)) == [
        *(["rainstorm"] * 4),
        "warning",
    ]
    assert "设阈值" in office.get(f"{URL}60500001/").content.decode()


def test_a_station_without_rain_has_no_rainstorm(office):
    office.post(f"{URL}new/", {**STATION, "quantities": ["level_m"]})

    assert office.get(f"{URL}60500001/rainstorm/").status_code == 404


def test_what_is_wrong_keeps_what_was_typed(office):
    response = office.post(f"{URL}new/", {**STATION, "datum": ""})

    text = response.content.decode()
    assert (response.status_code, "测水位的站必须写明基面" in text, "江安站" in text) == (
        422,
        True,
        True,
    )


def test_stations_come_in_by_spreadsheet(office):
    rows = (
        ("站码", "站名", "站类", "经度", "纬度"),
        ("60500002", "铁清雨量站", "PP", "105.1", "28.6"),
    )
    sent = office.post(
        f"{URL}sheet/", {"sheet": SimpleUploadedFile("测站.xlsx", workbook(*rows))}
    )
    seen = office.get(sent.url).context["draft"].fingerprint

    done = office.post(sent.url, {"seen": seen})

    assert (done.status_code, Station.objects.get().name) == (303, "铁清雨量站")
    assert office.get(f"{URL}sheet/blank/").content.startswith(b"PK")


def test_who_may_not_is_refused_and_is_offered_nothing():
    township = entered(make.holder(Role.TOWNSHIP))

    assert [township.get(f"{URL}{one}/").status_code for one in ("new", "sheet")] == [403, 403]
    assert "登记测站" not in township.get(URL).content.decode()
