"""A forest fire, from the telephone call to its end, by five people at browsers of their own.

Clauses 二(二)1-3: whoever has to act finds it on the page; few clicks from the call to the orders.
"""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.people import Person, Town
from tests.browser.test_calls import bar, calls_in, settle_all
from tests.browser.test_keyboard import press_on, tab_to, type_in

PLACE = "西坪乡磨盘岭北坡"
TITLE = f"{PLACE}森林火灾"
MEASURES = 9
BY_KEYS, BY_KEYS_TITLE = "云溪乡老鹰嘴", "云溪乡老鹰嘴森林火灾"
TO_THE_REPORT, TO_THE_ORDERS = 12, 20
ATTACK, PROTECT = "指挥当地专职队扑打火线", "组织保护重要目标和重大危险源"
MOP_UP, GUARD = "明火扑灭后清理火场", "留足力量看守火场"
INSTEAD = "改由村道步行撤离磨盘村群众"


@dataclass
class Clicks:
    """What all hands have done: each box gone to, each choice and each button is one."""

    done: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.done)


@dataclass
class Hand:
    """Somebody whose clicks are counted."""

    person: Person
    clicks: Clicks

    def write(self, **fields: str) -> None:
        self.clicks.done += fields
        self.person.fill(self.person.page.locator(".call-form"), **fields)

    def press(self, name: str, within: Locator | None = None) -> None:
        self.clicks.done.append(name)
        (within or self.person.page).get_by_role("button", name=name).first.click()

    def follow(self, words: str, within: Locator | None = None) -> None:
        self.clicks.done.append(words)
        self.person.follow(words, within)


@pytest.mark.slow
def test_five_people_carry_a_forest_fire_from_the_call_to_its_end(town: Town):
    officer, caller = town.sits_down("zhiban"), town.sits_down("hekou")
    office, deputy = town.sits_down("linban"), town.sits_down("zhihui")
    firefighters, police = town.sits_down("xiaofang"), town.sits_down("gongan")
    settle_all(officer)
    clicks = Clicks()

    take_the_call(Hand(officer, clicks), caller)
    assert clicks.count <= TO_THE_REPORT, clicks.done
    office_decides(Hand(office, clicks))
    deputy_signs_too(Hand(deputy, clicks))
    assert clicks.count <= TO_THE_ORDERS, clicks.done

    send_report(officer, "首报")
    carry_out(firefighters, ATTACK, progress="两个队从西侧扑打，东侧火线已压住")
    cannot(police, office)
    carry_out(police, INSTEAD)
    command_on_the_spot(office, firefighters)
    for unit, text in ((police, INSTEAD), (firefighters, ATTACK)):
        finish(unit, text, checked_by=officer)
    guard_the_ground(officer, office, firefighters)
    end_response(office, deputy)
    recall_the_rest(officer)
    withdraw_field_post(office)
    send_report(officer, "终报")
    close_incident(office)

    for one in (officer, deputy):
        enter_room(one)
        one.sees("已结束", one.page.locator("#room-head"))
    told_in_order(officer)


@pytest.mark.slow
def test_the_same_by_keyboard_alone_from_the_ring_to_the_orders(town: Town):
    officer, caller = town.sits_down("zhiban"), town.sits_down("hekou")
    office, deputy = town.sits_down("linban"), town.sits_down("zhihui")
    settle_all(officer)
    calls_in(caller, caller="云溪乡值班室", number="尾号 4410")
    expect(bar(officer.page)).to_be_visible()

    write_down_by_keys(officer)
    draft_by_keys(officer)
    go_to_row(office, f"待决定：{BY_KEYS_TITLE}")
    decide_by_keys(office)
    go_to_row(deputy, "待会签", BY_KEYS_TITLE)
    sign_by_keys(deputy)

    board = deputy.page.locator("#room-board .order-row")
    expect(board).to_have_count(MEASURES)
    expect(officer.page.locator("#room-board .order-row")).to_have_count(MEASURES)


def write_down_by_keys(officer: Person):
    """Answer with F2, choose the kind with the arrows, go on with Tab, enter with Ctrl and Enter."""
    keys = officer.page.keyboard
    keys.press("F2")
    officer.page.wait_for_url(re.compile("signal="))
    kind = officer.field("类别")
    expect(kind).to_be_focused()
    choose_by_arrows(officer, kind, "森林火灾")
    type_in(officer, "地点", BY_KEYS)
    type_in(officer, "过火面积", "18")
    tab_to(officer, "明火已扑灭")
    choose_by_arrows(officer, officer.field("明火已扑灭"), "否")
    type_in(officer, "发生了什么", "上坟烧纸引起，火势仍在蔓延")
    keys.press("Control+Enter")


def choose_by_arrows(person: Person, box: Locator, words: str):
    for _ in range(box.locator("option").count()):
        if box.locator("option:checked").inner_text().strip() == words:
            return
        person.page.keyboard.press("ArrowDown")
    raise AssertionError(f"no arrow led to {words!r}")


def draft_by_keys(officer: Person):
    """R opens the report that is owed first; its head leads back to the room."""
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text(BY_KEYS_TITLE)
    officer.page.keyboard.press("r")
    officer.sees("发展趋势：火势仍在蔓延")
    skip_the_head(officer)
    press_on(officer, BY_KEYS_TITLE)
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text(BY_KEYS_TITLE)


def go_to_row(person: Person, *words: str):
    """Walk the rows of the desk with J, and open the one with these words."""
    row = person.page.locator("#desk-command .work-row")
    for one in words:
        row = row.filter(has_text=one)
    expect(row).to_be_visible()
    for _ in range(person.page.locator(".work-row").count()):
        person.page.keyboard.press("j")
        if row.get_attribute("data-selected") is not None:
            person.page.keyboard.press("Enter")
            return
    raise AssertionError(f"J never came to {words}")


def decide_by_keys(office: Person):
    """D leads from the room to the decision; past the head of the page, it is signed from a box."""
    expect(office.page.get_by_role("heading", level=1)).to_contain_text(BY_KEYS_TITLE)
    office.page.keyboard.press("d")
    expect(office.field("响应事项")).not_to_have_value("")
    skip_the_head(office)
    tab_to(office, "响应事项")
    office.page.keyboard.press("Control+Enter")
    office.sees("待会签", office.page.locator("#room-proposals"))


def sign_by_keys(deputy: Person):
    deputy.sees("就近协调扑火队伍")
    skip_the_head(deputy)
    tab_to(deputy, "会签")
    deputy.page.keyboard.press("Enter")
    deputy.sees("Ⅳ级响应", deputy.page.locator("#room-head"))


def skip_the_head(person: Person):
    tab_to(person, "跳到正文")
    person.page.keyboard.press("Enter")


def take_the_call(hand: Hand, caller: Person):
    officer = hand.person
    calls_in(caller, caller="西坪乡林业站值班员", number="尾号 7703")
    expect(bar(officer.page)).to_contain_text("西坪乡林业站值班员")
    hand.press("接听并登记")
    officer.sees("通话中")
    hand.write(类别="森林火灾", 地点=PLACE)
    hand.write(**{"过火面积（公顷）": "26", "明火已扑灭": "否", "火势仍在蔓延": "是"})
    hand.write(**{"发生了什么、趋势": "雷击起火，向东蔓延"})
    hand.press("登记并通知带班领导")
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    hand.follow("首报")
    officer.sees("发展趋势：向东蔓延")


def waiting(person: Person, words: str) -> Locator:
    """A row of the desk about this fire; nobody has reloaded the page."""
    rows = person.page.locator("#desk-command .work-row").filter(has_text=TITLE)
    return rows.filter(has_text=words)


def office_decides(hand: Hand):
    office = hand.person
    hand.follow("看理由", waiting(office, "待决定"))
    proposals = office.page.locator("#room-proposals")
    office.sees("建议启动Ⅳ级响应", proposals)
    hand.follow("启动Ⅳ级", proposals)
    for element in ("响应事项", "级别", "预计期限（至）", "应急处置措施"):
        expect(office.field(element)).not_to_have_value("")
    hand.press("签署决定")
    office.sees("待会签", proposals)
    office.sees("未启动", office.page.locator("#room-head"))


def deputy_signs_too(hand: Hand):
    deputy = hand.person
    hand.follow("会签", waiting(deputy, "待会签"))
    deputy.sees("就近协调扑火队伍")
    hand.press("会签")
    deputy.sees("Ⅳ级响应", deputy.page.locator("#room-head"))
    expect(deputy.page.locator("#room-board .order-row")).to_have_count(MEASURES)


def enter_room(person: Person):
    person.follow("事件")
    person.follow(TITLE)
    expect(person.page.get_by_role("heading", level=1)).to_contain_text(TITLE)


def order_in_room(person: Person, text: str):
    """Open an order from the room's board."""
    enter_room(person)
    person.page.locator("#room-board .order-row").filter(has_text=text).first.click()
    person.sees(text, person.page.locator("#order-page"))


def carry_out(unit: Person, text: str, progress: str = ""):
    """Read back, accept, and say how far it has come."""
    unit.follow("值班台")
    unit.follow("复诵", waiting(unit, text))
    ordered = unit.page.locator("#order-page .figure").inner_text()
    unit.fill(unit.section("复诵"), 复诵内容=f"{ordered}，明白")
    unit.press("复诵")
    unit.is_told("已复诵")
    unit.press("接受", unit.section("接受指令"))
    unit.is_told("已接受")
    if progress:
        card = unit.unfold("报进展")
        unit.fill(card, 进展情况=progress)
        unit.press("报进展", card)
        unit.is_told("已报")


def cannot(unit: Person, office: Person):
    """What cannot be done is said with what could; the office takes it up."""
    unit.follow("复诵", waiting(unit, PROTECT))
    card = unit.unfold("无法执行")
    unit.fill(card, 原因="通村公路有落石，车辆过不去", 对案=INSTEAD)
    unit.press("报无法执行", card)
    unit.is_told("已报指挥部，请等答复")

    office.follow("值班台")
    office.follow("答复对案", waiting(office, "通村公路有落石"))
    card = office.section("答复对案")
    card.get_by_label("采纳对案").check()
    office.fill(card, 说明="同意，沿途设岗")
    office.press("答复", card)
    office.is_told("已答复")


def command_on_the_spot(office: Person, commander: Person):
    open_field_post(office)
    adjust_on_the_spot(commander)


def open_field_post(office: Person):
    enter_room(office)
    office.follow("设立现场指挥部", office.page.locator("#room-field_post"))
    sheet = office.page.get_by_role("dialog")
    office.fill(sheet, 现场指挥长="县消防大队 联络员", 地点="西坪乡磨盘村村部")
    office.press("设立现场指挥部", sheet)
    office.is_told("已设立")
    office.sees("西坪乡磨盘村村部")


def adjust_on_the_spot(commander: Person):
    enter_room(commander)
    commander.follow("编组和调整", commander.page.locator("#room-field_post"))
    commander.follow("报现场调整")
    sheet = commander.page.get_by_role("dialog")
    commander.fill(sheet, 调整了什么="二队转到东坡开设隔离带", 为什么="风向转东")
    commander.press("报指挥部", sheet)
    commander.sees("二队转到东坡开设隔离带")


def finish(unit: Person, text: str, checked_by: Person):
    order_in_room(unit, text)
    card = unit.section("报完成")
    unit.fill(card, 完成情况="已按要求完成")
    photo = {"name": "火场.png", "mimeType": "image/png", "buffer": unit.page.screenshot()}
    card.get_by_label("照片或文件").set_input_files(photo)
    unit.press("报完成", card)
    unit.is_told("已报完成，等待核验")
    check(checked_by, text)


def check(officer: Person, text: str):
    officer.follow("值班台")
    officer.follow("核验", waiting(officer, text))
    officer.press("核验通过", officer.section("核验"))
    officer.is_told("已核验")


def guard_the_ground(officer: Person, forestry: Person, firefighters: Person):
    """Only when the flame is out is the ground cleared, and only then guarded."""
    learn(officer, "明火已扑灭")
    for unit, text in ((forestry, MOP_UP), (firefighters, GUARD)):
        carry_out(unit, text)
        finish(unit, text, checked_by=officer)
    learn(officer, "火场已无火无烟")
    learn(officer, "看守人员撤离已经批准")


def learn(officer: Person, fact: str):
    enter_room(officer)
    officer.follow("登记核实情况")
    sheet = officer.page.get_by_role("dialog")
    officer.fill(sheet, 情况=fact, 是多少="是", 谁说的="现场指挥长电话")
    officer.press("登记", sheet)
    officer.is_told("已登记")
    expect(officer.page.locator("#room-facts .fact").filter(has_text=fact)).to_contain_text(
        "是"
    )


def end_response(office: Person, deputy: Person):
    enter_room(office)
    office.follow("终止", office.page.locator("#room-proposals"))
    office.press("签署决定")
    office.sees("待会签", office.page.locator("#room-proposals"))
    deputy.follow("值班台")
    deputy.follow("会签", waiting(deputy, "待会签"))
    deputy.press("会签")
    deputy.sees("未启动", deputy.page.locator("#room-head"))


def recall_the_rest(officer: Person):
    enter_room(officer)
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


def withdraw_field_post(office: Person):
    office.follow("值班台")
    office.follow("看现场", waiting(office, "待撤销"))
    office.follow("撤销现场指挥部")
    sheet = office.page.get_by_role("dialog")
    office.fill(sheet, 撤销情况="看守人员已全部撤离")
    office.press("撤销现场指挥部", sheet)
    office.sees("已撤销")


def send_report(officer: Person, kind: str):
    enter_room(officer)
    officer.follow(kind, officer.page.locator("#room-reports"))
    if not officer.page.get_by_label("签发人").count():
        officer.press("生成正文")
        officer.is_told("已拟稿")
    officer.fill(officer.section("报出"), 签发人="带班领导", 对方接收人="市应急局值班室")
    officer.press("报出")
    officer.is_told("已记录报出")


def close_incident(office: Person):
    enter_room(office)
    office.follow("结束事件")
    sheet = office.page.get_by_role("dialog")
    office.fill(sheet, 结束情况="火场无火无烟，人员撤回")
    office.press("结束事件", sheet)
    office.sees("已结束", office.page.locator("#room-head"))


def told_in_order(officer: Person):
    told = officer.page.locator("#room-story .fact")
    expect(told.filter(has_text="处置结束")).to_be_visible()
    story = list(reversed(told.all_inner_texts()))
    words = ("采纳对案", "设立", "现场调整", "明火已扑灭", "决定终止", "撤销", "处置结束")
    places = [next((at for at, one in enumerate(story) if word in one), None) for word in words]
    assert None not in places, story
    assert places == sorted(places)
