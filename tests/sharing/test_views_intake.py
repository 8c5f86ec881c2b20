import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from liandong.kernel.permissions import Role
from liandong.sharing.actions import enter_record
from liandong.sharing.models import GoodsAlias, Record, Taking
from tests.documents.test_places_reading import PLACE, geojson
from tests.documents.workbooks import workbook
from tests.monitoring.counting import queries_of
from tests.sharing.conftest import row
from tests.sharing.people import keeper_of
from tests.sharing.test_actions_sheet import HEAD, SLOPE
from tests.sharing.test_adapters_reading import RISKY, properties
from tests.sharing.test_views_record import signed_in

pytestmark = pytest.mark.django_db
TAKE = "/sharing/registers/risk_source/import/"


@pytest.fixture
def keeper(client, land):
    return signed_in(client, Role.UNIT_LIAISON, land)


def upload(client, content, name="台账.xlsx", **more):
    return client.post(TAKE, {"sheet": SimpleUploadedFile(name, content), **more}, follow=True)


def sheet(*rows):
    return workbook(HEAD, *rows, sheet="风险源")


def test_a_sheet_is_looked_at_and_taken(keeper):
    page = upload(keeper, sheet(SLOPE))
    assert not Record.objects.exists()

    done = keeper.post(
        page.redirect_chain[-1][0], {"seen": page.context["draft"].fingerprint}, follow=True
    )

    assert "沙坪滑坡" in done.content.decode()
    assert Record.objects.get().values["people"] == 45


def test_what_is_wrong_stands_at_its_cell_and_nothing_is_taken(keeper):
    page = upload(keeper, sheet((*SLOPE[:4], "四十", *SLOPE[5:])))

    assert "第 2 行 E 列" in page.content.decode()
    assert "确认导入" not in page.content.decode()


def test_the_sheet_is_given_back_with_what_is_wrong_marked_at_its_cell(keeper):
    page = upload(keeper, sheet((*SLOPE[:4], "四十", *SLOPE[5:]), (*SLOPE[:1], "", *SLOPE[2:])))

    given = keeper.get(page.context["marked"])

    marked = load_workbook(io.BytesIO(given.content))["风险源"]
    told = {
        one.coordinate: one.comment.text
        for line in marked.iter_rows()
        for one in line
        if one.comment
    }
    assert "四十" in told["E2"]
    assert {one.row for one in page.context["draft"].findings} == {
        int(place[1:]) for place in told
    }
    assert marked["A2"].value == "沙坪滑坡"


def test_what_is_wrong_below_a_merged_cell_is_marked_where_it_is_seen(keeper):
    content = workbook(
        HEAD,
        (*SLOPE[:4], "四十", *SLOPE[5:]),
        ("北坡", *SLOPE[1:4], "", *SLOPE[5:]),
        sheet="风险源",
        merge=["E2:E3"],
    )
    page = upload(keeper, content)
    assert {(one.row, one.column) for one in page.context["draft"].findings} >= {(2, "E")}

    marked = load_workbook(io.BytesIO(keeper.get(page.context["marked"]).content))["风险源"]

    assert "四十" in marked["E2"].comment.text
    assert "E2:E3" in {one.coord for one in marked.merged_cells.ranges}


def test_a_file_that_came_in_before_is_asked_about(keeper):
    content = sheet(SLOPE)
    for _turn in (1, 2):
        page = upload(keeper, content)
        where, seen = page.redirect_chain[-1][0], {"seen": page.context["draft"].fingerprint}
        answer = keeper.post(where, seen)

    told = page.content.decode()
    assert "一字不差：新增 1 条" in told
    assert answer.status_code == 422
    assert Taking.objects.count() == 1


def test_a_sheet_in_the_coordinates_of_a_web_map_is_turned(keeper):
    page = upload(keeper, sheet(SLOPE), system="gcj02")
    where = page.redirect_chain[-1][0]

    keeper.post(where, {"seen": page.context["draft"].fingerprint})

    assert "system=gcj02" in where
    assert str(Record.objects.get().lon) == "105.063601"


@pytest.mark.parametrize("name", ["隐患点.geojson", "隐患点.json"])
def test_a_layer_comes_in_by_the_same_page(keeper, name):
    page = upload(keeper, properties(geojson(PLACE), **RISKY), name)

    keeper.post(page.redirect_chain[-1][0], {"seen": page.context["draft"].fingerprint})

    assert Record.objects.get().name == "点1"


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"x", "a.dwg", "不是 Excel 工作簿"),
        (b"{}", "a.geojson", "FeatureCollection"),
        (b"PK\x03\x04", "a.zip", "压缩包已损坏"),
        ("名称,责任单位\n甲,".encode() + b"\xff\xff", "a.csv", "第 2 行的文字编码读不懂"),
        (workbook(("地点", "年龄"), ("王", "3")), "a.xlsx", "缺少列：“名称”"),
    ],
)
def test_what_is_no_such_file_is_refused_on_the_page(keeper, content, name, why):
    page = upload(keeper, content, name)

    assert page.status_code == 422
    assert why in page.content.decode()


def test_a_text_of_gbk_comes_in(keeper):
    text = "名称,责任单位,类型,风险等级\n甲水库,县自然资源局,水库,低风险\n".encode("gbk")

    page = upload(keeper, text, "台账.csv")

    assert page.context["draft"].new == 1


def test_the_blank_sheet_offers_choices_bodies_and_townships(keeper):
    response = keeper.get("/sharing/registers/risk_source/blank/")

    book = load_workbook(io.BytesIO(response.content))
    offered = [cell.value for row in book["选项"].iter_rows() for cell in row]
    assert {"县自然资源局", "水库", "较大风险"} <= set(offered)


def test_a_register_is_taken_away_as_its_reader_sees_it(client, land, water):
    enter_record(keeper_of(land), kind="risk_source", row=row(land))
    own = signed_in(client, Role.UNIT_LIAISON, land).get(
        "/sharing/registers/risk_source/sheet/"
    )
    theirs = signed_in(client, Role.UNIT_LIAISON, water).get(
        "/sharing/registers/risk_source/sheet/?as=csv"
    )

    heads, values = load_workbook(io.BytesIO(own.content)).active.values
    told = dict(zip(heads, values, strict=True))
    text = b"".join(theirs.streaming_content).decode()
    assert "13900000001" in "".join(str(one) for one in told.values())
    assert "孙家沟滑坡" in text
    assert "13900000001" not in text


def test_what_a_workbook_cannot_hold_is_refused_and_goes_out_as_text(keeper, land, monkeypatch):
    monkeypatch.setattr("liandong.sharing.views.intake.MOST_IN_WORKBOOK", 1)
    for name in ("甲", "乙"):
        enter_record(keeper_of(land), kind="risk_source", row=row(land, name=name))

    refused = keeper.get("/sharing/registers/risk_source/sheet/")
    text = keeper.get("/sharing/registers/risk_source/sheet/?as=csv")

    assert refused.status_code == 422
    assert "最多导出 1 条" in refused.content.decode()
    lines = b"".join(text.streaming_content).decode()
    assert "甲" in lines
    assert "乙" in lines


def test_taking_away_asks_as_many_questions_for_many_as_for_few(keeper, land):
    def asked(count):
        for n in range(count):
            enter_record(
                keeper_of(land), kind="risk_source", row=row(land, name=f"{count}-{n}")
            )
        return queries_of(keeper, "/sharing/registers/risk_source/sheet/")

    asked(1)  # what is looked up once and kept

    assert asked(2) == asked(5)


def test_takings_are_listed_and_one_is_undone(keeper):
    page = upload(keeper, sheet(SLOPE))
    keeper.post(page.redirect_chain[-1][0], {"seen": page.context["draft"].fingerprint})
    taking = Taking.objects.get()
    listed = keeper.get("/sharing/registers/risk_source/imports/").content.decode()
    assert f"/sharing/imports/{taking.pk}/undo/" in listed

    keeper.post(f"/sharing/imports/{taking.pk}/undo/", {"idempotency_key": "a"})

    assert Record.objects.get().state == "withdrawn"
    again = keeper.get("/sharing/registers/risk_source/imports/").content.decode()
    assert "已撤回" in again
    assert f"/sharing/imports/{taking.pk}/undo/" not in again


def test_the_county_names_its_goods(client):
    reader = signed_in(client, Role.HEADQUARTERS_OFFICE)

    refused = reader.post("/sharing/goods/new/", {"name": "雨棚", "code": "9999999"})
    reader.post("/sharing/goods/new/", {"name": "雨棚", "code": "1010200"})

    assert refused.status_code == 422
    alias = GoodsAlias.objects.get()
    assert "大米" in reader.get("/sharing/goods/").content.decode()
    reader.post(f"/sharing/goods/{alias.pk}/drop/", {"expected_version": "1"})
    assert not GoodsAlias.objects.exists()
