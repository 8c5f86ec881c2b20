import json

import pytest

from liandong.command.actions import report_missing_person
from liandong.kernel.journal.models import Entry, Link, Payload
from liandong.kernel.journal.reading import kept_of
from liandong.kernel.journal.sequencing import sequence
from liandong.kernel.problems import Forbidden, Invalid, Missing
from liandong.kernel.upkeep.erasing import erase_payload
from tests.command import county as places
from tests.people import auditor, office

pytestmark = pytest.mark.django_db
GROUND = "《突发事件应对法》第八十五条"


@pytest.fixture
def entry():
    """Somebody is missing: what was said names them, and counts."""
    county = places.found()
    flood = places.incident(county.officer)
    report_missing_person(county.officer, incident=flood, name="李桂花", reporter="其子")
    sequence(epoch=1)
    return Entry.objects.get(name="command.missing_person_reported")


def test_the_warrant_keeps_the_numbers_and_no_name(entry):
    erase_payload(auditor(), entry=entry.pk, reason=GROUND)

    warrant = Entry.objects.get(name="kernel.payload_erased")
    said = json.loads(warrant.payload.text)
    assert said["kept"] == {
        "incident_id": entry.incident,
        "ordinal": 1,
        "missing": 1,
    }
    assert "李桂花" not in warrant.payload.text
    assert not Payload.objects.filter(entry=entry).exists()
    assert kept_of(Link.objects.all()) == {entry.pk: said["kept"]}


def test_what_is_said_of_nobody_keeps_nothing(entry):
    opened = Entry.objects.get(name="command.incident_opened")

    erase_payload(auditor(), entry=opened.pk, reason=GROUND)

    assert kept_of(Link.objects.all()) == {opened.pk: {}}


def test_erasing_refuses_without_a_reason_a_second_time_and_whoever_may_not(entry):
    with pytest.raises(Forbidden):
        erase_payload(office(), entry=entry.pk, reason=GROUND)
    with pytest.raises(Invalid):
        erase_payload(auditor(), entry=entry.pk, reason=" ")
    with pytest.raises(Missing):
        erase_payload(auditor(realm="drill-1"), entry=entry.pk, reason=GROUND)
    erase_payload(auditor(), entry=entry.pk, reason=GROUND)
    with pytest.raises(Missing):
        erase_payload(auditor(), entry=entry.pk, reason=GROUND)
