"""Notes and files that are added to an incident's story by hand."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liandong.command.models import IncidentFile
from liandong.kernel.journal.models import Entry

pytestmark = pytest.mark.django_db
NOTED = "command.incident_noted"


@pytest.fixture(autouse=True)
def _stored(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }


def url(name, incident):
    return reverse(f"command:{name}", args=[incident.pk])


def write(client, incident, **typed):
    data = {"text": "石桥已淹", "source": "河口镇 电话", "idempotency_key": "k-1"}
    return client.post(url("note", incident), data | typed)


def hand_in(client, incident, *names, key="k-1", **typed):
    files = [
        SimpleUploadedFile(name, name.encode(), content_type="text/plain") for name in names
    ]
    data = {"given": files, "caption": "东线", "idempotency_key": key}
    return client.post(url("attach", incident), data | typed)


def test_a_note_leads_back_to_the_room_where_it_stands(enter, flood, work):
    client = enter("officer")

    answer = write(client, flood)
    work()

    room = client.get(answer.url).content.decode()
    assert (answer.status_code, answer.url) == (303, url("room", flood))
    assert "石桥已淹" in room
    assert "河口镇 电话" in room


def test_written_over_the_room_it_needs_no_reload(enter, flood):
    room = url("room", flood)
    headers = {"HX-Request": "true", "X-Dialog": room}

    answer = enter("officer").post(
        url("note", flood), {"text": "石桥已淹", "idempotency_key": "k"}, headers=headers
    )

    assert (answer.status_code, answer.content) == (204, b"")


def test_a_note_of_nothing_comes_back_with_what_was_typed(enter, flood):
    answer = write(enter("officer"), flood, text="")

    assert answer.status_code == 422
    assert 'value="河口镇 电话"' in answer.content.decode()
    assert not Entry.objects.filter(name=NOTED).exists()


def test_a_double_click_writes_once(enter, flood):
    client = enter("officer")

    for _click in range(2):
        assert write(client, flood).status_code == 303

    assert Entry.objects.filter(name=NOTED).count() == 1


def test_several_files_are_handed_in_at_once(enter, flood):
    answer = hand_in(enter("officer"), flood, "东线.txt", "西线.txt")

    assert (answer.status_code, answer.url) == (303, url("room", flood))
    rows = IncidentFile.objects.order_by("file__name")
    assert [(row.file.name, row.caption) for row in rows] == [
        ("东线.txt", "东线"),
        ("西线.txt", "东线"),
    ]


def test_a_double_click_hands_in_once(enter, flood):
    client = enter("officer")

    for _click in range(2):
        hand_in(client, flood, "东线.txt")

    assert IncidentFile.objects.count() == 1


def test_without_a_file_nothing_is_handed_in(enter, flood):
    answer = hand_in(enter("officer"), flood)

    assert answer.status_code == 422
    assert not IncidentFile.objects.exists()


def test_a_unit_that_was_ordered_hands_in_and_writes_no_notes(enter, flood, order):
    client = enter("water")

    handed, noted = hand_in(client, flood, "桥.txt"), write(client, flood)

    assert (handed.status_code, noted.status_code) == (303, 403)


@pytest.mark.parametrize("name", ["note", "attach"])
def test_a_form_stands_on_a_page_of_its_own(name, enter, flood):
    answer = enter("officer").get(url(name, flood))

    assert answer.status_code == 200
    assert flood.title in answer.content.decode()


def test_a_stranger_finds_nothing(enter, flood):
    assert enter("bystander").get(url("attach", flood)).status_code == 404
