"""Photograph every main page of a running node into docs/shots, for people to look at.

Usage: make shots ACCOUNT=… PASSWORD=… [ADDRESS=http://127.0.0.1:8000]
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

SHOTS = Path(__file__).resolve().parents[1] / "docs/shots"
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
ONE = r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+"
NAMES = {"": "desk", "command-one": "incident-room", "command-incidents-one": "incident-room"}
ON_A_PHONE = {"desk", "incident-room"}


def main(address: str, account: str, password: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(base_url=address, viewport=DESK, locale="zh-CN")
        page.goto("/accounts/login/")
        shoot(page, "sign-in")
        page.fill("input[name=login]", account)
        page.fill("input[name=password]", password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
        for path in [*links(page, "header a[href]"), *links(page, "main a[href]")]:
            visit(page, path, taken)
        browser.close()


def visit(page: Page, path: str, taken: set[str]) -> None:
    """Photograph a page, and the first thing of each kind that it lists."""
    for each in (path, *details(page, path)):
        if name_of(each) not in taken:
            taken.add(name_of(each))
            page.goto(each)
            shoot(page, name_of(each))


def details(page: Page, path: str) -> Iterator[str]:
    page.goto(path)
    kinds: dict[str, str] = {}
    for link in links(page, "main a[href]"):
        if re.search(ONE, link):
            kinds.setdefault(name_of(link), link)
    yield from kinds.values()


def links(page: Page, selector: str) -> list[str]:
    """Collect the node's own addresses among these links, each once."""
    found = page.eval_on_selector_all(selector, "all => all.map(a => a.href)")
    own = [
        urlsplit(link) for link in found if urlsplit(link).netloc == urlsplit(page.url).netloc
    ]
    return [path for path in dict.fromkeys(part.path for part in own) if "logout" not in path]


def name_of(path: str) -> str:
    name = re.sub(ONE, "one", path).strip("/").replace("/", "-")
    return NAMES.get(name, name)


def shoot(page: Page, name: str) -> None:
    target = SHOTS / f"{name}.png"
    page.wait_for_load_state("load")
    page.wait_for_timeout(400)  # the live stream never lets the network come to rest
    page.screenshot(path=target)
    if name in ON_A_PHONE:
        page.set_viewport_size(PHONE)
        page.screenshot(path=SHOTS / f"{name}-phone.png")
        page.set_viewport_size(DESK)
    print(target.name)


if __name__ == "__main__":
    given = os.environ
    if not given.get("ACCOUNT") or not given.get("PASSWORD"):
        sys.exit(__doc__)
    main(given.get("ADDRESS", "http://127.0.0.1:8000"), given["ACCOUNT"], given["PASSWORD"])
