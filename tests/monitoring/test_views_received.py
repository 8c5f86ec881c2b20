import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from liandong.kernel.permissions import Role
from liandong.monitoring.actions import receive_warning
from liandong.monitoring.models import Received, Warning
from liandong.organization.actions import RoleScope
from tests.factories import organization as make
from tests.monitoring.alerts import AREA, cap, national
from tests.monitoring.counting import queries_of
from tests.people import duty_officer

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
RING = "<polygon>31.5,117.2 31.6,117.2 31.6,117.3 31.5,117.2</polygon>"


@pytest.fixture(autouse=True)
def noon_after(at):
    """Six in the morning of the day the warnings were sent."""
    return at("2026-07-14T06:00")


@pytest.fixture
def officer(client, weather):
    post = make.post(at=weather, roles=[RoleScope(Role.DUTY_OFFICER)])
    client.force_login(make.account(at=post), BACKEND)
    return client


def take(body):
    receive_warning(duty_officer(), body=body, source="市气象台传真")
    return Received.objects.latest("pk")


def address(row, deed=""):
    return f"/monitoring/received/{row.pk}/{deed}"


def form_of(page):
    text = page.content.decode()
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))
    found.pop("csrfmiddlewaretoken", None)
    return found


def test_the_list_shows_what_came_and_how_it_stands(officer):
    row = take(cap())

    page = officer.get("/monitoring/received/").content.decode()

    assert address(row) in page
    assert "示例市气象局发布暴雨橙色预警" in page
    assert "市气象台传真" in page


def test_the_page_shows_both_what_was_understood_and_the_original(officer):
    row = take(cap(area=AREA + RING))

    page = officer.get(address(row)).content.decode()

    assert "停止户外作业。" in page
    assert "&lt;instruction&gt;" in page
    assert "received-map" in page
    assert "是否涉及本县待核" in page


def test_what_is_wrong_is_told_with_line_and_remedy(officer):
    row = take(cap().replace(b"Severe", b"Terrible"))

    page = officer.get(address(row)).content.decode()

    assert "的值“Terrible”不在允许的范围内" in page
    assert "第 15 行 alert/info/severity" in page
    assert "转为本县预警" not in page


def test_an_original_in_another_encoding_can_be_read(officer):
    row = take(cap().decode().replace("UTF-8", "GB18030").encode("gb18030"))

    assert "停止户外作业。&lt;/instruction&gt;" in officer.get(address(row)).content.decode()


def test_a_script_in_a_message_is_only_text(officer):
    row = take(cap(停止户外作业="&lt;script&gt;alert(1)&lt;/script&gt;"))

    page = officer.get(address(row)).content.decode()

    assert "<script>alert" not in page


def test_the_original_is_given_away_byte_for_byte_and_never_shown(officer):
    body = cap()
    row = take(body)

    answer = officer.get(address(row, "original/"))

    assert answer.content == body
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_pasted_message_is_taken_in(officer):
    given = {"source": "微信群", "text": national().decode(), **form_of(officer.get("/monitoring/received/new/"))}  # fmt: skip

    answer = officer.post("/monitoring/received/new/", given)

    row = Received.objects.get()
    assert (answer.status_code, answer.url) == (303, address(row))
    assert (row.original.source, row.original.came_by, row.level) == ("微信群", "hand", "橙")


def test_a_file_is_taken_in(officer):
    paper = SimpleUploadedFile("warning.xml", cap())

    officer.post("/monitoring/received/new/", {"source": "传真", "paper": paper})

    assert bytes(Received.objects.get().original.body) == cap()


@pytest.mark.parametrize("text", ["", "x"])
def test_both_or_neither_is_asked_again_and_keeps_what_was_typed(officer, text):
    given = {"source": "某处的传真", "text": text}
    if text:
        given["paper"] = SimpleUploadedFile("warning.xml", cap())

    answer = officer.post("/monitoring/received/new/", given)

    assert answer.status_code == 422
    assert "两者择一" in answer.content.decode()
    assert "某处的传真" in answer.content.decode()


def test_the_desk_shows_it_until_somebody_takes_note(officer):
    row = take(cap())
    assert address(row, "note/") in officer.get("/").content.decode()

    answer = officer.post(address(row, "note/"), form_of(officer.get(address(row, "note/"))))

    row.refresh_from_db()
    assert (answer.status_code, row.noted_at is not None) == (303, True)
    assert address(row, "note/") not in officer.get("/").content.decode()


def test_a_warning_of_our_own_begins_with_its_words(officer, weather):
    row = take(cap())
    page = officer.get(address(row, "draft/"))
    assert "预计未来3小时降雨50毫米以上。" in page.content.decode()

    given = {
        **form_of(page),
        "hazard": "11B03",
        "category": "暴雨",
        "level": "橙",
        "reason": "据此",
    }
    answer = officer.post(address(row, "draft/"), given)

    warning = Warning.objects.get()
    assert (answer.status_code, answer.url) == (303, f"/monitoring/warnings/{warning.pk}/")
    assert "据此拟的预警" in officer.get(address(row)).content.decode()


def test_a_form_without_its_version_is_told_and_no_failure(officer):
    row = take(cap())

    assert officer.post(address(row, "note/"), {"x": "1"}).status_code == 409
    assert (
        officer.post(address(row, "draft/"), {"hazard": "11B03", "reason": "x"}).status_code
        == 409
    )


def test_one_that_is_not_there(officer):
    assert (
        officer.get("/monitoring/received/00000000-0000-0000-0000-000000000000/").status_code
        == 404
    )


def test_the_list_asks_as_often_for_three_as_for_one(officer):
    take(cap("A-1"))
    officer.get("/monitoring/received/")
    one = queries_of(officer, "/monitoring/received/")
    take(cap("A-2"))
    take(cap("A-3"))

    assert queries_of(officer, "/monitoring/received/") == one
