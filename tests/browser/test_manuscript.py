"""A plan is written in the editor from nothing, and two people write in one manuscript.

Clause 三(二)1: form and text are both true; nothing that was typed is lost.
"""

import re

from playwright.sync_api import expect

from tests.browser.people import Person, Town
from tests.browser.writing import (
    Clause,
    add_clause,
    add_level,
    add_step,
    begin,
    settle_level,
    write,
)

FOREST = "/plans/forest-fire/"


def level(person: Person, name: str, clause: Clause) -> None:
    form = add_level(person, name)
    add_clause(person, clause)
    settle_level(
        person,
        decides="县森林草原防灭火指挥部指挥长",
        proposes="县森林草原防灭火指挥部办公室主任",
        expected="两天",
    )
    expect(form).to_be_hidden()


def step(person: Person, words: str, to: str, finish: str) -> None:
    add_step(person, words, to, finish, proof="照片")
    expect(person.page.locator("#editor-steps")).to_contain_text(f"{to} · ")


def test_a_plan_is_written_from_nothing_and_put_into_a_draft(town: Town):
    office = town.sits_down("fangban")
    page = office.page
    begin(
        office,
        title="示例县景区火灾应急预案",
        key="scenic-fire",
        hazard="11G 森林火灾",
        headquarters="县森林草原防灭火指挥部",
    )
    mends = page.locator("#editor-mends")
    expect(mends).to_contain_text("1 必须改")

    level(office, "Ⅳ级", Clause("死亡（人）", "1", "3"))
    level(office, "Ⅲ级", Clause("死亡（人）", "3"))
    levels = page.locator("#editor-levels")
    expect(levels).to_contain_text("2天")
    levels.get_by_role("link", name="Ⅳ级").click()
    expect(page.get_by_role("heading", name="Ⅳ级步骤")).to_be_visible()
    step(office, "组织扑打火线", "县消防大队", "6小时")
    step(office, "清理火场余火", "县林业局", "3小时")
    page.locator("#editor-step").get_by_label("组织扑打火线").check()
    expect(page.locator("#editor-steps")).to_contain_text("关键路径 2 步，最迟 9小时")
    levels.get_by_role("link", name="Ⅲ级").click()
    expect(page.get_by_role("heading", name="Ⅲ级步骤")).to_be_visible()
    step(office, "转移受威胁群众", "县公安局", "2小时")

    expect(page.locator("#editor-head")).to_contain_text("文稿，还没有存入草案")
    office.follow("文本")
    expect(page.get_by_label("预案文本（YAML）")).to_have_value(
        re.compile("finish_within: PT2H")
    )
    page.keyboard.press("Control+s")
    expect(page.locator("#editor-head")).to_contain_text("草案第 1 版")
    office.follow("草案第 1 版")
    office.sees("组织扑打火线")


def revised(person: Person) -> str:
    person.open(FOREST)
    person.press("修订")
    person.page.wait_for_url(re.compile("/plans/manuscripts/"))
    return person.page.url.removeprefix(person.house.url)


def test_text_and_form_are_both_true_and_undone_by_key(town: Town):
    office = town.sits_down("fangban")
    page = office.page
    address = revised(office)
    office.open(address + "?show=text&level=IV")
    box = page.get_by_label("预案文本（YAML）")

    box.fill(box.input_value().replace("expected: P2D", "expected: P4D"))
    levels = page.locator("#editor-levels")
    expect(levels).to_contain_text("4天")

    box.fill(box.input_value() + "broken: [\n")
    notice = page.locator("#editor-notice")
    expect(notice).to_contain_text("文本现在读不通")
    expect(levels).to_contain_text("4天")
    box.fill(box.input_value().replace("broken: [\n", ""))
    expect(notice).not_to_contain_text("文本现在读不通")

    page.locator("#editor-steps").get_by_role("link", name=re.compile("^指挥当地")).click()
    form = page.locator("#editor-step")
    write(office, "完成限", "七小时", form)
    expect(box).to_have_value(re.compile("finish_within: PT7H"))
    page.locator("#editor-head h1").click()
    page.keyboard.press("Control+z")
    expect(office.field("完成限", form)).to_have_value("6小时")
    page.keyboard.press("Control+y")
    expect(office.field("完成限", form)).to_have_value("7小时")


def test_two_write_in_one_manuscript(town: Town):
    office, chief = town.sits_down("fangban"), town.sits_down("linban")
    address = revised(office) + "?level=IV&step=attack"
    office.open(address)
    chief.open(address)
    theirs, mine = chief.page.locator("#editor-step"), office.page.locator("#editor-step")

    office.field("内容", mine).click()
    expect(chief.page.locator("#editor-notice")).to_contain_text("正在填写同一张单子")

    # What one has changed stands before the other, who goes on typing.
    office.field("内容", mine).fill("组织专职队扑打火线，我还没有写完")
    write(chief, "完成限", "8小时", theirs)
    expect(office.field("完成限", mine)).to_have_value("8小时")
    expect(office.field("内容", mine)).to_have_value("组织专职队扑打火线，我还没有写完")
    office.field("内容", mine).press("Tab")
    expect(chief.field("内容", theirs)).to_have_value("组织专职队扑打火线，我还没有写完")

    # One place by both: whoever is later is told by whom, and decides.
    office.field("复诵限", mine).fill("3分钟")
    write(chief, "复诵限", "10分钟", theirs)
    expect(office.page.locator("#editor")).to_have_attribute("data-version", "4")
    office.field("复诵限", mine).press("Tab")
    notice = office.page.locator("#editor-notice")
    expect(notice).to_contain_text("复诵限”刚被县林业局")
    expect(notice).to_contain_text("现在是：10分钟；您写的是：3分钟")
    expect(office.field("复诵限", mine)).to_have_value("3分钟")
    office.press("仍用我的", notice)
    expect(chief.field("复诵限", theirs)).to_have_value("3分钟")
    expect(notice).not_to_contain_text("现在是")
