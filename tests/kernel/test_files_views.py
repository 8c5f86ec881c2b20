import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from liandong.kernel.files.models import File
from liandong.organization.models import PostRole
from tests.kernel.papers import PDF, photograph
from tests.kernel.test_files_actions import storage  # noqa: F401 -- a fixture
from tests.messaging.people import person, post

pytestmark = pytest.mark.django_db


def sign_in(client, role="unit_liaison"):
    station = post()
    who = person("甲", at=station)
    PostRole.objects.create(post=station, role=role)
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    return station


def upload(client, name="纪要.pdf", content=PDF, **more):
    file = SimpleUploadedFile(name, content, "application/pdf")
    return client.post(
        "/files/", {"file": file, "subject_kind": "x", "subject_id": "1", **more}
    )


def test_a_file_goes_up_and_comes_down_as_a_file_to_keep(client):
    sign_in(client)

    told = upload(client)
    answer = client.get(told.json()["url"])

    assert (told.status_code, answer.status_code) == (201, 200)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E7%BA%AA%E8%A6%81.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"


def test_what_goes_up_is_seen_by_the_senders_body_and_the_duty_desk(client):
    station = sign_in(client)

    upload(client)

    assert File.objects.get().audience == sorted(
        ["duty", f"post:{station.pk}", f"body:{station.body_id}"]
    )


def test_a_stranger_to_the_audience_gets_404(client):
    sign_in(client)
    url = upload(client).json()["url"]

    sign_in(client)

    assert client.get(url).status_code == 404


def test_nobody_adds_files_to_an_incident_that_is_not_theirs(client):
    sign_in(client)

    refused = upload(client, incident="i-1")

    assert (refused.status_code, File.objects.count()) == (403, 0)
    assert refused["Content-Type"] == "application/problem+json"


def test_whoever_is_not_signed_in_is_sent_to_the_door(client):
    file = File(pk="0198c0de-0000-7000-8000-000000000000")

    assert client.get(f"/files/{file.pk}/").status_code == 302
    assert upload(client).status_code in {302, 401}


def test_a_refusal_names_place_and_remedy_in_chinese(client):
    sign_in(client)

    refused = upload(client, content=photograph())

    assert refused.status_code == 422
    assert refused.json()["title"] == "“纪要.pdf”的内容不是 PDF。"
    assert refused.json()["fields"] == {"content": "内容与扩展名不符"}
    assert client.post("/files/", {}).json()["fields"] == {"file": "请选择文件"}


def test_bytes_that_are_lost_are_named_and_not_a_500(client, storage):  # noqa: F811
    sign_in(client)
    told = upload(client).json()
    (storage / File.objects.get().place).unlink()

    lost = client.get(told["url"])

    assert (lost.status_code, "不在存储里" in lost.content.decode()) == (404, True)


def patch(client, told, offset, data):
    return client.patch(
        f"/files/uploads/{told['id']}/",
        data,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": str(offset)},
    )


def test_an_upload_goes_on_where_it_broke_off(client):
    sign_in(client)
    told = client.post("/files/uploads/", {"name": "a.pdf", "size": len(PDF)}).json()
    patch(client, told, 0, PDF[:10])

    wrong = patch(client, told, 0, PDF[:10])
    assert (wrong.status_code, wrong.json()["offset"]) == (409, 10)
    assert client.get(f"/files/uploads/{told['id']}/").json()["offset"] == 10

    patch(client, told, 10, PDF[10:])
    made = client.post(f"/files/uploads/{told['id']}/finish/", {"subject_kind": "x"})
    assert (made.status_code, made.json()["size"]) == (201, len(PDF))


@pytest.mark.parametrize("size", ["", "-1", "x", "９", "1" * 30])
def test_a_length_that_is_none_is_refused(client, size):
    sign_in(client)

    refused = client.post("/files/uploads/", {"name": "a.pdf", "size": size})

    assert (refused.status_code, refused.json()["title"]) == (422, "没有写明文件长度。")


@pytest.mark.parametrize("offset", ["", "-1", "x"])
def test_an_offset_that_is_none_is_refused(client, offset):
    sign_in(client)
    told = client.post("/files/uploads/", {"name": "a.pdf", "size": 9}).json()

    assert patch(client, told, offset, b"x").status_code == 422
