"""From the door to an order without a mouse."""

from playwright.sync_api import expect

from tests.browser.people import Person, Town

FARTHEST = 80
FOCUSED = """() => {
  const one = document.activeElement;
  return (one.labels?.[0] ?? one).textContent.replace("*", "").trim();
}"""


def tab_to(person: Person, words: str):
    """Press Tab until the focus is on what is called so."""
    seen = []
    for _ in range(FARTHEST):
        person.page.keyboard.press("Tab")
        seen.append(person.page.evaluate(FOCUSED))
        if seen[-1].startswith(words):
            return
    raise AssertionError(f"Tab never came to {words!r}: {seen}")


def type_in(person: Person, label: str, text: str):
    tab_to(person, label)
    person.page.keyboard.type(text)


def press_on(person: Person, words: str):
    tab_to(person, words)
    person.page.keyboard.press("Enter")


def stands_under(person: Person, heading: str):
    expect(person.page.get_by_role("heading", name=heading, level=1)).to_be_visible()


def test_from_the_door_to_an_order_by_keyboard_alone(town: Town):
    officer = town.stranger()
    officer.open("/accounts/login/")
    type_in(officer, "用户名", "zhiban")
    officer.page.keyboard.press("Tab")
    officer.page.keyboard.type(town.house.password)
    officer.page.keyboard.press("Enter")
    stands_under(officer, "值班台")

    press_on(officer, "事件")
    stands_under(officer, "突发事件")
    press_on(officer, "登记突发事件")
    stands_under(officer, "登记突发事件")
    type_in(officer, "事件名称", "北山乡林道塌方")
    type_in(officer, "信息来源", "护林员电话")
    officer.page.keyboard.press("Control+Enter")
    stands_under(officer, "北山乡林道塌方")

    press_on(officer, "下达指令")
    stands_under(officer, "下达指令")
    tab_to(officer, "接令岗位")
    officer.page.keyboard.press("ArrowDown")
    type_in(officer, "内容", "清理北山林道")
    press_on(officer, "下达指令")

    board = officer.page.locator("#room-board")
    expect(board.get_by_text("清理北山林道")).to_have_count(1)


def test_rows_are_walked_with_j_and_k_and_opened_with_enter(town: Town):
    officer = town.sits_down("zhiban")
    officer.open("/monitoring/stations/")

    officer.page.keyboard.press("j")
    officer.page.keyboard.press("j")
    officer.page.keyboard.press("k")
    chosen = officer.page.locator("[data-selected]")
    expect(chosen).to_have_count(1)
    name = chosen.get_by_role("link").first.inner_text()
    officer.page.keyboard.press("Enter")

    stands_under(officer, name)


def test_the_first_stop_of_a_page_leads_to_its_content(town: Town):
    officer = town.sits_down("zhiban")
    officer.open("/monitoring/stations/")

    officer.page.keyboard.press("Tab")
    expect(officer.page.get_by_role("link", name="跳到正文")).to_be_focused()
    officer.page.keyboard.press("Enter")

    assert officer.page.evaluate("document.activeElement.id") == "main"


def test_the_list_of_keys_promises_what_the_page_keeps(town: Town):
    officer = town.sits_down("zhiban")

    officer.page.keyboard.press("?")
    told = officer.page.get_by_role("dialog", name="键盘")
    expect(told).to_contain_text("G S")
    expect(told).to_contain_text("F2")
    expect(told).not_to_contain_text("下达指令")
    officer.page.keyboard.press("Escape")
    officer.page.keyboard.press("g")
    officer.page.keyboard.press("s")
    stands_under(officer, "突发事件")
    officer.page.keyboard.press("F2")
    stands_under(officer, "登记突发事件")
