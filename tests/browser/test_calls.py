"""From the telephone to the first report: what rings, what is written down, what is pasted."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import PHONE, Person, Town
from tests.browser.test_keyboard import press_on, tab_to, type_in

RAISE = """async ([path, told]) => {
  const headers = JSON.parse(document.body.getAttribute("hx-headers:inherited"));
  const answer = await fetch(path, {
    method: "POST", body: JSON.stringify(told),
    headers: { "Content-Type": "application/json", "X-CSRFToken": headers["X-CSRFToken"] },
  });
  return [answer.status, await answer.json()];
}"""
CHAT = """东岭林业站老周 3:58
石门镇松林坡着火了，过火约26公顷，2人失联

村支书李大山 4:01
石门镇松林坡，失联3人，请求派风力灭火机20台
"""
ONE_SECOND = 1000


def calls_in(person: Person, **told: str) -> str:
    """What a voice gateway does: the desk rings."""
    status, said = person.page.evaluate(RAISE, ["/api/signals", {"channel": "phone", **told}])
    assert status == 201, said
    return str(said["signal"])


def bar(page: Page):
    return page.locator("[data-ring]")


def settle_all(person: Person):
    """Let nothing ring that an earlier test has left."""
    person.open("/")
    while bar(person.page).count():
        person.page.get_by_role("button", name="接听并登记").first.click()
        person.page.wait_for_url(re.compile("signal="))
        person.follow("不作登记", person.page.locator(".call-form"))
        card = person.unfold("不作登记")
        person.fill(card, 原因="上一次试验留下的")
        person.press("不作登记", card)
        person.page.wait_for_url(person.house.url + "/")


class Clicks:
    """Counts what a hand does: each box, each choice, each button is one."""

    def __init__(self, person: Person) -> None:
        self.person, self.count = person, 0

    def write(self, **fields: str) -> None:
        self.count += len(fields)
        self.person.fill(self.person.page.locator(".call-form"), **fields)

    def press(self, name: str) -> None:
        self.count += 1
        self.person.page.get_by_role("button", name=name).first.click()

    def follow(self, name: str) -> None:
        self.count += 1
        self.person.follow(name)


def test_a_fire_comes_in_by_telephone_and_its_first_report_lies_drafted(town: Town):
    officer, forester = town.sits_down("zhiban"), town.sits_down("hekou")
    settle_all(officer)
    hand = Clicks(officer)

    calls_in(forester, caller="东岭乡林业站值班员", number="尾号 5518")
    expect(bar(officer.page)).to_contain_text("东岭乡林业站值班员")
    hand.press("接听并登记")
    officer.sees("通话中")
    hand.write(类别="森林火灾", 地点="东岭乡鹰嘴岩东坡")
    hand.write(**{"过火面积（公顷）": "26", "火势仍在蔓延": "是"})
    hand.write(**{"发生了什么、趋势": "雷击起火，向东蔓延", "死亡（人）": "0"})
    hand.press("登记并通知带班领导")
    officer.is_told("首报已拟稿")
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text(
        "东岭乡鹰嘴岩东坡森林火灾"
    )
    hand.follow("首报")

    officer.sees("发展趋势：向东蔓延")
    officer.sees("失踪未问到")
    assert hand.count <= 12
    expect(bar(officer.page)).to_have_count(0)


def test_the_same_by_keyboard_alone_from_the_ring_to_the_room(town: Town):
    officer, caller = town.sits_down("zhiban"), town.sits_down("hekou")
    settle_all(officer)
    calls_in(caller, caller="北山乡值班室")
    expect(bar(officer.page)).to_be_visible()

    officer.page.keyboard.press("F2")
    officer.page.wait_for_url(re.compile("signal="))
    expect(officer.field("类别")).to_be_focused()
    officer.page.keyboard.press("ArrowDown")
    officer.page.keyboard.press("ArrowDown")
    type_in(officer, "地点", "北山乡云台村")
    type_in(officer, "发生了什么", "后山起火")
    officer.page.keyboard.press("Control+Enter")

    officer.is_told("首报已拟稿")
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text("北山乡云台村")
    press_on(officer, "下达指令")
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text("下达指令")


def test_the_bell_sounds_on_one_page_and_until_somebody_takes_it(town: Town):
    officer, caller = town.sits_down("zhiban"), town.sits_down("hekou")
    settle_all(officer)
    officer.page.get_by_role("button", name="声音").click()
    expect(officer.page.locator("[data-sound]")).to_have_text("声音正常")
    second = officer.another_window("/monitoring/stations/")
    expect(second.locator("[data-sound]")).to_have_text("声音正常")
    leader = town.sits_down("daiban")

    calls_in(caller, caller="柳湾乡值班室", words="塌方")

    for page in (officer.page, second, leader.page):
        expect(bar(page)).to_contain_text("柳湾乡值班室")
    expect(officer.page.locator("body")).to_have_attribute("data-ringing", "yes")
    assert second.evaluate("document.body.dataset.ringing") == ""
    second.keyboard.press("F2")
    second.wait_for_url(re.compile("signal="))
    expect(bar(officer.page)).to_have_count(0)
    expect(bar(leader.page)).to_have_count(0)
    expect(officer.page.locator("body")).to_have_attribute("data-ringing", "")


def test_a_page_that_may_not_sound_says_so_in_red(town: Town):
    officer = town.sits_down("zhiban")
    fresh = officer.context.new_page()
    fresh.add_init_script("Object.defineProperty(navigator, 'userActivation', {value: null})")

    fresh.goto(town.house.url + "/")

    word = fresh.locator("[data-sound]")
    expect(word).to_have_text("声音关闭")
    expect(word).to_have_css("color", "rgb(179, 20, 29)")
    word.click()
    expect(word).to_have_text("声音正常")


def test_handed_over_it_rings_at_the_leaders_and_not_at_the_desk(town: Town):
    officer, caller = town.sits_down("zhiban"), town.sits_down("hekou")
    leader = town.sits_down("daiban")
    settle_all(officer)
    calls_in(caller, caller="新安镇值班室", words="堤脚冒浑水")

    officer.page.get_by_role("button", name="转带班领导").click()
    officer.is_told("已转带班领导")
    expect(bar(officer.page)).to_have_count(0)
    officer.sees("已转，还没有接")
    expect(bar(leader.page)).to_contain_text("转您接听")
    leader.page.keyboard.press("F2")

    leader.page.wait_for_url(re.compile("signal="))
    expect(officer.page.get_by_text("已转，还没有接")).to_have_count(0)


def test_a_second_call_about_the_same_is_added_with_one_click(town: Town):
    officer = town.sits_down("zhiban")
    officer.open("/command/calls/new/")
    sheet = officer.page.locator(".call-form")
    said = {"来电单位、职务": "高桥乡值班室", "类别": "地质灾害", "地点": "高桥乡三道湾"}
    officer.fill(sheet, **said, **{"发生了什么、趋势": "公路塌方"})
    officer.page.keyboard.press("Control+Enter")
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text("高桥乡三道湾")
    room = officer.page.url

    officer.open("/command/calls/new/")
    sheet = officer.page.locator(".call-form")
    officer.fill(
        sheet, **said | {"来电单位、职务": "过路司机"}, **{"发生了什么、趋势": "有车被埋"}
    )
    officer.field("地点", sheet).press("Tab")
    officer.sees("可能是同一事件", sheet)
    officer.press("并入此事件", sheet)

    officer.page.wait_for_url(room)
    officer.sees("过路司机报")


def test_what_was_pasted_from_a_chat_is_shown_with_its_words_and_its_gaps(town: Town):
    officer = town.sits_down("zhiban")
    settle_all(officer)
    officer.follow("微信群")
    officer.fill(officer.page.locator("#desk-call"), 聊天文字=CHAT)
    officer.press("识别要素")

    expect(officer.section("原话").locator("mark").first).to_have_text("石门镇松林坡")
    found = officer.section("识别到的要素")
    officer.sees("说法不一", found)
    officer.sees("未问到", found)
    sheet = officer.page.locator(".call-form")
    expect(officer.field("地点", sheet)).to_have_value("石门镇松林坡")
    expect(officer.field("失踪（人）", sheet)).to_have_value("")
    officer.press("登记并通知带班领导 Ctrl 回车", sheet)
    officer.is_told("首报已拟稿")
    officer.follow("首报")
    officer.sees("请求派风力灭火机20台")


def test_a_sheet_half_written_is_still_there_after_another_call_was_taken(town: Town):
    officer, caller = town.sits_down("zhiban"), town.sits_down("hekou")
    settle_all(officer)
    sheet = officer.page.locator(".call-form")
    officer.fill(sheet, **{"来电单位、职务": "城关镇居民", "地点": "老街"})
    calls_in(caller, caller="石桥镇值班室")
    expect(bar(officer.page)).to_be_visible()

    officer.page.keyboard.press("F2")
    officer.page.wait_for_url(re.compile("signal="))
    expect(officer.field("来电单位、职务", sheet)).to_have_value("石桥镇值班室")
    officer.open("/")

    expect(officer.field("来电单位、职务", sheet)).to_have_value("城关镇居民")
    assert officer.field("接报时间", sheet).input_value()
    officer.page.evaluate("sessionStorage.clear()")


def test_the_sheet_fits_a_telephone(town: Town):
    officer = town.sits_down("zhiban", viewport=PHONE)
    officer.open("/command/calls/new/")

    assert officer.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    tab_to(officer, "来电单位")
