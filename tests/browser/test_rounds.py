"""A round of reporting, from asking to signing, by four people at their browsers."""

import re

from playwright.sync_api import expect

from tests.browser.people import ONE, Person, Town

TITLE = "汛前风险源报送"


def test_a_round_goes_from_asking_to_signing(town: Town):
    office, unit = town.sits_down("fangban"), town.sits_down("shuili")
    above = town.sits_down("linban")

    board = opens_a_round(office, unit="县水利局")
    answers(unit, board)
    checks_and_compiles(office, board)
    bulletin = office.page.url.removeprefix(town.house.url)
    approves_and_gives_out(above, bulletin)

    unit.open(bulletin)
    unit.follow("县水利局签收")
    unit.press("签收")
    unit.is_told("已签收")
    office.open(board)
    expect(office.section("汇编")).to_contain_text("已分发")
    expect(office.section("汇编").locator(".tag-green")).to_contain_text(["县水利局"])


def opens_a_round(office: Person, *, unit: str) -> str:
    office.open("/sharing/rounds/")
    office.follow("布置报送")
    form = office.page.locator("form.form")
    office.fill(form, 标题=TITLE, 报送期限="2099-12-31T18:00:00")
    form.get_by_label("风险源", exact=True).check()
    form.get_by_label(unit, exact=True).check()
    office.press("布置报送")
    office.page.wait_for_url(re.compile(f"/sharing/rounds/{ONE}/"))
    return office.page.url.removeprefix(office.house.url)


def answers(unit: Person, board: str) -> None:
    """What nobody looked at holds it up; then one box says that nothing else has changed."""
    unit.open(board)
    unit.follow("县水利局", unit.section("各单位报送"))
    unit.follow("报送", unit.page.locator(".page-head .actions"))
    unit.press("报送")
    unit.sees("请核实，或勾选这一项")
    unit.page.get_by_label("其余都无变化，一并核实").check()
    unit.press("报送")
    unit.is_told("已报送")


def checks_and_compiles(office: Person, board: str) -> None:
    office.open(board)
    office.follow("通过", office.section("各单位报送"))
    office.press("审核通过")
    office.is_told("已审核")
    office.follow("汇编", office.page.locator(".page-head .actions"))
    office.press("汇编")
    office.page.wait_for_url(re.compile(f"/sharing/bulletins/{ONE}/"))
    office.sees("石门水库")


def approves_and_gives_out(above: Person, bulletin: str) -> None:
    above.open(bulletin)
    above.follow("审批通过")
    above.press("审批通过")
    above.is_told("已审批")
    above.follow("分发")
    above.press("分发")
    above.is_told("已分发")
