"""People at a browser: they know only what a page shows them, and use it by its labels."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    Response,
    expect,
    sync_playwright,
)

from tests.browser.houses import House

ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Maps are drawn by WebGL, here without a graphics card.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # All else is put together by the processor itself, which is much the cheaper so.
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
]
# The browser's own words (dates, files) are Chinese too, where it has them: chromium-l10n.
SPEAKING = {"LANGUAGE": "zh_CN"}
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
ONE = "[0-9a-f]{8}-[0-9a-f-]{27}"
ROOM = ("/command/incidents/", f"/command/incidents/{ONE}/")
# A violation is told to the console, which we listen to over every page of the context.
TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));"""
REFUSED = re.compile(r"the server responded with a status of 4\d\d")
PASSWORD = re.compile("口令|密码")
expect.set_options(timeout=20_000)


@dataclass
class Person:
    """Somebody signed in, with a window open. ``troubles`` is what no page may cause."""

    house: House
    context: BrowserContext
    page: Page
    troubles: list[str] = field(default_factory=list)
    refusals: int = 0

    def open(self, path: str) -> None:
        self.page.goto(self.house.url + path)

    def another_window(self, path: str = "/") -> Page:
        page = self.context.new_page()
        page.goto(self.house.url + path)
        return page

    def section(self, heading: str) -> Locator:
        """The innermost card with this heading."""
        has = self.page.get_by_role("heading", name=heading, exact=True)
        return self.page.locator(".card").filter(has=has).last

    def unfold(self, heading: str) -> Locator:
        """A card that is folded up until its heading is clicked."""
        card = self.section(heading)
        if card.get_attribute("open") is None:
            card.get_by_role("heading", name=heading, exact=True).click()
        return card

    def follow(self, words: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("link", name=words).first.click()

    def first_link(self, pattern: str) -> str:
        """The address of the first link that fits, its query left out of account."""
        links = self.page.eval_on_selector_all(
            "main a[href]", "all => all.map((one) => one.getAttribute('href'))"
        )
        fitting = [str(one) for one in links if re.fullmatch(pattern, one.split("?")[0])]
        assert fitting, f"no link like {pattern} on {self.page.url}"
        return fitting[0]

    def fill(self, within: Locator | None = None, /, **fields: str) -> None:
        for label, value in fields.items():
            box = self.field(label, within)
            if box.evaluate("one => one.tagName") == "SELECT":
                try:
                    box.select_option(label=value)
                except Error:
                    if self.field(label, within).evaluate("one => one.tagName") == "SELECT":
                        raise  # no such choice; else a long list became one that is typed into
                    self.fill(within, **{label: value})
                continue
            box.fill(value)
            if box.get_attribute("role") == "combobox":
                self.page.get_by_role("option", name=value, exact=True).click()

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """A box by its label, whole; a star after it says that it must be filled."""
        main = within or self.page.locator("main")
        boxes = main.get_by_label(re.compile(rf"^{re.escape(label)}\*?$"))
        return boxes.and_(self.page.locator("input, select, textarea"))

    def press(self, verb: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=verb, exact=True).click()

    def takes_chair(self, post: str) -> None:
        """Sign from another of one's posts."""
        self.page.locator("summary").filter(has_text="账号").click()
        self.follow("我的账号")
        self.press("改用此岗位", self.page.locator(".plain-row").filter(has_text=post))
        self.page.wait_for_url(self.house.url + "/")

    def sees(self, words: str, within: Locator | None = None) -> None:
        expect((within or self.page.locator("body")).get_by_text(words).first).to_be_visible()

    def is_told(self, words: str) -> None:
        """The deed is done and the next page stands there: it says so at its foot."""
        expect(self.page.locator("[data-toasts]")).to_contain_text(words)

    def _listen(self) -> None:
        def console(message: object) -> None:
            text = getattr(message, "text", "")
            if getattr(message, "type", "") != "error":
                return
            if REFUSED.search(text):
                self.refusals += 1
            else:
                self.troubles.append(f"{self.page.url} console: {text}")

        def answered(response: Response) -> None:
            if response.status >= 500:
                self.troubles.append(f"{response.status} {response.url}")

        self.context.on("console", console)
        self.context.on("response", answered)
        self.context.on("weberror", lambda error: self.troubles.append(str(error.error)))


class Town:
    """Lets people sit down at browsers of their own, all at one node."""

    def __init__(self, browser: Browser, house: House) -> None:
        self.browser = browser
        self.house = house
        self.cookies: dict[str, object] = {}
        self.people: list[Person] = []

    def stranger(self, **options: object) -> Person:
        """Somebody who has not signed in."""
        return self._seat(**options)

    def sits_down(self, name: str, *, again: bool = False, **options: object) -> Person:
        """Somebody signed in by the form; the session is used again unless ``again``."""
        if name in self.cookies and not again:
            person = self._seat(storage_state=self.cookies[name], **options)
            person.open("/")
            return person
        person = self._seat(**options)
        sign_in(person, name)
        if not again:
            self.cookies[name] = person.context.storage_state()
        return person

    @contextmanager
    def day(self) -> Iterator["Town"]:
        """A test's time: everybody goes home after it, and nothing may have gone wrong."""
        self.people.clear()
        yield self
        for person in self.people:
            person.context.close()
        troubles = [one for person in self.people for one in person.troubles]
        assert not troubles, "\n".join(troubles)

    def _seat(self, **options: object) -> Person:
        usual = {"viewport": DESK, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
        given = {**usual, "reduced_motion": "reduce", **options}
        context = self.browser.new_context(**given)
        context.set_default_timeout(20_000)
        context.add_init_script(TELL_VIOLATIONS)
        person = Person(self.house, context, context.new_page())
        person._listen()
        self.people.append(person)
        return person


def chromium() -> str | None:
    """Where the browser is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def browsers(house: House) -> Iterator[Town]:
    """A town for whoever runs outside the tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=ARGUMENTS, env={**os.environ, **SPEAKING}
        )
        yield Town(browser, house)
        browser.close()


def sign_in(person: Person, name: str) -> None:
    """By the form, wherever the person stands."""
    page = person.page
    if "/accounts/login/" not in page.url:
        person.open("/accounts/login/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label(PASSWORD).fill(person.house.password)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda url: "/login/" not in url)
