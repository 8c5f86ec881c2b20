"""The search box: opened from anywhere, asked in pinyin, chosen from by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import DESK, PHONE, Town


def test_pinyin_initials_arrows_and_enter_lead_to_a_page(town: Town):
    officer = town.sits_down("zhiban")
    officer.open("/")
    officer.page.keyboard.press("Control+k")
    box = officer.page.get_by_role("combobox", name="搜索")
    expect(box).to_be_focused()

    officer.page.keyboard.type("xslj")
    first = officer.page.get_by_role("option").filter(has_text="水利局").first
    expect(first).to_be_visible()
    expect(first.locator("mark").first).to_have_text("县水利局")
    expect(box).to_have_attribute("aria-expanded", "true")
    chosen = officer.page.locator("[role=option][aria-selected=true]")
    before = chosen.get_attribute("id")
    officer.page.keyboard.press("ArrowDown")
    expect(chosen).not_to_have_id(str(before))
    officer.page.keyboard.press("ArrowUp")
    expect(box).to_have_attribute("aria-activedescendant", str(before))
    where = chosen.get_attribute("href")
    officer.page.keyboard.press("Enter")

    officer.page.wait_for_url(officer.house.url + str(where))
    officer.sees("水利局")


def test_a_slash_opens_it_and_escape_shuts_it(town: Town):
    officer = town.sits_down("zhiban")
    officer.open("/")

    officer.page.keyboard.press("/")
    expect(officer.page.get_by_role("dialog", name="搜索")).to_be_visible()
    officer.page.keyboard.type("chawuciren")
    expect(officer.page.get_by_text("换个说法")).to_be_visible()
    officer.page.keyboard.press("Escape")
    expect(officer.page.get_by_role("dialog", name="搜索")).to_have_count(0)

    # A list's own box goes before it.
    officer.open("/organization/people/")
    officer.page.keyboard.press("/")
    expect(officer.page.get_by_label("姓名")).to_be_focused()


def test_who_is_faster_than_the_answer_comes_to_the_page_that_asks_the_same(town: Town):
    officer = town.sits_down("zhiban")
    officer.open("/")

    def slow(route):
        """No answer to the box; the page that Enter asks for comes as ever."""
        if "hx-request" in route.request.headers:
            route.fulfill(status=204)
        else:
            route.continue_()

    officer.page.route("**/search/?q=*", slow)
    officer.page.keyboard.press("Control+k")
    officer.page.get_by_role("combobox", name="搜索").fill("水利局")
    officer.page.keyboard.press("Enter")

    officer.page.wait_for_url(re.compile(r"/search/\?q="))
    expect(officer.page.get_by_role("link", name=re.compile("水利局")).first).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_without_a_script_and_on_a_phone_it_is_there(town: Town, size):
    officer = town.sits_down("zhiban", again=True, viewport=size)
    officer.open("/")
    officer.page.get_by_role("link", name="搜索").click()
    box = officer.page.get_by_role("combobox", name="搜索")
    box.fill("shuiliju")
    option = officer.page.get_by_role("option").filter(has_text="水利局").first
    option.click()
    expect(officer.page.get_by_role("dialog", name="搜索")).to_have_count(0)
    officer.sees("水利局")
