"""``liandong import`` and ``liandong export``: what they take, tell and refuse."""

import json

import pytest
from openpyxl import load_workbook

from tests.config.nodes import answer, liandong
from tests.documents.workbooks import workbook

HEAD = ("名称", "责任单位", "类型", "风险等级", "受威胁人数", "经度", "纬度")
SLOPE = ("沙坪滑坡", "自然资源局", "地质灾害隐患点", "较大风险", "45", "105.0668", "28.7237")


@pytest.fixture
def sheet(tmp_path):
    file = tmp_path / "风险源.xlsx"
    file.write_bytes(workbook(HEAD, SLOPE, sheet="风险源"))
    return file


def counts(told):
    return tuple(told[key] for key in ("new", "changed", "same", "withdrawn"))


def test_a_register_comes_in_and_goes_out_and_comes_back_unchanged(home, sheet, tmp_path):
    looked = answer("import", "risk_source", sheet, "--dry-run", home=home)
    taken = answer("import", "risk_source", sheet, home=home)
    assert (counts(looked), counts(taken)) == ((1, 0, 0, 0), (1, 0, 0, 0))

    for name in ("out.xlsx", "out.csv", "out.geojson"):
        out = tmp_path / name
        assert answer("export", "risk_source", out, home=home)["records"] == 1
        assert counts(answer("import", "risk_source", out, home=home)) == (0, 0, 1, 0)
    assert load_workbook(tmp_path / "out.xlsx").sheetnames == ["风险源"]


def test_a_file_that_came_in_before_has_to_be_meant(home, sheet):
    answer("import", "risk_source", sheet, home=home)
    content = sheet.read_bytes()

    refused = liandong("import", "risk_source", sheet, "--json", home=home)
    assert (refused.returncode, "已经导入过" in refused.stdout) == (1, True)

    assert sheet.read_bytes() == content
    assert counts(answer("import", "risk_source", sheet, "--again", home=home)) == (0, 0, 1, 0)


def test_what_is_wrong_is_named_at_its_cell(home, tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook(HEAD, (*SLOPE[:4], "四十", "28.7", "105.0"), sheet="风险源"))

    done = liandong("import", "risk_source", file, "--json", home=home)

    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"]) == (1, False)
    assert [one["place"] for one in told["findings"]] == ["第 2 行 E 列", "第 2 行 F 列"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("import", "nonsense", "sheet"), "没有这种登记簿"),
        (("import", "risk_source", "sheet", "--crs", "mars"), "没有“mars”这种坐标系"),
        (("import", "risk_source", "sheet", "--body", "天文局"), "没有叫“天文局”的机构"),
        (("export", "risk_source", "a.pdf"), "不能导出为“.pdf”"),
    ],
)
def test_what_is_asked_wrongly_is_refused_in_words(home, sheet, arguments, why):
    given = [sheet if one == "sheet" else one for one in arguments]

    done = liandong(*given, home=home)

    assert done.returncode == 1
    assert why in done.stderr
