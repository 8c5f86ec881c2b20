"""One round of reporting among twelve units, and the next, through the web client."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localtime
from openpyxl import load_workbook

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.permissions import Role
from liandong.messaging.models import Message
from liandong.organization.states import BodyKind
from liandong.sharing.models import Bulletin, Receipt, Record, Return, Round
from tests.documents.workbooks import saved, workbook
from tests.factories import organization as make

pytestmark = [pytest.mark.django_db, pytest.mark.journey]
BACKEND = "django.contrib.auth.backends.ModelBackend"
LATE, NIL, BY_SHEET = (9, 10, 11), 8, 7
SENT_BACK = (0, 1)


class Person:
    """Somebody at a browser."""

    def __init__(self, role, body, *, name="李明", **more):
        self.body = body
        self.client = Client()
        post = make.post(at=body, roles=[role], **more)
        account = make.account(make.person(name=name, at=post))
        self.client.force_login(account, BACKEND)

    def sees(self, url):
        answer = self.client.get(url)
        assert answer.status_code == 200, url
        return answer.content.decode()

    def does(self, url, **said):
        """Fill in the form as it stands there, with what is said."""
        page = self.sees(url)
        hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
        answer = self.client.post(url, {**dict(hidden), **said})
        assert answer.status_code == 303, answer.content.decode()[-3000:]
        return answer["Location"]


def typed(person, name, **more):
    return {
        "name": name, "body": person.body.pk, "kind": "geohazard", "grade": "2",
        "people": "20", "sensitivity": "internal", "read_from": "wgs84", **more,
    }  # fmt: skip


def slope(person, name):
    return person.does("/sharing/registers/risk_source/new/", **typed(person, name))


def answers(unit, round_, **said):
    mine = Return.objects.get(round=round_, body=unit.body)
    unit.does(f"/sharing/returns/{mine.pk}/submit/", **said)
    return mine


def asks(office, units, title):
    due = localtime(clock.now(ACTUAL) + timedelta(days=5))
    url = office.does(
        "/sharing/rounds/new/",
        subject=title,
        office=office.body.pk,
        due_at=f"{due:%Y-%m-%dT%H:%M:%S}",
        kinds=["risk_source"],
        bodies=[one.body.pk for one in units],
    )
    return Round.objects.get(pk=url.split("/")[-2])


def is_given(office, committee, units, round_, **said):
    """Compile, approve, give out, and have everybody sign."""
    url = office.does(f"/sharing/rounds/{round_.pk}/compile/", **said)
    committee.does(f"{url}approve/")
    committee.does(f"{url}distribute/", bodies=[one.body.pk for one in units])
    return Bulletin.objects.get(pk=url.split("/")[-2])


@pytest.fixture
def office():
    headquarters = make.body("geo", name="地灾指挥部", kind=BodyKind.SPECIAL_HEADQUARTERS)
    own = make.body(
        "geo-office", name="地灾办", kind=BodyKind.HEADQUARTERS_OFFICE, parent=headquarters
    )
    return Person(Role.HEADQUARTERS_OFFICE, own, name="顾清")


@pytest.fixture
def committee():
    above = make.body("committee", name="县应急委", kind=BodyKind.COMMITTEE)
    own = make.body(
        "committee-office", name="应急委办", kind=BodyKind.HEADQUARTERS_OFFICE, parent=above
    )
    return Person(Role.HEADQUARTERS_OFFICE, own, name="章行")


@pytest.fixture
def units():
    return [
        Person(
            Role.UNIT_LIAISON,
            make.body(f"unit-{n}", name=f"县{n}号局"),
            name=f"联络{n}",
            is_liaison=True,
        )
        for n in range(12)
    ]


def units_report(units, round_):
    """Eight with what they have, one of them thirty at once by a workbook, one with nothing."""
    for n, unit in enumerate(units):
        if n in (*LATE, NIL):
            continue
        if n == BY_SHEET:
            reservoirs(unit)
        else:
            slope(unit, f"{n}号滑坡")
        answers(unit, round_)
    answers(units[NIL], round_, is_nil="on")


HEAD = ("名称", "类型", "风险等级", "受威胁人数", "经度", "纬度")
RIGHT = ("", "水库", "较大风险", "20", "122.55", "39.95")
# What is wrong, by the column it stands in: five ways, six times each.
WRONG = {"B": "水酷", "C": "很大", "D": "二十几", "E": "一百二十二度", "F": "122.55"}
TAKE = "/sharing/registers/risk_source/import/"


def reservoirs(unit):
    """Thirty at once by a workbook with thirty faults, mended where the report marked them."""
    letters = list(WRONG)
    faulty = [letters[m % len(letters)] for m in range(30)]
    rows = [(f"{m}号水库", *RIGHT[1:]) for m in range(30)]
    spoiled = [
        tuple(
            WRONG[faulty[m]] if "ABCDEF"[k] == faulty[m] else one for k, one in enumerate(row)
        )
        for m, row in enumerate(rows)
    ]
    page = sends(unit, workbook(HEAD, *spoiled, sheet="风险源"))
    assert page.context["draft"].new == 0
    marked = unit.client.get(page.context["marked"])
    book = load_workbook(io.BytesIO(marked.content))
    told = [cell for line in book["风险源"].iter_rows() for cell in line if cell.comment]
    assert [one.coordinate for one in told] == [
        f"{letter}{row}" for row, letter in enumerate(faulty, start=2)
    ]
    for cell in told:
        cell.value = RIGHT["ABCDEF".index(cell.column_letter)]
    page = sends(unit, saved(book))
    assert not page.context["draft"].findings
    unit.does(page.redirect_chain[-1][0])
    assert Record.objects.filter(body=unit.body, name__endswith="水库").count() == 30


def sends(unit, content):
    """Hand a workbook in, and follow to the page that says what it would do."""
    given = {"sheet": SimpleUploadedFile("水库.xlsx", content)}
    answer = unit.client.post(TAKE, given, follow=True)
    assert answer.status_code == 200
    return answer


def office_checks(office, units, round_):
    """Two come back and are answered again; two speak of one thing, which becomes one."""
    for n in SENT_BACK:
        mine = Return.objects.get(round=round_, body=units[n].body)
        office.does(f"/sharing/returns/{mine.pk}/send-back/", reason="缺少坐标")
        assert "缺少坐标" in units[n].sees(f"/sharing/returns/{mine.pk}/")
        slope(units[n], f"{n}号新增点")
        answers(units[n], round_, confirms_rest="on")
    slope(units[2], "3号滑坡")
    kept, other = Record.objects.filter(name="3号滑坡").order_by("number")
    assert "可能重复" in office.sees(f"/sharing/rounds/{round_.pk}/")
    office.does(f"/sharing/records/{kept.number}/merge/", duplicate=other.pk)


def the_late_report(office, units, round_):
    board = f"/sharing/rounds/{round_.pk}/"
    reminded = Message.objects.filter(title__startswith="催办")
    assert {one.to_post.body_id for one in reminded} == {units[n].body.pk for n in LATE}
    assert office.sees(board).count("逾期未报") == len(LATE)
    for n in LATE:
        slope(units[n], f"{n}号滑坡")
        answers(units[n], round_)
    assert office.sees(board).count("迟报") == len(LATE)
    for row in Return.objects.filter(round=round_):
        office.does(f"/sharing/returns/{row.pk}/accept/")


def units_change(units):
    """One thing is graver, one gone, one new."""
    one = Record.objects.get(name="4号滑坡")
    url = f"/sharing/records/{one.number}/change/"
    units[4].does(url, **typed(units[4], "4号滑坡", grade="1"))
    gone = Record.objects.get(name="5号滑坡")
    units[5].does(f"/sharing/records/{gone.number}/withdraw/", reason="已治理销号")
    slope(units[6], "新出现的滑坡")


def test_a_round_is_played_and_the_next_says_what_differs(office, committee, units, at, work):
    at("2027-04-01T08:00")
    first = asks(office, units, "一季度风险源报送")
    work()
    assert Message.objects.filter(title__startswith="请报送").count() == len(units)
    at("2027-04-02T09:00")
    units_report(units, first)
    office_checks(office, units, first)
    at("2027-04-07T09:00")
    work()
    the_late_report(office, units, first)

    made = is_given(office, committee, units, first)
    for unit in units[1:]:
        unit.does(f"/sharing/bulletins/{made.pk}/sign/{unit.body.pk}/")
    at("2027-04-10T09:00")
    work()
    reminded = Message.objects.filter(title__startswith="催办").latest("sent_at")
    assert reminded.to_post.body_id == units[0].body.pk
    units[0].does(f"/sharing/bulletins/{made.pk}/sign/{units[0].body.pk}/")
    assert not Receipt.objects.filter(signed_at=None).exists()

    at("2027-07-01T08:00")
    second = asks(office, units, "二季度风险源报送")
    units_change(units)
    for unit in (units[4], units[6]):
        answers(unit, second, confirms_rest="on")
    made = is_given(office, committee, units, second, without="其余单位下期补报")

    page = units[4].sees(f"/sharing/bulletins/{made.pk}/")
    assert "新增 1，变更 1，撤销 1" in page
    assert "<del>较大风险</del> → <ins>重大风险</ins>" in page
    assert "新出现的滑坡" in page
    assert "<del>5号滑坡</del>" in page
