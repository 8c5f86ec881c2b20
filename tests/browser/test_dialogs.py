"""Deeds over the page: a dialog opens, refuses, closes, and the page below stays as it is."""

from playwright.sync_api import Locator, expect

from tests.browser.people import Person, Town

TITLE = "柳湾乡涵洞堵塞"
LEFT = "window.left = true"
STILL = "window.left === true"


def room(officer: Person) -> None:
    officer.open("/command/incidents/new/")
    officer.fill(事件名称=TITLE, 类别="暴雨洪涝", 信息来源="柳湾乡电话")
    officer.press("登记")
    expect(officer.page.get_by_role("heading", name=TITLE)).to_be_visible()
    officer.page.evaluate(LEFT)


def note(officer: Person) -> Locator:
    officer.page.keyboard.press("m")
    dialog = officer.page.get_by_role("dialog", name="记一笔")
    expect(dialog).to_be_visible()
    return dialog


def test_a_deed_is_done_over_the_page_which_is_not_loaded_again(town: Town):
    officer = town.sits_down("zhiban")
    room(officer)

    dialog = note(officer)
    expect(officer.field("记什么", dialog)).to_be_focused()
    officer.page.keyboard.type("涵洞已疏通")
    officer.page.keyboard.press("Control+Enter")

    expect(dialog).to_have_count(0)
    officer.is_told("已记入大事记")
    officer.sees("涵洞已疏通", officer.section("大事记"))
    assert officer.page.evaluate(STILL)


def test_a_refused_deed_stays_open_with_what_was_typed(town: Town):
    officer = town.sits_down("zhiban")
    room(officer)

    dialog = note(officer)
    officer.fill(dialog, **{"谁说的、怎么来的": "村支书 电话"})
    officer.press("记入大事记", dialog)

    officer.sees("请填写这一项", dialog)
    expect(officer.field("谁说的、怎么来的", dialog)).to_have_value("村支书 电话")
    officer.fill(dialog, 记什么="水已退")
    officer.press("记入大事记", dialog)
    officer.is_told("已记入大事记")
    assert officer.page.evaluate(STILL)


def test_a_dialog_is_shut_by_its_buttons_and_by_escape_and_keeps_the_draft(town: Town):
    officer = town.sits_down("zhiban")
    room(officer)

    dialog = note(officer)
    officer.fill(dialog, 记什么="写到一半")
    officer.press("关闭", dialog)
    expect(dialog).to_have_count(0)

    dialog = note(officer)
    expect(officer.field("记什么", dialog)).to_have_value("写到一半")
    officer.follow("取消", dialog)
    expect(dialog).to_have_count(0)

    dialog = note(officer)
    officer.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert officer.page.evaluate(STILL)


def test_where_the_form_cannot_be_fetched_the_link_leads_to_its_page(town: Town):
    officer = town.sits_down("zhiban")
    room(officer)
    officer.page.route(
        "**/note/",
        lambda route: (
            route.abort() if "x-dialog" in route.request.headers else route.continue_()
        ),
    )

    officer.page.keyboard.press("m")

    expect(officer.page.get_by_role("heading", name="记一笔", level=1)).to_be_visible()
    officer.troubles[:] = [one for one in officer.troubles if "ERR_FAILED" not in one]


def test_an_order_is_taken_back_from_its_toast_without_leaving_the_room(town: Town):
    officer = town.sits_down("zhiban")
    room(officer)
    officer.follow("下达指令")
    officer.fill(接令岗位="县水利局 联络员", 内容="查看涵洞")
    officer.press("下达指令")
    officer.is_told("指令已下达，等待复诵")
    officer.page.evaluate(LEFT)

    officer.page.keyboard.press("z")

    officer.is_told("已撤回")
    # Recalled, it stands among those taken back, which are folded away.
    board = officer.section("指令")
    officer.sees("已撤回、已改令", board)
    expect(board.get_by_text("查看涵洞").first).to_be_attached()
    expect(officer.page.get_by_role("button", name="撤回")).to_have_count(0)
    assert officer.page.evaluate(STILL)


def test_the_toast_of_an_order_leaves_after_eight_seconds_unless_somebody_is_on_it(town: Town):
    officer = town.sits_down("zhiban")
    room(officer)
    officer.page.clock.install()
    officer.follow("下达指令")
    officer.fill(接令岗位="县水利局 联络员", 内容="再看涵洞")
    officer.press("下达指令")
    back = officer.page.get_by_role("button", name="撤回")
    expect(back).to_contain_text("8 秒")

    back.focus()
    officer.page.clock.run_for(12_000)
    expect(back).to_be_visible()

    back.blur()
    officer.page.clock.run_for(9000)
    expect(back).to_have_count(0)
