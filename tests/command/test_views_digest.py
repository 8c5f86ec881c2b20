import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from liandong.command.models import Digest
from liandong.documents import read_docx
from tests.command import county as places

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"command:{name}", args=args)


def test_one_click_compiles_the_day_and_it_is_signed_and_read(enter, county, at):
    at("2030-01-02T09:00")
    client = enter("officer")
    listed = client.get(url("digests")).content.decode()

    made = client.post(url("compile_digest", "daily"), {"idempotency_key": "k1"})
    digest = Digest.objects.get()
    answer = client.post(
        url("issue_digest", digest.pk),
        {
            "signed_by": "何川",
            "posts": [str(county.posts["water"].pk)],
            "expected_version": 1,
            "idempotency_key": "k2",
        },
    )
    shown = client.get(url("digest", digest.pk)).content.decode()

    assert url("compile_digest", "daily") in listed
    assert made.headers["Location"] == url("digest", digest.pk)
    assert answer.status_code == 303, answer.content.decode()[-1500:]
    assert "未阅" in shown
    assert enter("water").get(url("digest", digest.pk)).status_code == 200


def test_it_is_edited_by_section(enter, at):
    at("2030-01-02T09:00")
    client = enter("officer")
    client.post(url("compile_digest", "daily"), {"idempotency_key": "k1"})
    digest = Digest.objects.get()
    texts = {f"text_{one['key']}": one["text"] for one in digest.sections}

    answer = client.post(
        url("edit_digest", digest.pk),
        texts | {"text_calls": "接报 2 起", "expected_version": 1, "idempotency_key": "k2"},
    )

    assert answer.status_code == 303, answer.content.decode()[-1500:]
    assert "接报 2 起" in client.get(url("digest", digest.pk)).content.decode()


def test_it_is_taken_as_word_and_its_register_as_a_workbook(enter, county, at):
    now = at("2030-01-02T09:00")
    places.incident(county.officer)
    at("2030-01-02T10:00")
    client = enter("officer")
    client.post(
        url("compile_digest", "weekly"),
        {"day": now.date().isoformat(), "idempotency_key": "k1"},
    )
    digest = Digest.objects.get()

    word = b"".join(client.get(url("digest_docx", digest.pk)).streaming_content)
    book = b"".join(client.get(url("digest_xlsx", digest.pk, "incidents")).streaming_content)
    none = client.get(url("digest_xlsx", digest.pk, "nothing"))

    said = " ".join(one.text for one in read_docx(word, "a.docx").pieces())
    rows = list(load_workbook(io.BytesIO(book)).active.values)
    assert "突发事件台账" in said
    assert "清溪河洪水" in said
    assert (rows[0][1], rows[1][1]) == ("事件", "清溪河洪水")
    assert none.status_code == 404


def test_a_bulletin_is_of_the_incidents_ticked(enter, county, flood, at):
    client = enter("officer")

    client.post(
        url("compile_digest", "bulletin"),
        {"incidents": [str(flood.pk)], "idempotency_key": "k1"},
    )

    assert [one["title"] for one in Digest.objects.get().sections] == ["清溪河洪水"]
    assert client.get(url("compile_digest", "monthly")).status_code == 404


def test_a_unit_sees_none_that_it_was_not_sent(enter, at):
    at("2030-01-02T09:00")
    enter("officer").post(url("compile_digest", "daily"), {"idempotency_key": "k1"})
    digest = Digest.objects.get()

    water = enter("water")
    assert water.get(url("digest", digest.pk)).status_code == 404
    assert water.get(url("digests")).status_code == 200
    assert water.get(url("compile_digest", "daily")).status_code == 403
