import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.identity import Node
from liandong.monitoring import queries
from liandong.monitoring.actions import (
    adjust_warning,
    draft_warning,
    issue_warning,
    lift_warning,
)
from liandong.monitoring.exchange import read, write_cap
from tests.monitoring.conftest import hour
from tests.monitoring.people import forecaster

pytestmark = pytest.mark.django_db
WORDS = {
    "category": "暴雨",
    "level": "橙",
    "scope": "城关镇、河口镇",
    "cautions": "短时雨强大。",
    "measures": "危险地带人员做好转移准备。",
}


@pytest.fixture(autouse=True)
def county(db):
    return Node.objects.create(division_code="349901", name="示例县", public_key="")


def issued(body, **more):
    who = forecaster(body, **more)
    draft = draft_warning(
        who, hazard="11B03", **WORDS, starts_at=hour(60), issuing_body=body, areas=["城关镇"]
    )
    return issue_warning(who, warning=draft, expected_version=1)


def test_an_issued_warning_in_the_terms_of_cap(weather, county):
    row = issued(weather)

    alert = queries.cap_of(row)

    info = alert.info
    assert (alert.identifier, alert.status, alert.kind) == (
        f"349901-{row.pk}",
        "Actual",
        "Alert",
    )
    assert (info.event, info.level, info.hazard) == ("暴雨", "橙", "11B03")
    assert (info.severity, info.urgency, info.certainty) == ("Severe", "Immediate", "Likely")
    assert info.responses == ("Evacuate",)
    assert info.headline == "县气象局发布暴雨橙色预警"
    assert (info.description, info.instruction) == (WORDS["cautions"], WORDS["measures"])
    assert [area.description for area in info.areas] == ["城关镇"]


def test_it_is_valid_and_reads_the_same(weather):
    alert = queries.cap_of(issued(weather))

    found = read(write_cap(alert))

    assert (found.outcome, found.alerts) == ("ok", (alert,))


def test_an_adjusted_one_refers_to_the_one_before_and_its_end_to_both(weather, at):
    first = issued(weather)
    at("2012-08-05T13:00")
    who = forecaster(weather)
    second = adjust_warning(who, warning=first, expected_version=2, level="红", reason="雨更大")
    update = queries.cap_of(second)
    at("2012-08-05T18:00")
    lift_warning(who, warning=second, expected_version=second.version, reason="雨停了")
    second.refresh_from_db()

    end = queries.cap_of(second)

    assert update.kind == "Update"
    assert [one.identifier for one in update.references] == [f"349901-{first.pk}"]
    assert (end.kind, end.note, end.info.responses) == ("Cancel", "雨停了", ("AllClear",))
    assert [one.identifier for one in end.references] == [
        f"349901-{first.pk}",
        f"349901-{second.pk}",
    ]
    assert end.identifier == f"349901-{second.pk}-lifted"
    assert read(write_cap(end)).alerts == (end,)


def test_several_cost_as_many_statements_as_one(weather):
    for _n in range(3):
        issued(weather)
    rows = list(queries.told_warnings(forecaster(weather)))

    with CaptureQueriesContext(connection) as one:
        queries.caps_of(rows[:1])
    with CaptureQueriesContext(connection) as three:
        queries.caps_of(rows)

    assert (len(rows), len(three)) == (3, len(one))


def test_where_no_township_is_named_the_words_and_the_county_stand(weather):
    row = issued(weather)
    row.areas = []

    (area,) = queries.cap_of(row).info.areas

    assert (area.description, area.geocodes) == (
        "城关镇、河口镇",
        (("division", "349901000000"),),
    )
