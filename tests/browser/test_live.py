"""Pages stay true by themselves: over distance, over a killed stream, until the session ends."""

import os
import signal
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.people import PASSWORD, Person, Town, sign_in
from tests.config import nodes
from tests.journeys import parts

ESTABLISHED = "01"
FLOW_STATION = "90100001"


def enter_incident(officer: Person, title: str):
    officer.open("/command/incidents/new/")
    officer.fill(事件名称=title, 类别="暴雨洪涝", 信息来源="电话")
    officer.press("登记")
    expect(officer.page.get_by_role("heading", name=title)).to_be_visible()


def mark(page):
    """A mark that a reload would wipe away."""
    page.evaluate("window.untouched = true")


def is_untouched(page) -> bool:
    return page.evaluate("window.untouched === true")


def live_process(house):
    return parts.part(house.supervisor, "asginl")


def streams(house) -> int:
    """How many connections the live server holds, as the kernel of the machine counts them."""
    port = f":{int(house.url.rsplit(':', 1)[1]) + 1:04X}"
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    return sum(row[1].endswith(port) and row[3] == ESTABLISHED for row in rows)


def until_streaming(page):
    expect(page.locator("[data-stream][data-state=open]")).to_be_visible()


def test_what_one_enters_stands_before_the_other_without_a_reload(town: Town):
    officer, leader = town.sits_down("zhiban"), town.sits_down("zhihui")
    leader.follow("事件")
    until_streaming(leader.page)
    mark(leader.page)

    enter_incident(officer, "东岭乡山洪沟涨水")

    expect(leader.page.get_by_role("link", name="东岭乡山洪沟涨水")).to_be_visible()
    assert is_untouched(leader.page)


def test_what_happens_to_orders_of_a_merged_incident_stands_in_the_room_it_lives_in(
    town: Town,
):
    officer, water = town.sits_down("zhiban"), town.sits_down("shuili")
    enter_incident(officer, "南岭乡山洪沟涨水")
    home = officer.page.url.removeprefix(town.house.url)
    enter_incident(officer, "南岭乡三组房屋进水")
    officer.follow("下达指令")
    officer.fill(接令岗位="县水利局 联络员", 内容="查看南岭沟")
    officer.press("下达指令")
    officer.sees("查看南岭沟", officer.page.locator("#room-board"))
    officer.follow("并入")
    other = officer.field("另一个事件")
    home_of = other.locator("option", has_text="南岭乡山洪沟涨水").get_attribute("value")
    other.select_option(value=home_of)
    officer.fill(依据="同一场山洪")
    officer.press("并入")
    officer.page.wait_for_url(town.house.url + home)
    until_streaming(officer.page)
    mark(officer.page)

    row = water.page.locator("#desk-command .work-row").filter(has_text="查看南岭沟")
    water.follow("复诵", row)
    water.fill(water.section("复诵"), 复诵内容="查看南岭沟")
    water.press("复诵")
    water.is_told("已复诵")

    board = officer.page.locator("#room-board .order-row").filter(has_text="查看南岭沟")
    expect(board).to_contain_text("已复诵")
    assert is_untouched(officer.page)


def test_readings_of_a_device_redraw_the_page_of_the_station(town: Town):
    security, watcher = town.sits_down("security"), town.sits_down("shuili")
    token = register_device(security, "yaoce")
    watcher.open(f"/monitoring/stations/{FLOW_STATION}/")
    until_streaming(watcher.page)
    mark(watcher.page)

    reading = {
        "station": FLOW_STATION,
        "quantity": "flow_m3s",
        "at": "2012-08-03T05:00:00+08:00",
        "value": "123.4",
    }
    answer = security.context.request.post(
        f"{town.house.url}/api/monitoring/readings",
        data={"readings": [reading]},
        headers={"Authorization": f"Bearer {token}"},
    )

    assert (answer.status, answer.json()["accepted"]) == (200, 1)
    expect(watcher.page.get_by_role("cell", name="123.4 m³/s")).to_be_visible()
    assert is_untouched(watcher.page)


def register_device(security: Person, name: str) -> str:
    security.open("/organization/accounts/device/")
    token = security.field("令牌").input_value()
    security.fill(设备名称="遥测接收机", 设备账号=name)
    security.press("登记设备")
    security.is_told("设备已登记")
    return token


def test_a_killed_stream_is_taken_up_where_it_broke_off(town: Town):
    officer, leader = town.sits_down("zhiban"), town.sits_down("daiban")
    leader.follow("事件")
    until_streaming(leader.page)
    mark(leader.page)

    killed = live_process(town.house)
    os.kill(killed, signal.SIGKILL)
    expect(leader.page.locator("[data-stream]")).to_have_attribute("data-state", "dead")
    enter_incident(officer, "石桥镇桥梁被淹")
    nodes.until(lambda: live_process(town.house) not in {None, killed})

    until_streaming(leader.page)
    expect(leader.page.get_by_role("link", name="石桥镇桥梁被淹")).to_be_visible()
    assert is_untouched(leader.page)


def test_a_session_ended_by_others_is_cut_at_once_and_the_page_says_so(town: Town):
    security, water = town.sits_down("security"), town.sits_down("shuili", again=True)
    water.follow("测站")
    until_streaming(water.page)

    open_account(security, "shuili")
    security.follow("结束登录")
    security.fill(原因="岗位调整")
    security.press("结束全部登录")

    water.sees("会话已结束，页面不再更新")
    expect(water.page.get_by_role("heading", name="测站").first).to_be_visible()
    water.follow("重新登录")
    sign_in(water, "shuili")
    expect(water.page).to_have_url(f"{town.house.url}/monitoring/stations/")
    town.cookies.pop("shuili", None)


def test_a_locked_account_sees_nothing_more_and_cannot_come_back(town: Town):
    security, police = town.sits_down("security"), town.sits_down("gongan", again=True)
    until_streaming(police.page)

    open_account(security, "gongan")
    security.follow("锁定")
    security.fill(原因="手机遗失")
    security.press("锁定账号")
    police.sees("会话已结束，页面不再更新")
    police.follow("重新登录")
    police.page.get_by_label("用户名").fill("gongan")
    police.page.get_by_label(PASSWORD).fill(town.house.password)
    police.press("登录")
    police.sees("锁定")

    open_account(security, "gongan")
    security.follow("解锁")
    security.press("解锁账号")
    security.is_told("账号已解锁")
    town.cookies.pop("gongan", None)


def open_account(security: Person, username: str):
    security.open(f"/organization/accounts/?username={username}")
    security.follow(username, security.page.get_by_role("table"))
    expect(security.page.get_by_role("heading", name=username)).to_be_visible()


def test_many_windows_of_one_browser_share_one_stream(town: Town):
    officer, leader = town.sits_down("zhiban"), town.sits_down("xianzhang")
    until_streaming(leader.page)
    before = streams(town.house)

    windows = [leader.page, *(leader.another_window("/command/incidents/") for _ in range(6))]
    for page in windows:
        until_streaming(page)
    held = streams(town.house)
    enter_incident(officer, "高桥乡道路塌方")

    assert held == before
    for page in windows[1:]:
        expect(page.get_by_role("link", name="高桥乡道路塌方")).to_be_visible()


def test_what_falls_due_shows_without_anybody_doing_anything(town: Town):
    officer = town.sits_down("zhiban")
    enter_incident(officer, "云溪乡水库溢洪")
    officer.follow("下达指令")
    order(officer, "县公安局 联络员", "封闭漫水桥")
    board = officer.page.locator("#room-board")
    expect(board.locator(".order-row")).to_have_count(1)
    mark(officer.page)

    town.house.pass_time(minutes=11)

    expect(board.get_by_text("需要处置")).to_be_visible()
    officer.sees("复诵超时", board)
    assert is_untouched(officer.page)


def order(person: Person, post: str, text: str):
    person.fill(接令岗位=post, 内容=text)
    person.press("下达指令")
    person.is_told("指令已下达")
