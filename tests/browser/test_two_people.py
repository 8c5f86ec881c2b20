"""One emergency, from the telephone call to its end, by people who sit at different browsers.

Clauses 二(二)1-2: nobody reloads a page; what one does stands before the other.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person, Town

TITLE = "河口镇大坝村河堤渗水"


@pytest.mark.slow
def test_headquarters_and_units_carry_an_emergency_to_its_end(town: Town):
    officer = town.sits_down("zhiban")
    office = town.sits_down("fangban", again=True)
    township = town.sits_down("hekou")
    weather = town.sits_down("qixiang")
    office.takes_chair("县防汛抗旱指挥部办公室 主任")

    enter_incident(officer)
    learn_that_the_city_demands_a_response(officer)
    office_enters_the_room(office)
    confer(office)
    decide(office)

    orders_appear(township, "河口镇落实巡查人员")
    orders_appear(weather, "滚动发布短时临近预报")
    decline_with_counter_proposal(township)
    accept_counter_proposal(office)
    read_back_and_accept(township, "改由北岸机耕道上堤")
    read_back_and_accept(weather, "滚动发布短时临近预报")
    report_progress(weather, office)

    finish(weather)
    finish(township)
    check(office, "滚动发布短时临近预报")
    check(office, "改由北岸机耕道上堤")
    report_upward(officer, office)

    recall_the_rest(office)
    end_response(office)
    close_incident(office)
    expect(officer.page.get_by_text("已结束").first).to_be_visible()
    told_in_order(officer)


def enter_incident(officer: Person):
    officer.follow("事件")
    officer.follow("登记突发事件")
    officer.fill(
        事件名称=TITLE, 类别="暴雨洪涝", 信息来源="河口镇值班室电话", 地点="大坝村河堤"
    )
    officer.press("登记")
    expect(officer.page.get_by_role("heading", name=TITLE)).to_be_visible()


def learn_that_the_city_demands_a_response(officer: Person):
    """A fact told by telephone changes the proposal; the room shows it by itself."""
    officer.follow("登记核实情况")
    officer.fill(情况="上级要求启动", 是多少="是", 谁说的="市应急局值班室 周工")
    officer.press("登记")
    officer.sees("建议启动Ⅳ级响应", officer.page.locator("#room-proposals"))


def office_enters_the_room(office: Person):
    """The desk, open since before the call, says by itself what waits."""
    row = office.page.locator("#desk-command .work-row").filter(has_text=f"待决定：{TITLE}")
    office.follow("看理由", row)
    expect(office.page.get_by_role("heading", name=TITLE)).to_be_visible()


def confer(office: Person):
    office.follow("会商")
    office.page.get_by_label("参会岗位").select_option(
        label=["河口镇 值班员", "县气象局 联络员"]
    )
    office.fill(地点="县防指会商室")
    office.press("发起会商")
    office.follow("记议定事项")
    office.fill(事项="加密巡查", 责任岗位="河口镇 值班员", 时限说明="今日18时前")
    office.press("记入事项")
    office.is_told("议定事项已记入")
    office.fill(
        office.section("会商纪要"),
        情况="大坝村河堤背水坡渗水",
        研判结论="同意启动Ⅳ级响应",
    )
    office.press("保存纪要")
    office.is_told("纪要已保存")
    office.press("结束会商")
    office.sees("签发纪要")
    office.sees("加密巡查", office.section("议定事项"))
    office.follow(TITLE)


def decide(office: Person):
    proposals = office.page.locator("#room-proposals")
    office.follow("启动Ⅳ级", proposals)
    for element in ("响应事项", "级别", "预计期限（至）", "应急处置措施"):
        expect(office.field(element)).not_to_have_value("")
    office.press("签署决定")
    office.sees("Ⅳ级响应", office.page.locator("#room-head"))
    expect(office.page.locator("#room-board .order-row")).to_have_count(7)


def orders_appear(unit: Person, text: str):
    """The desk was opened before anything happened, and nobody has touched it since."""
    row = unit.page.locator("#desk-command .work-row").filter(has_text=text)
    expect(row).to_be_visible()
    unit.follow("复诵", row)
    expect(unit.page.get_by_text(text).first).to_be_visible()


def decline_with_counter_proposal(unit: Person):
    card = unit.unfold("无法执行")
    unit.fill(card, 原因="沿河公路已被淹没", 对案="改由北岸机耕道上堤，晚40分钟")
    unit.press("报无法执行", card)
    unit.is_told("已报指挥部，请等答复")


def accept_counter_proposal(office: Person):
    """The office's room was not reloaded: the order stands on top, as one to be dealt with."""
    row = office.page.locator("#room-board .order-row").filter(has_text="河口镇").first
    expect(row).to_contain_text("无法执行")
    row.click()
    card = office.section("答复对案")
    card.get_by_label("采纳对案").check()
    office.fill(card, 说明="同意，注意安全")
    office.press("答复", card)
    office.is_told("已答复")
    office.follow(TITLE)


def read_back_and_accept(unit: Person, text: str):
    if (
        not unit.page.get_by_text(text).count()
        or not unit.page.get_by_label("复诵内容").count()
    ):
        unit.follow("值班台")
        orders_appear(unit, text)
    ordered = unit.page.locator("#order-page .figure").inner_text()
    unit.fill(unit.section("复诵"), 复诵内容=f"{ordered}，明白")
    unit.press("复诵")
    unit.is_told("已复诵")
    unit.press("接受", unit.section("接受指令"))
    unit.is_told("已接受")


def report_progress(unit: Person, office: Person):
    card = unit.unfold("报进展")
    unit.fill(card, 进展情况="已发第1期短时预报")
    unit.press("报进展", card)
    unit.is_told("已报")
    row = office.page.locator("#room-board .order-row").filter(has_text="县气象局")
    expect(row).to_contain_text("已发第1期短时预报")


def finish(unit: Person):
    card = unit.section("报完成")
    unit.fill(card, 完成情况="已按要求完成")
    if card.get_by_label("照片或文件").count():
        card.get_by_label("照片或文件").set_input_files(
            {"name": "名单.txt", "mimeType": "text/plain", "buffer": "巡查人员 12 人".encode()}
        )
    unit.press("报完成", card)
    unit.is_told("已报完成，等待核验")


def check(office: Person, text: str):
    row = office.page.locator("#room-board .order-row").filter(has_text=text)
    expect(row).to_contain_text("已完成")
    row.click()
    office.press("核验通过", office.section("核验"))
    office.is_told("已核验")
    office.follow(TITLE)


def report_upward(officer: Person, office: Person):
    officer.follow("首报", officer.page.locator("#room-reports"))
    officer.fill(officer.section("报告要素"), 影响范围及损害程度="渗水段约20米")
    officer.page.get_by_label("发展趋势").fill("水位平稳")
    officer.press("生成正文")
    officer.is_told("已拟稿")
    officer.sees("渗水段约20米", officer.section("正文"))
    officer.fill(officer.section("报出"), 签发人="带班领导", 对方接收人="市应急局值班室")
    officer.press("报出")
    officer.is_told("已记录报出")
    expect(office.page.locator("#room-reports").get_by_text("已报出").first).to_be_visible()
    officer.follow(TITLE)


def recall_the_rest(office: Person):
    board = office.page.locator("#room-board")
    live = board.locator("details").filter(has_text=re.compile("等待|执行中|需要处置"))
    while live.locator(".order-row").count():
        live.locator(".order-row").first.click()
        card = office.unfold("撤回指令")
        office.fill(card, 撤回原因="险情已排除")
        office.press("撤回", card)
        office.is_told("已撤回")
        office.follow(TITLE)
        expect(board).to_be_visible()


def end_response(office: Person):
    office.follow("变更级别")
    office.fill(决定="终止", 应急处置措施="继续巡查一日")
    reason = office.page.get_by_label("改判理由")
    reason.fill("渗水已处理，上级要求解除")
    office.press("签署决定")
    office.sees("未启动", office.page.locator("#room-head"))


def close_incident(office: Person):
    office.follow("结束事件")
    office.fill(结束情况="险情排除，人员撤回")
    office.press("结束事件")
    office.sees("已结束", office.page.locator("#room-head"))


def told_in_order(officer: Person):
    told = officer.page.locator("#room-story .fact")
    expect(told.filter(has_text="处置结束")).to_be_visible()
    story = told.all_inner_texts()
    places = [
        next((at for at, one in enumerate(reversed(story)) if word in one), None)
        for word in (
            "登记河口镇",
            "决定启动Ⅳ级",
            "无法执行",
            "采纳对案",
            "核验通过",
            "决定终止",
            "处置结束",
        )
    ]
    assert None not in places, story
    assert places == sorted(places)
