import pytest

from liandong.kernel import clock
from liandong.kernel.basemaps.actions import load_basemap
from liandong.kernel.basemaps.permissions import Permission
from liandong.kernel.files.permissions import Permission as Files
from liandong.monitoring.actions import draft_warning, issue_warning
from liandong.monitoring.layers import stations, warnings
from liandong.web.maps.features import Tone
from liandong.web.maps.registry import Asked
from tests.kernel.grounds import collection, feature, township
from tests.monitoring.conftest import flowed, send
from tests.monitoring.people import forecaster
from tests.people import allowed
from tests.web.asking import ask

pytestmark = pytest.mark.django_db
WORDS = {
    "category": "暴雨",
    "level": "橙",
    "cautions": "雨强大。",
    "measures": "转移。",
}


def shown(layer, actor):
    return list(layer(ask(actor=actor), Asked()))


def issued(body, **more):
    actor = forecaster(body)
    told = {**WORDS, "scope": "沿河", "starts_at": clock.now(actor.realm), **more}
    draft = draft_warning(actor, hazard="11B03", issuing_body=body, reason="实况", **told)
    return issue_warning(actor, warning=draft, expected_version=draft.version)


@pytest.fixture
def ground(settings, tmp_path):
    backend = settings.STORAGES["default"]["BACKEND"]
    options = {"location": str(tmp_path), "base_url": None}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": backend, "OPTIONS": options},
    }
    actor = allowed(Permission.LOAD_BASEMAP, Files.STORE_FILE)
    county = [[112.0, 27.0], [112.4, 27.0], [112.4, 27.4], [112.0, 27.4], [112.0, 27.0]]
    load_basemap(
        actor,
        name="县.geojson",
        content=collection(feature("county", [county]), township()),
    )


def test_a_station_shows_its_last_value_and_the_bound_it_is_over(flow, warning_line, work):
    send(flowed([900, 1100]))
    work()

    (one,) = shown(stations, allowed())

    assert one.note == "1100 m³/s"
    assert one.tone in {Tone.YELLOW, Tone.ORANGE, Tone.RED, Tone.BLUE}
    assert one.url.endswith(f"/{one.key}/")


def test_a_station_without_readings_is_hollow_and_says_nothing(flow):
    (one,) = shown(stations, allowed())

    assert (one.note, one.tone, one.at) == ("", Tone.CALM, None)


def test_stations_are_asked_for_at_once(flow, rain, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = shown(stations, allowed())

    assert len(found) == 2


def test_a_warning_lies_where_its_townships_lie(ground, weather):
    issued(weather, areas=["河口镇"])

    (one,) = shown(warnings, allowed())

    assert (one.label, one.tone) == ("暴雨橙色预警", Tone.ORANGE)
    assert one.shape.bounds == (112.0, 27.0, 112.2, 27.2)


@pytest.mark.parametrize(
    ("scope", "bounds"),
    [("河口镇低洼地带", (112.0, 27.0, 112.2, 27.2)), ("全县", (112.0, 27.0, 112.4, 27.4))],
)
def test_a_warning_without_townships_lies_where_its_words_say(ground, weather, scope, bounds):
    issued(weather, scope=scope)

    assert [one.shape.bounds for one in shown(warnings, allowed())] == [bounds]


def test_a_warning_nobody_can_place_has_no_ground(ground, weather):
    issued(weather, scope="沿河")

    assert [one.shape for one in shown(warnings, allowed())] == [None]


def test_drafts_are_not_on_the_map(weather):
    draft_warning(
        forecaster(weather),
        hazard="11B03",
        issuing_body=weather,
        reason="实况",
        **WORDS,
        scope="沿河",
    )

    assert shown(warnings, forecaster(weather)) == []


@pytest.mark.parametrize("many", [1, 3])
def test_warnings_are_asked_for_at_once(many, ground, weather, django_assert_num_queries):
    for _n in range(many):
        issued(weather, areas=["河口镇"])
    shown(warnings, allowed())

    with django_assert_num_queries(2):
        found = shown(warnings, allowed())

    assert len(found) == many
