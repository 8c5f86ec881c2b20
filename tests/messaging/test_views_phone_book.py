import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from liandong.kernel.identity import Node
from liandong.kernel.permissions import Role
from liandong.organization.models import Person
from tests.documents.workbooks import workbook
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db
URL = "/messages/phone-book/"
HEAD = ("单位", "岗位", "姓名", "手机")
GOOD = ("县水利局", "联络员", "王伟", "13900000001")


@pytest.fixture
def office():
    Node.objects.create(division_code="511523", name="江安县", public_key="")
    water = make.body("water", name="江安县水利局", short_name="县水利局")
    make.post("liaison", at=water, title="联络员")
    return entered(make.holder(Role.HEADQUARTERS_OFFICE, at=make.body(name="县防办")))


def upload(client, *rows, name="通讯录.xlsx"):
    sent = SimpleUploadedFile(name, workbook(HEAD, *rows))
    return client.post(URL, {"sheet": sent})


def test_a_list_is_looked_at_first_and_then_taken_in(office):
    sent = upload(office, GOOD)
    looked = office.get(sent.url)
    before = Person.objects.filter(name="王伟").count()
    done = office.post(sent.url, {"seen": looked.context["draft"].fingerprint})

    assert (sent.status_code, done.status_code, done.url) == (303, 303, "/organization/people/")
    assert (before, Person.objects.filter(name="王伟").count()) == (0, 1)


def test_what_is_wrong_is_shown_by_place_and_cannot_be_taken_in(office):
    sent = upload(office, ("县水力局", "联络员", "王伟", "139"))

    page = office.get(sent.url).content.decode()

    assert "第 2 行 D 列" in page
    assert "确认导入" not in page


def test_what_is_no_workbook_keeps_the_form(office):
    sent = SimpleUploadedFile("通讯录.xlsx", "单位,姓名".encode("gb18030"))

    response = office.post(URL, {"sheet": sent})

    assert (response.status_code, "不是 Excel 工作簿" in response.content.decode()) == (
        422,
        True,
    )


def test_an_old_draft_is_not_taken_in(office):
    sent = upload(office, GOOD)

    response = office.post(sent.url, {"seen": "0" * 32})

    assert (response.status_code, Person.objects.filter(name="王伟").count()) == (409, 0)


def test_nobody_sees_anothers_list(office):
    sent = upload(office, GOOD)
    other = entered(make.holder(Role.HEADQUARTERS_OFFICE, name="别人"))

    assert other.get(sent.url).status_code == 404


@pytest.mark.parametrize("raw", ["x", "00000000-0000-0000-0000-000000000000"])
def test_a_file_that_is_none_is_missing(office, raw):
    assert office.get(f"{URL}?file={raw}").status_code == 404


def test_the_blank_list_is_a_workbook_with_drop_downs(office):
    response = office.get(f"{URL}blank/")

    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["人员", "填写说明", "选项"]
    assert response["Content-Disposition"].endswith(".xlsx")


def test_who_may_not_is_refused(office):
    liaison = entered(make.holder(Role.UNIT_LIAISON, name="联络员"))

    assert liaison.get(URL).status_code == 403


def test_the_office_finds_it_from_the_book_of_people(office):
    assert "从表格导入" in office.get("/organization/people/").content.decode()
