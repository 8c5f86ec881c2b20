import json

import pytest

from liandong.kernel.divisions import division
from liandong.kernel.geo.systems import system_of
from liandong.kernel.problems import Invalid
from liandong.sharing.actions import plan_sheet, take_sheet
from liandong.sharing.adapters.reading import Given, read_register
from liandong.sharing.models import Record
from liandong.sharing.registers import REGISTERS
from tests.documents.test_places_reading import BOW, KML, PLACE, SQUARE, geojson, layer, polygon
from tests.sharing.people import keeper_of

pytestmark = pytest.mark.django_db
COUNTY = division("511523", "江安县")
WGS84 = system_of("wgs84")
RISK = REGISTERS["risk_source"]


def take(actor, content, name, kind="risk_source", **more):
    lines, findings = read_register(content, name, REGISTERS[kind], WGS84, **more)
    planned = plan_sheet(actor, COUNTY, REGISTERS[kind], lines, findings)
    assert [str(one) for one in planned.findings] == []
    seen = planned.draft.fingerprint
    return take_sheet(
        actor, kind=kind, place=COUNTY, rows=lines, seen=seen, name=name, digest=""
    )


def properties(content, **said):
    """The same features with these properties over their own; ``None`` takes one away."""
    told = json.loads(content)
    for one in told["features"]:
        kept = {**one["properties"], **said}
        one["properties"] = {key: value for key, value in kept.items() if value is not None}
    return json.dumps(told).encode()


RISKY = {"类型": "水库", "风险等级": "低风险"}


def test_a_layer_enters_points_and_outlines(land):
    content = properties(geojson(PLACE, polygon(SQUARE)), **RISKY)

    taking = take(keeper_of(land), content, "水库.geojson")

    first, second = Record.objects.order_by("name")
    assert (taking.new, first.name, second.name) == (2, "点1", "点2")
    assert (str(first.lon), first.extent) == ("105.066800", None)
    assert second.extent["type"] == "Polygon"
    assert (str(second.lon), second.cell is not None) == ("105.050000", True)


def test_a_layer_gives_outlines_to_records_that_are_there(land):
    take(keeper_of(land), properties(geojson(PLACE), **RISKY), "水库.geojson")

    taking = take(keeper_of(land), geojson(polygon(SQUARE)), "范围.geojson")

    record = Record.objects.get()
    assert (taking.new, taking.changed) == (0, 1)
    assert (record.extent["type"], record.values["kind"]) == ("Polygon", "reservoir")


def test_the_column_of_names_may_be_told(land):
    content = properties(geojson(PLACE), DZHNAME="沙坪滑坡", **RISKY)

    take(keeper_of(land), content, "a.geojson", given=Given(named_by="DZHNAME"))

    assert Record.objects.get().name == "沙坪滑坡"


def test_a_placemark_has_its_own_name(land):
    content = KML.replace("威胁人数</", "威胁人数</").replace(
        "<ExtendedData>",
        '<ExtendedData><Data name="类型"><value>水库</value></Data><Data name="风险等级"><value>低风险</value></Data>',
    )
    head, _tail = content.split("<Placemark><name>铁清水库")

    take(keeper_of(land), (head + "</Folder></Document></kml>").encode(), "a.kml")

    record = Record.objects.get()
    assert (record.name, record.values["people"]) == ("沙坪滑坡", 45)


def test_what_cannot_stand_on_the_ground_is_named_by_its_feature(land):
    content = properties(geojson(PLACE, polygon(BOW)), **RISKY)

    lines, findings = read_register(content, "a.geojson", RISK, WGS84)

    assert [str(one) for one in findings] == [
        "第 2 行 图形 列：边线自相交（东经 105.05000°，北纬 28.75000°处），请改正后再传。"
    ]
    assert len(lines) == 2


def test_an_outline_of_what_has_none_is_refused(land):
    content = properties(geojson(polygon(SQUARE)), 类别="民兵应急队伍", 人数="30")

    lines, findings = read_register(content, "a.geojson", REGISTERS["team"], WGS84)
    planned = plan_sheet(keeper_of(land), COUNTY, REGISTERS["team"], lines, findings)

    assert "不能画成这样的图形" in str(planned.findings[0])


def test_a_layer_without_names_is_refused_by_what_is_missing():
    with pytest.raises(Invalid, match="没有找到“名称”列"):
        read_register(properties(geojson(PLACE), 名称=None), "a.geojson", RISK, WGS84)


def test_a_shapefile_is_read_for_a_register(land):
    lines, findings = read_register(layer(encoding="gbk"), "a.zip", RISK, WGS84)

    assert ([line["name"] for line in lines], lines[0]["lon"], findings) == (
        ["沙坪滑坡"], "105.066800", [],
    )  # fmt: skip


def test_a_foreign_list_is_told_what_it_does_not_say(land):
    content = b"Name,people\nHeso,45\n"
    given = Given(
        named_by="Name",
        called={"people": "受威胁人数"},
        filled={"类型": "水库", "风险等级": "低风险"},
    )

    take(keeper_of(land), content, "reservoirs.csv", given=given)

    record = Record.objects.get()
    assert (record.name, record.values["kind"], record.values["people"]) == (
        "Heso",
        "reservoir",
        45,
    )


def test_a_title_there_is_none_of_is_named():
    with pytest.raises(Invalid, match="没有“星座”这一项"):
        read_register(b"Name\nx\n", "a.csv", RISK, WGS84, given=Given(called={"x": "星座"}))
