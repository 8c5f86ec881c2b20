from dataclasses import replace

import pytest

from liandong.command.actions import close_consultation, open_consultation, record_minutes
from liandong.command.models import Consultation, Incident
from liandong.command.queries import visible_consultations
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from tests.command import county as places

pytestmark = pytest.mark.django_db

ITEM = {"decision": "预泄腾库", "responsible": "县水利局", "by": "08:00 前"}


@pytest.fixture
def consultation(county, flood):
    return open_consultation(
        county.office, incident=flood, attendees=[county.posts["deputy"], county.posts["water"]]
    )


def minuted(county, consultation, **more):
    said = {"situation": "水位 52.86 米", "findings": "将超警戒", "dissent": "气象局认为雨停"}
    return record_minutes(
        county.office,
        consultation=consultation,
        expected_version=consultation.version,
        **(said | more),
    )


def test_those_called_see_it_and_other_units_do_not(county, flood, order, consultation):
    places.order(county.office, flood, county.posts["riverside"])

    assert list(visible_consultations(county.water)) == [consultation]
    assert list(visible_consultations(county.riverside)) == []
    assert '"number":1' in Entry.objects.get(name="command.consultation_opened").payload.text


def test_minutes_keep_dissent_and_who_does_what(county, consultation):
    kept = minuted(county, consultation, items=[ITEM])

    entry = Entry.objects.get(name="command.minutes_recorded")
    assert (kept.items, kept.dissent, kept.recorder) == (
        [ITEM],
        "气象局认为雨停",
        county.office.label,
    )
    assert '"items":"预泄腾库-县水利局-08:00 前"' in entry.payload.text


@pytest.mark.parametrize("wrong", [{"findings": " "}, {"items": [ITEM | {"by": ""}]}])
def test_minutes_that_lack_something_are_refused(wrong, county, consultation):
    with pytest.raises(Invalid):
        minuted(county, consultation, **wrong)


def test_a_consultation_closes_with_its_findings_and_then_stands(county, consultation):
    with pytest.raises(IllegalMove):
        close_consultation(county.office, consultation=consultation, expected_version=1)
    kept = minuted(county, consultation)

    closed = close_consultation(county.office, consultation=kept, expected_version=2)

    assert closed.state == "closed"
    with pytest.raises(IllegalMove):
        minuted(county, closed)
    with pytest.raises(IllegalMove):
        close_consultation(county.office, consultation=closed, expected_version=3)


def test_open_consultation_refuses(county, flood):
    call = {"incident": flood, "attendees": [county.posts["water"]]}

    with pytest.raises(Invalid):
        open_consultation(county.office, **call | {"attendees": []})
    with pytest.raises(Forbidden):
        open_consultation(county.water, **call)
    with pytest.raises(Missing):
        open_consultation(replace(county.office, realm="drill-1"), **call)
    Incident.objects.update(state="closed")
    with pytest.raises(IllegalMove):
        open_consultation(county.office, **call)


def test_minutes_are_refused_to_units_older_versions_and_other_realms(county, consultation):
    call = {
        "consultation": consultation,
        "situation": "",
        "findings": "x",
        "expected_version": 1,
    }

    with pytest.raises(Forbidden):
        record_minutes(county.water, **call)
    with pytest.raises(Stale):
        record_minutes(county.office, **call | {"expected_version": 3})
    with pytest.raises(Missing):
        record_minutes(replace(county.office, realm="drill-1"), **call)


def test_a_double_click_opens_one_consultation(county, flood):
    call = {"incident": flood, "attendees": [county.posts["water"]], "idempotency_key": "k"}

    open_consultation(county.office, **call)
    open_consultation(county.office, **call)

    assert Consultation.objects.count() == 1
