"""A register comes in from a file: what is wrong is mended from the report, then it is taken in and back."""

from playwright.sync_api import expect

from tests.browser.people import Person, Town
from tests.documents.workbooks import workbook

HEAD = ("名称", "类型", "风险等级", "受威胁人数", "经度", "纬度", "值班电话的颜色")
WRONG = [
    ("柳湾滑坡", "滑坡", "较大风险", "四十五", "122.55", "39.95", ""),
    ("西坪山塘", "山塘", "低风险", "12", "39.95", "122.55", ""),
    ("柳湾滑坡", "滑坡", "较大风险", "45", "122.55", "39.95", ""),
]
RIGHT = [(*WRONG[0][:3], "45", *WRONG[0][4:]), (*WRONG[1][:4], "122.55", "39.95", "")]
IMPORT = "/sharing/registers/risk_source/import/"


def uploads(keeper: Person, rows):
    keeper.open(IMPORT)
    content = workbook(HEAD, *rows, sheet="风险源")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file = {"name": "山洪隐患.xlsx", "mimeType": kind, "buffer": content}
    keeper.field("填好的表格或图层").set_input_files(file)
    keeper.press("上传并核对")


def test_a_sheet_is_mended_from_its_report_taken_in_and_taken_back(town: Town):
    keeper = town.sits_down("shuili")
    uploads(keeper, WRONG)
    for words in ("第 2 行 D 列", "经度和纬度可能填反了", "G 列“值班电话的颜色”"):
        keeper.sees(words)

    uploads(keeper, RIGHT)
    keeper.press("确认导入")
    keeper.is_told("已导入")
    keeper.sees("柳湾滑坡")

    keeper.follow("导入记录")
    keeper.follow("山洪隐患.xlsx")
    keeper.press("撤回导入")
    keeper.sees("已撤回")
    keeper.open("/sharing/registers/risk_source/")
    gone = keeper.page.get_by_role("link", name="柳湾滑坡")
    expect(gone).to_have_count(0)
