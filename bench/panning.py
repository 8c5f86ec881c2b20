"""Work per pan: the browser's own reckoning, on the county's map and on a bare one, each with the same things."""

import json
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, Route

from tests.browser.people import Town

THINGS, PANS = 100_000, 12
REFERENCE = Path(__file__).parent / "reference/map.html"
LIBRARY = Path(__file__).resolve().parents[1] / "node_modules/maplibre-gl/dist"
KINDS = {".mjs": "text/javascript", ".css": "text/css"}
PATIENCE = 180_000  # milliseconds; without a graphics card the first picture takes its time
SETTLES = 700


@contextmanager
def maps(town: Town) -> Iterator[tuple[Page, Page]]:
    """Open our map and a bare one on the same base map and the same 100,000 things."""
    officer = town.sits_down("zhiban")
    config = _config(officer.page, town)
    things = json.dumps(_things(config["bounds"]), ensure_ascii=False)
    for layer in config["layers"]:
        body = things if layer["key"] == "stations" else json.dumps(_collection([]))
        officer.page.route(f"**{layer['url']}*", _answering(body))
    officer.page.goto(town.house.url + "/map/")
    officer.page.locator("[data-map][data-state=idle]").wait_for(timeout=PATIENCE)

    bare = officer.context.new_page()
    url = config["base"]["geojson"]["url"]
    given = {"bounds": config["bounds"], "base": town.house.url + url}
    bare.route("**/bench/**", _reference(json.dumps(given), things))
    bare.goto(town.house.url + "/bench/map.html")
    bare.locator("body[data-state=idle]").wait_for(timeout=PATIENCE)
    yield officer.page, bare
    officer.context.close()


def work(page: Page) -> float:
    """Milliseconds that the page's main thread works for one pan of a third of the map, on average."""
    page.bring_to_front()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    size = page.viewport_size or {"width": 1366, "height": 768}
    x, y = size["width"] * 2 // 3, size["height"] // 2
    before = _busy(session)
    for turn in range(PANS):
        reach = (1 if turn % 2 else -1) * size["width"] // 3
        start = x if reach < 0 else x - size["width"] // 3
        page.mouse.move(start, y)
        page.mouse.down()
        page.mouse.move(start + reach, y, steps=8)
        page.mouse.up()
        page.wait_for_timeout(SETTLES)
    return (_busy(session) - before) * 1000 / PANS


def _busy(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def _config(page: Page, town: Town) -> dict[str, Any]:
    page.goto(town.house.url + "/map/")
    name = page.locator("[data-map]").get_attribute("data-map")
    text = page.locator(f"script#{name}").text_content() or ""
    found: dict[str, Any] = json.loads(text)
    return found


def _things(bounds: list[float]) -> dict[str, Any]:
    """Stations all over the county, the same in every run; one in fifty stands over a bound."""
    west, south, east, north = bounds
    chance = random.Random(7)
    return _collection(
        [
            {
                "type": "Feature",
                "id": str(number),
                "geometry": {
                    "type": "Point",
                    "coordinates": [chance.uniform(west, east), chance.uniform(south, north)],
                },
                "properties": {
                    "key": str(number),
                    "label": f"站点{number}",
                    "note": f"{chance.uniform(0, 50):.1f} mm",
                    "tone": "" if number % 50 else "yellow",
                    "url": "",
                    "at": "",
                },
            }
            for number in range(THINGS)
        ]
    )


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": features,
        "shown_at": "",
        "shown_short": "",
    }


def _answering(body: str) -> Any:
    return lambda route: route.fulfill(body=body, content_type="application/json")


def _reference(given: str, things: str) -> Any:
    def answer(route: Route) -> None:
        name = re.sub(r"\?.*", "", route.request.url.rpartition("/bench/")[2])
        if name.endswith(".json"):
            route.fulfill(
                body=given if name == "given.json" else things, content_type="application/json"
            )
        elif name == "map.html":
            route.fulfill(path=REFERENCE, content_type="text/html")
        else:
            path = LIBRARY / name
            route.fulfill(path=path, content_type=KINDS.get(path.suffix, "application/json"))

    return answer
