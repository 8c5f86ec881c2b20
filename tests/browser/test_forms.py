"""What was typed stays: over reloads, refusals and the end of a session. What was clicked twice is done once."""

from playwright.sync_api import expect

from tests.browser.people import Person, Town, sign_in

CALL = {"信息来源": "柳湾乡值班室 电话", "地点": "柳湾乡三组"}


def begin_call(officer: Person, title: str):
    officer.open("/command/incidents/new/")
    officer.fill(事件名称=title, 类别="暴雨洪涝", **CALL)


def still_typed(officer: Person, title: str):
    expect(officer.field("事件名称")).to_have_value(title)
    for label, value in CALL.items():
        expect(officer.field(label)).to_have_value(value)


def listed(officer: Person, title: str) -> int:
    officer.open("/command/incidents/")
    return officer.page.locator("main").get_by_role("link", name=title).count()


def test_what_was_typed_stays_after_a_reload(town: Town):
    officer = town.sits_down("zhiban")
    begin_call(officer, "柳湾乡房屋进水")

    officer.page.reload()

    still_typed(officer, "柳湾乡房屋进水")
    officer.sees("已取回上次填的内容")


def test_what_was_typed_stays_when_the_browser_is_closed_but_is_not_lent_to_a_second_window(
    town: Town,
):
    officer = town.sits_down("zhiban", again=True)
    begin_call(officer, "北坪乡河堤管涌")
    second = officer.another_window("/command/incidents/new/")
    title = second.get_by_label("事件名称")
    second.wait_for_timeout(500)
    expect(title).to_have_value("")
    second.close()

    officer.page.close()
    officer.page = officer.another_window("/command/incidents/new/")

    still_typed(officer, "北坪乡河堤管涌")
    officer.sees("已取回上次填的内容")
    officer.press("登记")
    expect(officer.page.get_by_role("heading", name="北坪乡河堤管涌")).to_be_visible()
    officer.open("/command/incidents/new/")
    expect(officer.field("事件名称")).to_have_value("")


def test_who_signs_out_leaves_nothing_typed_behind(town: Town):
    officer = town.sits_down("zhiban", again=True)
    begin_call(officer, "东坪乡停电")

    officer.page.locator("summary").filter(has_text="账号").click()
    officer.press("退出登录")
    officer.page.wait_for_url("**/accounts/login/**")

    kept = officer.page.evaluate(
        "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
    )
    assert [one for one in kept if one.startswith("draft")] == []


def test_what_was_typed_stays_when_the_form_refuses_and_the_fault_is_named(town: Town):
    officer = town.sits_down("zhiban")
    begin_call(officer, "西坪乡水井被淹")
    officer.field("信息来源").fill("")

    officer.press("登记")

    officer.sees("请填写这一项")
    expect(officer.field("事件名称")).to_have_value("西坪乡水井被淹")
    expect(officer.field("信息来源")).to_be_focused()
    officer.field("信息来源").fill(CALL["信息来源"])
    officer.press("登记")
    expect(officer.page.get_by_role("heading", name="西坪乡水井被淹")).to_be_visible()


def test_what_was_typed_stays_when_the_session_ends_inside_the_form(town: Town):
    officer = town.sits_down("zhiban", again=True)
    begin_call(officer, "南坪乡供水中断")
    officer.context.clear_cookies(name="sessionid")

    officer.press("登记")
    officer.sees("会话已结束")
    still_typed(officer, "南坪乡供水中断")
    officer.follow("重新登录")
    sign_in(officer, "zhiban")
    still_typed(officer, "南坪乡供水中断")
    officer.press("登记")

    expect(officer.page.get_by_role("heading", name="南坪乡供水中断")).to_be_visible()
    assert listed(officer, "南坪乡供水中断") == 1


def test_what_was_typed_stays_when_the_network_is_cut(town: Town):
    officer = town.sits_down("zhiban")
    begin_call(officer, "石门镇围墙倒塌")

    officer.context.set_offline(True)
    officer.press("登记")
    officer.sees("没有发出去")
    still_typed(officer, "石门镇围墙倒塌")
    officer.context.set_offline(False)
    officer.press("登记")

    expect(officer.page.get_by_role("heading", name="石门镇围墙倒塌")).to_be_visible()
    cut = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch")  # the browser's word, and htmx's
    officer.troubles[:] = [
        one for one in officer.troubles if not any(word in one for word in cut)
    ]


def test_a_double_click_makes_one_order(town: Town):
    officer = town.sits_down("zhiban")
    begin_call(officer, "新安镇涵洞堵塞")
    officer.press("登记")
    officer.follow("下达指令")
    officer.fill(接令岗位="县交通局 联络员", 内容="派挖掘机清理涵洞")

    officer.page.get_by_role("button", name="下达指令", exact=True).dblclick()

    board = officer.page.locator("#room-board")
    expect(board.get_by_text("派挖掘机清理涵洞")).to_have_count(1)
    officer.page.reload()
    expect(board.get_by_text("派挖掘机清理涵洞")).to_have_count(1)
    expect(board.locator(".order-row")).to_have_count(1)
