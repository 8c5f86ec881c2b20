"""Command goes up in mid-event before five people at once, none of whom reloads a page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person, Town

TITLE = "青石镇化工仓库泄漏"
CITY = "示例市生产安全事故应急指挥部"
WORDS = "用沙袋封堵雨水排口"


@pytest.mark.slow
def test_the_city_takes_over_and_everybody_sees_it(town: Town):
    officer = town.sits_down("zhiban")
    office = town.sits_down("fangban", again=True)
    commander = town.sits_down("zhihui")
    water, police = town.sits_down("shuili"), town.sits_down("gongan")
    enter_incident(officer)
    room = officer.page.url.removeprefix(officer.house.url)
    for one in (office, commander):
        one.open(room)
    order(office, "县公安局 联络员", "封闭仓库周边道路")
    begin_to_write(office, room, "派车接转群众，还没写完")

    hand_over(commander, room)

    the_draft_is_there(office, room, "派车接转群众，还没写完")
    for one in (officer, commander):
        one.sees(CITY, one.page.locator("#room-head"))
    office.open(room)
    told_to_the_county(officer)
    office.sees(WORDS, office.page.locator("#room-superior"))
    pass_on(office)
    for unit, text in ((water, WORDS), (police, "封闭仓库周边道路")):
        row = unit.page.locator("#desk-command .work-row").filter(has_text=text)
        expect(row).to_be_visible()
    read_back(water)
    officer.sees("已复诵", officer.page.locator("#superior-order"))


def enter_incident(officer: Person):
    officer.follow("事件")
    officer.follow("登记突发事件")
    officer.fill(事件名称=TITLE, 类别="事故灾难", 信息来源="仓库值班电话", 地点="青石镇")
    officer.press("登记")
    expect(officer.page.get_by_role("heading", name=TITLE)).to_be_visible()


def order(office: Person, post: str, text: str):
    office.follow("下达指令")
    office.fill(接令岗位=post, 内容=text)
    office.press("下达指令")
    office.sees(text, office.page.locator("#room-board"))


def begin_to_write(office: Person, room: str, text: str):
    """An order is being written when the browser is closed."""
    window = office.another_window(f"{room}issue/")
    box = window.get_by_label(re.compile(r"^内容\*?$"))
    box.fill(text)
    window.wait_for_timeout(1500)
    window.close()


def the_draft_is_there(office: Person, room: str, text: str):
    window = office.another_window(f"{room}issue/")
    expect(window.get_by_label(re.compile(r"^内容\*?$"))).to_have_value(text)


def hand_over(commander: Person, room: str):
    commander.follow("移交指挥权")
    commander.fill(
        总指挥转为="市级指挥",
        指挥机构=CITY,
        文号="示安指〔2026〕3号",
        依据="涉险超过 10 人",
        县联络员="县防汛抗旱指挥部办公室 主任",
    )
    commander.press("登记移交")
    commander.page.wait_for_url(commander.house.url + room)


def told_to_the_county(officer: Person):
    officer.follow("登记上级指令")
    officer.fill(下达人="市指挥部 沈指挥长", 指令内容=WORDS, 复诵内容=WORDS)
    officer.press("登记")
    officer.is_told("已登记，请下达到有关单位落实")


def pass_on(office: Person):
    office.follow(WORDS, office.page.locator("#room-superior"))
    office.follow("据此下达指令")
    expect(office.field("内容")).to_have_value(WORDS)
    office.fill(接令岗位="县水利局 联络员")
    office.press("下达指令")
    office.sees("1 条指令在办", office.page.locator("#room-superior"))


def read_back(water: Person):
    row = water.page.locator("#desk-command .work-row").filter(has_text=WORDS)
    water.follow("复诵", row)
    water.sees("上级指令 1")
    water.fill(water.section("复诵"), 复诵内容=WORDS)
    water.press("复诵")
    water.is_told("已复诵")
