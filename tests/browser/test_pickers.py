"""Posts are found by typing: names, or the first letters of their pinyin."""

import re

from playwright.sync_api import expect

from tests.browser.people import Town
from tests.browser.test_keyboard import tab_to


def room_of(town: Town, title: str):
    officer = town.sits_down("zhiban")
    officer.open("/command/incidents/new/")
    officer.fill(officer.page.locator("form.form"), 事件名称=title, 信息来源="电话")
    officer.press("登记")
    officer.page.wait_for_url(re.compile("/incidents/[0-9a-f-]{36}/"))
    officer.follow("下达指令")
    return officer


def test_a_post_is_found_by_its_initials_and_chosen_by_keyboard(town: Town):
    officer = room_of(town, "选岗位试验一")
    box = officer.page.get_by_role("combobox", name=re.compile("接令岗位"))

    tab_to(officer, "接令岗位")
    officer.page.keyboard.type("slj")
    options = officer.page.get_by_role("option").filter(has_text="水利局")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    officer.page.keyboard.press("Enter")

    expect(box).to_have_value(re.compile("水利局"))
    expect(box).to_have_attribute("aria-expanded", "false")
    officer.fill(officer.page.locator("form.form"), 内容="开闸泄洪")
    officer.page.keyboard.press("Control+Enter")
    officer.sees("开闸泄洪")


def test_what_was_typed_and_is_no_post_chooses_none(town: Town):
    officer = room_of(town, "选岗位试验二")
    box = officer.page.get_by_role("combobox", name=re.compile("接令岗位"))

    box.fill("没有这个岗位")
    officer.page.keyboard.press("Tab")

    expect(box).to_have_value("")
    box.click()
    officer.page.get_by_role("listbox").get_by_role("option").nth(2).click()
    expect(box).not_to_have_value("")
    box.press("ArrowDown")
    expect(officer.page.locator("[aria-selected=true]")).to_have_count(1)
    box.press("Escape")
    expect(officer.page.get_by_role("listbox")).to_have_count(0)
