"""A special plan from its draft to the archive, by three people at different browsers. Clause 三(二)1."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person, Town

TITLE = "防汛抗旱应急预案第 2 版"


@pytest.mark.slow
def test_a_plan_is_asked_about_signed_issued_filed_and_published(town: Town):
    office = town.sits_down("fangban", again=True)
    office.takes_chair("县防汛抗旱指挥部办公室 主任")
    unit = town.sits_down("shuili")
    chief = town.sits_down("zhihui")

    draft(office)
    ask(office)
    answer(unit)
    settle(office)
    hear_experts(office)
    align(office, "国防动员相关预案", "县人武部")
    align(office, "应急管理部门", "县应急管理局")
    go_on(office, "审核审批")
    examine(office)
    sign(chief)
    issue(office)
    file(office)
    publish(office)

    office.open("/plans/register/?q=防汛抗旱&state=in_force")
    row = office.page.locator("tr[data-row]")
    expect(row).to_have_count(1)
    for told in ("现行", "示防指〔2012〕9号", "防备〔2012〕3号"):
        expect(row).to_contain_text(told)
    older = office.page.request.get(office.house.url + "/plans/flood-drought/1/")
    assert "已由新版替代" in older.text()


def draft(office: Person):
    office.follow("预案")
    office.follow("预案库")
    item = office.page.locator(".setup-item").filter(has_text="防汛抗旱应急预案")
    office.follow("再采用一版", item)
    office.fill(怎样采用="存为草案，先核对")
    office.press("采用")
    office.sees("第 2 版 · 草案")


def ask(office: Person):
    office.follow("书面征求意见", office.section("这一版走到哪一步"))
    for box in office.page.locator("input[name=units]").all():
        box.uncheck()
    office.page.get_by_label("县水利局", exact=True).check()
    day = office.page.evaluate("() => new Date(Date.now()).toISOString().slice(0, 10)")
    office.fill(答复期限=day, 征求意见函文号="江防办函〔2012〕8号")
    office.press("发出")
    office.sees("未答复 1", office.section("这一版走到哪一步"))


def answer(unit: Person):
    unit.open("/")
    unit.page.get_by_role("link", name=re.compile("书面意见：.*" + TITLE)).click()
    unit.fill(答复="有修改意见", 意见="Ⅲ级门槛建议加上水库超汛限")
    unit.press("答复", unit.section("答复意见"))
    unit.sees("有修改意见", unit.section("已答复"))


def settle(office: Person):
    office.page.reload()
    office.follow("认定", office.section("书面意见"))
    office.fill(是否采纳="采纳", 说明="已写入 5.1")
    office.press("认定")
    go_on(office, "专家论证")


def go_on(office: Person, stage: str):
    office.follow("转入下一步", office.section("这一版走到哪一步"))
    office.press(f"转入{stage}")


def hear_experts(office: Person):
    office.follow("登记专家论证", office.section("这一版走到哪一步"))
    office.fill(结论="通过", 专家="王工 省水科院 教高")
    office.press("登记")
    go_on(office, "衔接协调")


def align(office: Person, what: str, whom: str):
    office.follow("登记衔接", office.section("这一版走到哪一步"))
    office.fill(与什么衔接=what, 对方=whom, 结果="不抵触")
    office.press("登记")
    office.sees(f"{whom}（{what}）：不抵触", office.section("这一版走到哪一步"))


def examine(office: Person):
    office.follow("审核", office.section("这一版走到哪一步"))
    for box in office.page.locator("input[name=points]").all():
        box.check()
    office.press("审核")
    office.sees("审核：通过", office.section("这一版走到哪一步"))


def sign(chief: Person):
    chief.open("/")
    chief.page.get_by_role("link", name=re.compile("待签发：.*" + TITLE)).click()
    chief.follow("审批签发", chief.section("这一版走到哪一步"))
    chief.fill(以谁的名义="有关应急指挥机构", 签发人="指挥长 李明")
    chief.press("签发")
    chief.sees("指挥长 李明签发", chief.section("这一版走到哪一步"))


def issue(office: Person):
    office.page.reload()
    office.follow("印发施行", office.section("这一版走到哪一步"))
    office.fill(文号="示防指〔2012〕9号")
    office.press("印发施行")
    office.sees("第 2 版 · 现行")
    office.sees("还有 20 个工作日", office.section("这一版走到哪一步"))


def file(office: Person):
    card = office.section("这一版走到哪一步")
    card.get_by_role("link", name="备案", exact=True).click()
    expect(office.field("备案机关")).to_have_value("上一级牵头部门（抄上级应急管理部门）")
    day = office.field("报送日期").input_value()
    office.fill(备案日期=day, 备案回执号="防备〔2012〕3号")
    office.press("登记")
    office.sees("回执 防备〔2012〕3号", office.section("这一版走到哪一步"))


def publish(office: Person):
    card = office.section("这一版走到哪一步")
    card.get_by_role("link", name="公开", exact=True).click()
    office.fill(公开方式="向社会公开全文", 网址或载体="县政府网站")
    office.press("登记")
    office.sees("向社会公开全文 县政府网站", office.section("这一版走到哪一步"))
