"""Two people at one form: each sees the other, and who is slower learns what has changed."""

import re

from playwright.sync_api import expect

from tests.browser.people import ONE, ROOM, Person, Town

MINUTES = f"/command/consultations/{ONE}/"
TITLE = "柳湾乡河堤渗漏"


def confer(officer: Person) -> str:
    """An incident with a consultation whose minutes nobody has written yet; where they are written."""
    officer.open("/command/incidents/new/")
    officer.fill(事件名称=TITLE, 类别="暴雨洪涝", 信息来源="柳湾乡电话")
    officer.press("登记")
    officer.follow("会商")
    officer.page.get_by_label("参会岗位").select_option(label=["县气象局 联络员"])
    officer.press("发起会商")
    officer.page.wait_for_url(re.compile(MINUTES))
    return officer.page.url.removeprefix(officer.house.url)


def test_two_at_one_form_see_each_other_and_what_the_other_saved(town: Town):
    officer, office = town.sits_down("zhiban"), town.sits_down("fangban")
    page = confer(officer)
    office.open(page)
    notice = office.page.locator("[data-presence]").first
    changed = office.page.locator("[data-changed]").first
    expect(notice).to_be_hidden()

    officer.field("情况", officer.section("会商纪要")).click()
    expect(notice).to_contain_text("正在填写同一张单子", timeout=6000)

    office.fill(office.section("会商纪要"), 情况="渗水段 20 米", 研判结论="继续观察")
    officer.fill(officer.section("会商纪要"), 情况="渗水段 35 米", 研判结论="加派巡查")
    officer.press("保存纪要")

    expect(changed).to_contain_text("已改此条，请先看差异", timeout=6000)
    expect(office.field("研判结论", office.section("会商纪要"))).to_have_value("继续观察")
    changed.get_by_role("button", name="看差异").click()
    told = office.page.get_by_role("dialog", name="差异")
    row = told.get_by_role("row").filter(
        has=office.page.get_by_role("rowheader", name="研判结论")
    )
    expect(row.get_by_role("cell").nth(1)).to_have_text("加派巡查")
    expect(row.get_by_role("cell").nth(2)).to_have_text("继续观察")

    told.get_by_role("button", name="保留我填的").click()
    expect(told).to_be_hidden()
    expect(changed).to_be_hidden()
    office.press("保存纪要")
    expect(office.field("研判结论", office.section("会商纪要"))).to_have_value("继续观察")

    officer.open(ROOM[0])
    expect(notice).to_be_hidden(timeout=16_000)
