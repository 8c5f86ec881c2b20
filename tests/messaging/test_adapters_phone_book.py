import pytest

from liandong.documents.sheets import blank_workbook
from liandong.messaging.adapters.phone_book import LAYOUT, read_phone_book
from tests.documents.workbooks import workbook

HEAD = ("单位", "岗位", "姓名", "联系电话", "办公电话", "邮箱", "A/B角", "备注")


def read(*rows):
    return read_phone_book(workbook(HEAD, *rows), "通讯录.xlsx")


def one(*cells):
    rows, findings = read(cells)
    return rows[0], [str(finding) for finding in findings]


def test_a_row_as_counties_write_it():
    row, findings = one(
        "县水利局", "局长", "王 伟", 1.39e10, "0831-2620000 转801", "w@example.gov.cn", "b"
    )

    assert (row.name, row.is_deputy, findings) == ("王伟", True, [])
    assert row.ways == (
        ("mobile", "13900000000"),
        ("phone", "08312620000转801"),
        ("email", "w@example.gov.cn"),
    )


def test_several_numbers_in_a_cell_are_several():
    row, _ = one("县水利局", "局长", "王伟", "13900000000、13900000001/2620000")

    assert row.ways == (
        ("mobile", "13900000000"),
        ("mobile", "13900000001"),
        ("phone", "2620000"),
    )


@pytest.mark.parametrize("name", ["王伟、李敏", "王伟/李敏", "王伟 李敏", "王伟\n李敏"])
def test_two_people_in_a_cell_are_refused(name):
    _row, findings = one("县水利局", "局长", name)

    assert findings[0].startswith("第 2 行 C 列：一格里有不止一个人")


@pytest.mark.parametrize("name", ["王 伟", "王　伟", "欧阳 修", "阿卜杜拉·买买提"])
def test_one_person_written_with_spaces_is_one(name):
    row, findings = one("县水利局", "局长", name)

    assert (" " in row.name, findings) == (False, [])


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1.39E+10", "号码被 Excel 改成了科学计数（1.39E+10），请设为文本格式重填。"),
        ("1390000000", "1390000000：手机号应为 11 位数字，以 1 开头。"),
        ("见座机", "见座机：手机号应为 11 位数字，以 1 开头。"),
    ],
)
def test_a_number_that_is_none_is_named_by_its_place(cell, said):
    _row, findings = one("县水利局", "局长", "王伟", cell)

    assert findings == [f"第 2 行 D 列：{said}"]


def test_vacant_posts_have_nobody_to_reach():
    row, findings = one("县水利局", "局长", "空缺", "13900000000")

    assert (row.name, row.ways, findings) == ("", (), [])


def test_a_role_that_is_neither_is_named():
    _row, findings = one("县水利局", "局长", "王伟", "", "", "", "C")

    assert findings == ["第 2 行 G 列：应填 A 或 B。"]


def test_the_blank_list_reads_back_as_empty():
    assert read_phone_book(blank_workbook([LAYOUT]), "通讯录.xlsx") == ([], [])
