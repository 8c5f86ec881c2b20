"""A day on duty, by three people at different browsers. Clause 二(一)2.

The roster is laid by rule; the morning's roll-call does not reach one township; a call comes in;
the handover is refused until both were handed on, and then signed by both.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person, Town


@pytest.mark.slow
def test_a_day_from_the_roster_to_the_signed_handover(town: Town):
    office = town.sits_down("fangban", again=True)
    goes = town.sits_down("zhiban")

    lay_by_rule(office)
    call_the_roll(goes)
    take_a_call(goes)
    comes = town.sits_down("daiban")
    hand_over(goes, name_of(comes))
    take_over(comes)


def lay_by_rule(office: Person):
    office.open("/organization/people/")
    names = office.page.locator("tbody tr td:first-child").all_inner_texts()[:3]
    office.open("/organization/roster/rules/new/")
    office.fill(名称="夜班", 班别="值班员", 哪些天="每天")
    office.fill(接班时间="20:00")
    office.field("轮流的人（按次序）").fill("\n".join(names))
    office.press("保存规则")
    office.is_told("规则已保存")
    office.sees(" → ".join(names))
    office.sees("将要排的班")
    office.press("排班", office.section("排班"))
    office.is_told("班次已排好")


def call_the_roll(officer: Person):
    officer.open("/organization/roll-calls/")
    officer.follow("开始点名")
    officer.press("开始点名")
    officer.is_told("点名单已生成")
    rows = officer.page.locator("tr[data-row]")
    count = rows.count()
    assert count > 1
    officer.follow("其他", rows.last)
    officer.fill(结果="无人接听")
    officer.press("记下")
    expect(rows.last).to_contain_text("无人接听")
    for _n in range(count - 1):
        officer.page.get_by_role("button", name=re.compile("在岗$")).first.click()
        officer.page.wait_for_load_state()
    officer.sees(f"{count - 1} / {count}")
    officer.open("/")
    officer.sees("点名未到")


def take_a_call(officer: Person):
    officer.open("/organization/phone-records/new/")
    officer.fill(**{"来电单位、人": "河口镇值班室", "地点": "柳湾桥头"})
    officer.fill(事件="桥面积水约 20 厘米", 伤亡损失="无", **{"已采取措施、需要": "已设警戒"})
    officer.press("登记")
    officer.sees("转接报登记")
    heading = officer.page.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile(r"电话\d{4}-\d\d"))


def name_of(person: Person) -> str:
    """As the menu of their account says it: body, post, name."""
    return person.page.locator("summary").filter(has_text="账号").inner_text().split()[2]


def hand_over(goes: Person, to: str):
    goes.open("/organization/roster/handover/")
    goes.follow("开始交班")
    goes.fill(接班人=to)
    goes.press("开始交班")
    goes.is_told("交接班已开始")
    goes.fill(重点天气="夜间有雷阵雨", 设备情况="完好")
    goes.press("交班签字")
    goes.sees("项未办结的事没有移交")
    left = goes.section("未办结、待移交的事项")
    for box in left.get_by_role("checkbox").all():
        box.check()
    goes.fill(left, 交代="已联系镇长，等回电")
    goes.press("移交所选事项", left)
    goes.is_told("已移交")
    goes.fill(重点天气="夜间有雷阵雨", 设备情况="完好")
    goes.press("交班签字")
    goes.is_told("交班人已签字")


def take_over(comes: Person):
    comes.open("/organization/roster/handover/")
    comes.sees("夜间有雷阵雨")
    comes.press("接班签字")
    comes.sees("交接班记录")
    comes.sees("已联系镇长，等回电")
    comes.sees("桥面积水约 20 厘米")
    comes.sees("点名未到")
