import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from liandong.kernel.permissions import Role
from liandong.organization.actions import RoleScope
from liandong.sharing.actions import enter_record, take_records
from liandong.sharing.models import MapView
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.sharing.conftest import TEAM, row
from tests.sharing.people import keeper_of

pytestmark = pytest.mark.django_db
PAGE = "/sharing/map/"
SURE = {"idempotency_key": "k"}
HERE = {"lon": Decimal("105.05"), "lat": Decimal("28.65")}


@pytest.fixture
def placed(land):
    keeper = keeper_of(land)
    enter_record(keeper, kind="risk_source", row=row(land, address="孙家沟组", **HERE))
    enter_record(
        keeper,
        kind="team",
        row=row(
            land, name="应急小分队", values=TEAM, lon=Decimal("105.06"), lat=Decimal("28.65")
        ),
    )
    enter_record(
        keeper,
        kind="risk_source",
        row=row(land, name="远处的一处", lon=Decimal("105.5"), lat=Decimal("28.65")),
    )


@pytest.fixture
def client(land):
    return entered(make.holder(RoleScope(Role.UNIT_LIAISON, body=str(land.pk)), at=land))


def asked(client, **more):
    return client.get(PAGE, {"shape": "circle", "points": "105.05,28.65", "km": "2", **more})


def test_the_page_begins_with_a_question(client):
    page = client.get(PAGE)

    assert page.status_code == 200
    assert "画一块地方" in page.content.decode()


def test_a_circle_tells_what_lies_in_it_and_what_that_adds_up_to(placed, client):
    page = asked(client).content.decode()

    assert "2 公里以内" in page
    assert "孙家沟滑坡" in page
    assert "应急小分队" in page
    assert "远处的一处" not in page
    assert "受威胁人数 34 人" in page
    assert "979 米" in page or "978 米" in page


def test_registers_may_be_chosen(placed, client):
    page = asked(client, kinds="team").content.decode()

    assert "孙家沟滑坡" not in page
    assert "应急小分队" in page


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ({"points": ""}, "请点选一个位置"),
        ({"points": "28.65,105.05"}, "不是“经度,纬度”"),
        ({"points": "xyz"}, "不是“经度,纬度”"),
        ({"km": "9999"}, "小于或等于"),
        ({"shape": "polygon"}, "至少三个点"),
        ({"shape": "polygon", "points": "105,28\n105.1,28.1\n105.1,28\n105,28.1"}, "自相交"),
        ({"shape": "river"}, "附近没有河流"),
        ({"shape": "township"}, "底图上没有它的范围"),
        ({"shape": "star"}, "star"),
        ({"kinds": "nothing"}, "nothing"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_the_form(client, question, answer):
    page = asked(client, **question)

    assert page.status_code == 422
    assert answer in page.content.decode()


def test_it_comes_as_a_workbook(placed, client):
    book = load_workbook(io.BytesIO(asked(client, export="xlsx").content))

    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [one[2] for one in rows[1:]] == ["孙家沟滑坡", "应急小分队"]
    assert rows[1][3] == "孙家沟组"
    assert "13900000001" not in str(rows)


def test_it_prints_with_legend_and_for_whom(placed, client):
    page = asked(client, print="1").content.decode()

    assert "仅供内部应急使用" in page
    assert "<svg" in page
    assert "2 公里以内" in page


def test_a_question_is_kept_and_dropped(placed, client):
    query = "shape=circle&points=105.05%2C28.65&km=2"

    answer = client.post(
        "/sharing/map/views/save/", {"name": "城区", "query": query, "is_shared": "on"}
    )

    assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}?{query}")
    view = MapView.objects.get()
    assert "城区" in client.get(PAGE).content.decode()
    client.post(f"/sharing/map/views/{view.pk}/drop/", SURE)
    assert not MapView.objects.exists()


def test_anothers_question_is_seen_when_shared_and_never_dropped(land, placed, client):
    for name, shared in (("共用的", "on"), ("自己的", "")):
        client.post(
            "/sharing/map/views/save/",
            {"name": name, "query": "shape=circle", "is_shared": shared},
        )
    other = make.body("other", name="县教育局")
    reader = entered(make.holder(RoleScope(Role.UNIT_LIAISON, body=str(other.pk)), at=other))

    page = reader.get(PAGE).content.decode()

    assert ("共用的" in page, "自己的" in page) == (True, False)
    shared = MapView.objects.get(name="共用的")
    assert reader.post(f"/sharing/map/views/{shared.pk}/drop/", SURE).status_code == 404
    mine = MapView.objects.get(name="自己的")
    assert reader.post(f"/sharing/map/views/{mine.pk}/drop/", SURE).status_code == 404
    assert MapView.objects.count() == 2


def test_the_page_asks_as_often_for_few_as_for_many(land, placed, client):
    def queries():
        with CaptureQueriesContext(connection) as told:
            asked(client)
        return len(told)

    few = queries()
    rows = [row(land, name=f"隐患点{n}", **HERE) for n in range(40)]
    take_records(keeper_of(land), kind="risk_source", rows=rows, source="x.xlsx")

    assert queries() <= few
