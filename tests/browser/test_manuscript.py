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
    choose,
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


def text_of(person: Person) -> str:
    person.follow("文本")
    return person.page.get_by_label("预案文本（YAML）").input_value()


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


def test_two_write_the_whole_text_and_whoever_insists_keeps_the_others_lines(town: Town):
    office, chief = town.sits_down("fangban"), town.sits_down("linban")
    address = revised(office) + "?show=text&level=IV"
    office.open(address)
    chief.open(address)
    mine, theirs = (person.page.get_by_label("预案文本（YAML）") for person in (office, chief))
    # What the chief writes comes to the office only with the answer to what it writes itself.
    office.page.route(
        "**/manuscripts/*/?*",
        lambda route: (
            route.fulfill(status=204)
            if "x-editor-version" in route.request.headers
            else route.fallback()
        ),
    )

    text = theirs.input_value()
    theirs.fill(text.replace("expected: P2D", "expected: P4D").replace("attack", "assault"))
    expect(chief.page.locator("#editor")).to_have_attribute("data-version", "2")
    mine.fill(text.replace("expected: P2D", "expected: P3D"))

    notice = office.page.locator("#editor-notice")
    expect(notice).to_contain_text("现在是：expected: P4D；您写的是：expected: P3D")
    expect(mine).to_have_value(re.compile("expected: P3D"))
    office.press("仍用我的", notice)
    expect(notice).not_to_contain_text("现在是")
    for box in (mine, theirs):
        expect(box).to_have_value(re.compile("expected: P3D.*id: assault", re.DOTALL))


def test_a_clause_that_nests_is_written_in_the_form(town: Town):
    office = town.sits_down("fangban")
    page = office.page
    office.open(revised(office) + "?level=IV&part=level")
    last = page.locator("#editor-level .clause-box").last
    several = page.locator("#editor-level .clause-box", has_text="2 个以上乡镇")

    choose(office, "事实", "几个以上乡镇达到", last)
    expect(last).to_contain_text("选里面的第一项")
    write(office, "几个以上乡镇", "2", last)
    inner = last.locator(".clause-inner")
    choose(office, "事实", "过火面积（公顷）", inner)
    expect(inner).to_contain_text("填多少")
    write(office, "多少", "5", inner)
    expect(several).to_contain_text("2 个以上乡镇过火面积 5 公顷以上")

    several.get_by_text("改这一款").click()
    within = several.locator(".clause-inner .clause-part").first
    within.get_by_text("看一段时间").click()
    office.field("看什么", within).select_option(label="其间上升")
    write(office, "多长时间内", "两小时", within)
    expect(several).to_contain_text("2小时内上升过火面积 5 公顷以上")
    choose(office, "事实", "火势仍在蔓延", several.locator(".clause-inner"))
    expect(several).to_contain_text("且火势仍在蔓延")
    several.get_by_label("几项怎样算").select_option(label="满足任一")
    expect(several).to_contain_text("或火势仍在蔓延")
    several.get_by_role("button", name="删去这一项").nth(1).click()
    expect(several).to_contain_text("2 个以上乡镇火势仍在蔓延")

    assert "areas_at_least: 2, where: {spreading: true}" in text_of(office)


def test_a_step_instead_and_single_figures_are_written_in_the_form(town: Town):
    office = town.sits_down("fangban")
    office.open(revised(office) + "?level=IV&step=attack")
    step = office.page.locator("#editor-step")

    step.get_by_text("办不成时改做另一件事").click()
    choose(office, "改交给谁", "县林业局", step)
    write(office, "改做什么", "由半专业队先行扑打", step)
    expect(step.get_by_role("button", name="不改做另一件事")).to_be_visible()
    step.get_by_text("哪一项的依据与本步不同").click()
    office.field("完成限的依据", step).select_option(label="假定")
    expect(office.page.locator("#editor")).to_have_attribute("data-version", "3")

    text = text_of(office)
    assert re.search("otherwise: .*由半专业队先行扑打", text)
    assert "figures: {finish_within: {status: assumed}}" in text
