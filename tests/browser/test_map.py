"""One map: drawn by WebGL on the county's own base, true without a reload, and still there without WebGL."""

import json
import re

from playwright.sync_api import expect

from liandong.demo.ground import DRAWING
from tests.browser.people import PHONE, ROOM, Person, Town
from tests.browser.test_live import enter_incident, is_untouched, mark, until_streaming

NO_WEBGL = """HTMLCanvasElement.prototype.getContext = new Proxy(
  HTMLCanvasElement.prototype.getContext,
  {apply: (get, canvas, [kind, ...more]) => kind.startsWith("webgl") ? null : get.apply(canvas, [kind, ...more])});"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def looks_at_map(person: Person, path: str = "/map/"):
    person.open(path)
    until_drawn(person)


def until_drawn(person: Person):
    """Without a graphics card, and beside other work, this takes its time."""
    expect(person.page.locator("[data-map][data-state=idle]")).to_be_visible(timeout=90_000)


def canvas(person: Person):
    return person.page.locator("canvas.maplibregl-canvas")


def room_of(person: Person):
    person.open(ROOM[0])
    person.open(person.first_link(ROOM[1]))


def test_layers_are_counted_switched_and_read_one_by_one(flood: Town):
    officer = flood.sits_down("zhiban")
    looks_at_map(officer)
    panel = officer.page.locator("[data-layers]")

    expect(panel.locator("label").filter(has_text="水位、雨量站")).to_contain_text("6")
    panel.get_by_text("逐条看").click()
    expect(panel.get_by_role("button", name="城关站")).to_be_visible()
    panel.get_by_role("button", name="城关站").click()
    officer.follow("打开", officer.page.locator("[data-found]"))
    expect(officer.page).to_have_url(f"{flood.house.url}/monitoring/stations/90100001/")

    looks_at_map(officer)
    panel.get_by_text("逐条看").click()
    panel.get_by_label("水位、雨量站").uncheck()
    expect(panel.get_by_role("button", name="城关站")).to_have_count(0)


def test_what_lies_around_is_found_from_the_keyboard(flood: Town):
    officer = flood.sits_down("zhiban")
    looks_at_map(officer)
    found = officer.page.locator("[data-found]")

    officer.page.get_by_role("button", name="周边查询").press("Enter")
    found.get_by_label("自填半径").fill("50")
    found.get_by_label("自填半径").press("Enter")
    expect(found.get_by_role("link", name="城关站")).to_be_visible()
    officer.sees("公里", found)

    officer.page.get_by_role("button", name="回到全图").focus()
    officer.page.keyboard.press("Escape")
    expect(found).to_be_hidden()


def test_the_panel_folds_and_unfolds_by_its_key(flood: Town):
    officer = flood.sits_down("zhiban")
    looks_at_map(officer)
    layers = officer.page.locator("[data-layers]")

    officer.page.keyboard.press("l")
    expect(layers).not_to_have_attribute("open", "")
    officer.page.keyboard.press("l")
    expect(layers).to_have_attribute("open", "")


def test_lengths_and_areas_are_measured(flood: Town):
    officer = flood.sits_down("zhiban")
    looks_at_map(officer)

    officer.press("测量距离和面积")
    for x, y in ((500, 300), (700, 350), (650, 500)):
        canvas(officer).click(position={"x": x, "y": y})

    found = officer.page.locator("[data-found]")
    officer.sees("围成面积", found)
    officer.sees("已点 3 点", found)


def test_the_map_is_printed_as_it_stands(flood: Town):
    officer = flood.sits_down("zhiban")
    looks_at_map(officer)

    with officer.page.expect_popup() as opened:
        officer.page.get_by_role("link", name="打印地图").click()

    sheet = opened.value.locator("svg.map-sheet")
    expect(sheet).to_contain_text("仅供内部应急使用")
    expect(sheet).to_contain_text("城关镇")
    assert "bbox=" in opened.value.url


def test_an_incident_located_by_one_stands_on_the_map_of_the_other(town: Town):
    officer, leader = town.sits_down("zhiban"), town.sits_down("zhihui")
    looks_at_map(leader)
    until_streaming(leader.page)
    mark(leader.page)
    leader.page.get_by_text("逐条看").click()

    enter_incident(officer, "南坪乡山脚滑坡")
    row = leader.page.locator("[data-list]").get_by_role("button", name="南坪乡山脚滑坡")
    expect(row).to_be_disabled()
    officer.follow("标定位置")
    until_drawn(officer)
    canvas(officer).click(position={"x": 400, "y": 300})
    assert officer.field("经度").input_value().startswith("112.")
    officer.press("标定位置")
    officer.is_told("位置已标定")

    expect(row).to_be_enabled()
    assert is_untouched(leader.page)


def test_figures_from_a_telephone_are_turned_and_bad_ones_come_back(town: Town):
    officer = town.sits_down("zhiban")
    enter_incident(officer, "西坪乡道路塌方")
    officer.follow("标定位置")

    officer.fill(经度="27.63", 纬度="112.40")
    officer.press("标定位置")
    officer.sees("90")
    expect(officer.field("经度")).to_have_value("27.63")
    officer.fill(
        经度="112.4", 纬度="27.63", 数字从哪里来="手机、高德、腾讯地图（GCJ-02，自动换算）"
    )
    officer.press("标定位置")
    officer.is_told("位置已标定")


def test_a_telephone_tells_where_it_is_by_itself_or_why_not(town: Town):
    here = {"geolocation": {"latitude": 27.631234, "longitude": 112.401234, "accuracy": 12}}
    officer = town.sits_down("zhiban", permissions=["geolocation"], viewport=PHONE, **here)
    enter_incident(officer, "西坪乡山洞积水")
    officer.follow("标定位置")

    officer.press("用本机位置")

    expect(officer.field("经度")).to_have_value("112.401234")
    officer.sees("误差约 12 米")
    form = officer.page.url.removeprefix(town.house.url)
    officer.press("标定位置")
    officer.is_told("位置已标定")

    refused = town.sits_down("zhiban")
    refused.open(form)
    refused.press("用本机位置")
    refused.sees("浏览器没有获准使用位置")


def test_without_webgl_the_server_draws_and_it_stays_true(flood: Town):
    officer = flood.sits_down("zhiban")
    officer.context.add_init_script(NO_WEBGL)

    officer.open("/map/")
    sheet = officer.page.locator("svg.map-sheet")
    expect(sheet).to_contain_text("城关站")
    expect(officer.page).to_have_url(f"{flood.house.url}/map/?plain=1")

    room_of(officer)
    officer.page.locator("#room-map").scroll_into_view_if_needed()
    picture = officer.page.locator("#room-map img")
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 200


def test_on_a_telephone_the_map_has_the_screen(flood: Town):
    officer = flood.sits_down("zhiban", viewport=PHONE)
    looks_at_map(officer)

    expect(officer.page.locator("[data-layers]")).not_to_have_attribute("open", "")
    assert officer.page.evaluate(TOO_WIDE) <= 0
    assert canvas(officer).bounding_box()["height"] > 400


def test_the_administrator_loads_another_base_map(town: Town):
    admin = town.sits_down("system")
    admin.open("/map/basemap/")
    ring = [[112.1, 27.5], [112.7, 27.5], [112.7, 27.9], [112.1, 27.9], [112.1, 27.5]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    one = {"type": "Feature", "properties": {"layer": "county"}, "geometry": shape}

    def load(features):
        told = json.dumps({"type": "FeatureCollection", "features": features})
        file = {"name": "新底图.geojson", "mimeType": "application/geo+json"}
        admin.field("底图文件").set_input_files({**file, "buffer": told.encode()})
        admin.fill(坐标系="CGCS2000 经纬度（自然资源部门）")
        admin.press("装入底图")

    load([])
    admin.sees("里面没有任何要素")
    load([one])
    admin.is_told("底图已装入")
    expect(admin.page.get_by_role("heading", name="新底图.geojson")).to_be_visible()
    load(json.loads(DRAWING.read_text(encoding="utf-8"))["features"])
    admin.is_told("底图已装入")


def test_a_route_drawn_by_clicks_is_on_the_map_of_another_at_once(town: Town):
    officer, leader = town.sits_down("zhiban"), town.sits_down("zhihui")
    looks_at_map(leader)
    until_streaming(leader.page)
    mark(leader.page)
    leader.page.get_by_text("逐条看").click()

    enter_incident(officer, "石桥镇河堤管涌")
    officer.follow("画线路")
    until_drawn(officer)
    officer.fill(名称="石桥至镇中学")
    for x, y in ((400, 300), (440, 320), (460, 360)):
        canvas(officer).click(position={"x": x, "y": y})
    expect(officer.field("各点")).to_have_value(re.compile(r"^112\.\S+\n112\.\S+\n112\.\S+$"))
    canvas(officer).press("Backspace")
    expect(officer.field("各点")).to_have_value(re.compile(r"^112\.\S+\n112\.\S+$"))
    officer.press("画上线路")
    officer.is_told("线路已画上")

    row = leader.page.locator("[data-list]").get_by_role("button", name="转移路线 石桥至镇中学")
    expect(row).to_be_enabled()
    assert is_untouched(leader.page)
