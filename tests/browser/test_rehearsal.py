"""试走一遍: whoever is new goes through its seven steps by what the pages say, and leaves no trace outside."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.people import Person, Town

TITLE = "试走：云溪乡后山起火"
STEPS = ["登记事件", "研判定级", "决定响应", "下达指令", "复诵和接受", "报告", "结束"]


@pytest.mark.slow
def test_the_seven_steps_are_walked_by_those_whom_they_name(town: Town):
    officer, office = rehearses(town, "zhiban"), rehearses(town, "linban")
    chief, unit = rehearses(town, "zhihui"), rehearses(town, "xiaofang")
    assert walked(officer) == []

    enters_the_incident(officer)
    learns(officer, "过火面积", "26")
    goes_on(officer, "研判定级")
    decides(office, chief, "启动Ⅳ级")
    goes_on(officer, "下达指令")
    takes_an_order(unit)
    goes_on(officer, "复诵和接受")
    reports(officer)
    goes_on(officer, "报告")
    for fact in ("明火已扑灭", "火场已无火无烟", "看守人员撤离已经批准"):
        learns(officer, fact, "是")
    decides(office, chief, "终止")
    recalls_the_rest(officer)
    ends(office)
    goes_on(officer, "结束")

    officer.press("回到实战")
    officer.sees("进入演练")
    officer.follow("事件")
    expect(officer.page.get_by_text(TITLE)).to_have_count(0)


def rehearses(town: Town, name: str) -> Person:
    """Sign in, find the rehearsal in the account menu, and go in; nobody else's session is drawn along."""
    person = town.sits_down(name, again=True)
    steps(person)
    person.press("进入演练")
    person.sees("演练 不外发")
    assert person.page.locator("#lessons .row-title").all_inner_texts() == STEPS
    return person


def steps(person: Person):
    person.page.locator("summary").filter(has_text="账号").click()
    person.follow("试走一遍")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("试走一遍")


def walked(person: Person) -> list[str]:
    rows = person.page.locator("#lessons .plain-row").filter(has_text="已走")
    return rows.locator(".row-title").all_inner_texts()


def goes_on(person: Person, step: str):
    """The list ticks what was done, up to this step."""
    steps(person)
    row = person.page.locator("#lessons .plain-row").filter(has_text=re.compile(f"{step}"))
    expect(row.filter(has_text="已走").first).to_be_visible()
    assert walked(person) == STEPS[: STEPS.index(step) + 1]


def to_the_room(person: Person):
    person.follow("事件")
    person.follow(TITLE)
    expect(person.page.get_by_role("heading", level=1)).to_contain_text(TITLE)


def waiting(person: Person, words: str) -> Locator:
    person.follow("值班台")
    rows = person.page.locator("#desk-command .work-row").filter(has_text=TITLE)
    return rows.filter(has_text=words)


def enters_the_incident(officer: Person):
    officer.follow("去事件页")
    officer.follow("登记突发事件")
    officer.fill(事件名称=TITLE, 类别="森林火灾", 信息来源="云溪乡值班室", 地点="云溪乡后山")
    officer.press("登记")
    officer.is_told("已登记")
    goes_on(officer, "登记事件")


def learns(officer: Person, fact: str, value: str):
    to_the_room(officer)
    officer.follow("登记核实情况")
    sheet = officer.page.get_by_role("dialog")
    officer.fill(sheet, 情况=fact, 是多少=value, 谁说的="现场电话")
    officer.press("登记", sheet)
    officer.is_told("已登记")


def decides(office: Person, chief: Person, verb: str):
    """One proposes and signs, the other signs too."""
    to_the_room(office)
    proposals = office.page.locator("#room-proposals")
    office.follow(verb, proposals)
    office.press("签署决定")
    office.sees("待会签", proposals)
    chief.follow("会签", waiting(chief, "待会签"))
    chief.press("会签")
    chief.sees("未启动" if verb == "终止" else "Ⅳ级响应", chief.page.locator("#room-head"))


def takes_an_order(unit: Person):
    unit.follow("复诵", waiting(unit, "复诵").first)
    ordered = unit.page.locator("#order-page .figure").inner_text()
    unit.fill(unit.section("复诵"), 复诵内容=f"{ordered}，明白")
    unit.press("复诵")
    unit.is_told("已复诵")
    unit.press("接受", unit.section("接受指令"))
    unit.is_told("已接受")


def reports(officer: Person):
    to_the_room(officer)
    officer.follow("首报", officer.page.locator("#room-reports"))
    officer.press("生成正文")
    officer.is_told("已拟稿")
    officer.fill(officer.section("报出"), 签发人="带班领导", 对方接收人="市应急局值班室")
    officer.press("报出")
    officer.is_told("已记录报出")


def recalls_the_rest(officer: Person):
    to_the_room(officer)
    board = officer.page.locator("#room-board")
    live = board.locator("details").filter(has_text=re.compile("等待|执行中|需要处置"))
    while live.locator(".order-row").count():
        live.locator(".order-row").first.click()
        card = officer.unfold("撤回指令")
        officer.fill(card, 撤回原因="响应已终止")
        officer.press("撤回", card)
        officer.is_told("已撤回")
        officer.follow(TITLE)
        expect(board).to_be_visible()


def ends(office: Person):
    to_the_room(office)
    office.follow("结束事件")
    sheet = office.page.get_by_role("dialog")
    office.fill(sheet, 结束情况="试走完毕")
    office.press("结束事件", sheet)
    office.sees("已结束", office.page.locator("#room-head"))
