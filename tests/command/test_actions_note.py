import io
from datetime import timedelta

import pytest

from liandong.command import actions
from liandong.command.models import IncidentFile
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.files.actions import store_file
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing
from tests.command import county as places

pytestmark = pytest.mark.django_db
NAME = "command.incident_noted"


def entries(name=NAME):
    return list(Entry.objects.filter(name=name))


def picture(actor, incident, **more):
    told = {
        "name": "火场东线.txt",
        "content": io.BytesIO("东线已合围".encode()),
        "audience": ["duty", f"incident:{incident.pk}"],
        "subject_kind": "command.incident",
        "subject_id": str(incident.pk),
    }
    return store_file(actor, **(told | more))


def test_a_note_stands_in_the_story_with_when_it_was_told(county, flood):
    told = clock.now(ACTUAL) - timedelta(minutes=2)

    actions.note_incident(
        county.officer, incident=flood, text="石桥已淹", source="河口镇 电话", told_at=told
    )

    (entry,) = entries()
    assert entry.happened_at == told
    assert entry.incident == str(flood.pk)
    assert set(entry.audience) >= {"duty", f"incident:{flood.pk}"}


def test_a_shared_note_reaches_the_units_that_were_ordered(county, flood, order):
    flood.refresh_from_db()

    actions.note_incident(county.officer, incident=flood, text="改走北线", is_shared=True)

    (entry,) = entries()
    assert f"body:{county.bodies['water'].pk}" in entry.audience


def test_a_note_of_the_headquarters_stays_there(county, flood, order):
    flood.refresh_from_db()

    actions.note_incident(county.officer, incident=flood, text="待县长定")

    (entry,) = entries()
    assert f"body:{county.bodies['water'].pk}" not in entry.audience


def test_a_unit_writes_no_notes(county, flood):
    with pytest.raises(Forbidden):
        actions.note_incident(county.water, incident=flood, text="到了")


def test_a_note_needs_words(county, flood):
    with pytest.raises(Invalid) as refused:
        actions.note_incident(county.officer, incident=flood, text="  ")

    assert "text" in refused.value.fields


def test_what_lies_ahead_was_not_told_yet(county, flood):
    ahead = clock.now(ACTUAL) + timedelta(minutes=5)

    with pytest.raises(Invalid) as refused:
        actions.note_incident(county.officer, incident=flood, text="水退", told_at=ahead)

    assert "told_at" in refused.value.fields
    assert entries() == []


def test_no_note_in_a_closed_incident(county, flood):
    flood = actions.close_incident(
        county.leader, incident=flood, reason="水退", expected_version=flood.version
    )

    with pytest.raises(IllegalMove):
        actions.note_incident(county.officer, incident=flood, text="补记")


def test_the_same_note_twice_is_one(county, flood):
    for _again in range(2):
        actions.note_incident(
            county.officer, incident=flood, text="石桥已淹", idempotency_key="k1"
        )

    assert len(entries()) == 1


def test_a_drill_writes_no_notes_in_the_flood(county, flood):
    flood.realm = "drill-1"

    with pytest.raises(Missing):
        actions.note_incident(county.officer, incident=flood, text="演练")


def test_a_file_is_kept_with_caption_and_digest(county, flood):
    file = picture(county.officer, flood)

    row = actions.attach_incident_file(
        county.officer, incident=flood, file=file, caption="05:20 无人机"
    )

    kept = IncidentFile.objects.get()
    assert (kept.pk, kept.caption, kept.file_id) == (row.pk, "05:20 无人机", file.pk)
    assert kept.audience == file.audience
    (entry,) = entries("command.incident_file_attached")
    assert file.digest in entry.payload.text


def test_a_file_that_belongs_elsewhere_is_refused(county, flood, order):
    file = picture(
        county.officer, flood, subject_kind="command.order", subject_id=str(order.pk)
    )

    with pytest.raises(IllegalMove):
        actions.attach_incident_file(county.officer, incident=flood, file=file)

    assert not IncidentFile.objects.exists()


def test_whoever_may_not_attach_is_refused(county, flood):
    file = picture(county.officer, flood)
    stranger = places.timer_actor("drill-1")

    with pytest.raises(Missing):
        actions.attach_incident_file(stranger, incident=flood, file=file)


def test_the_same_click_attaches_once(county, flood):
    file = picture(county.officer, flood)

    for _again in range(2):
        actions.attach_incident_file(
            county.officer, incident=flood, file=file, idempotency_key="f1"
        )

    assert IncidentFile.objects.count() == 1
