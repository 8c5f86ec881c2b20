"""When the first page can be used: on a processor slowed down fourfold, with nothing in the cache.

As Lighthouse reckons it: the last long task that begins before five quiet seconds have passed, or the
first paint with content, whichever is later. https://web.dev/articles/tti
"""

from playwright.sync_api import Page

from tests.browser.people import Town

SLOWDOWN, QUIET = 4, 5_000
WATCH = """
window.__long = [];
new PerformanceObserver((list) => window.__long.push(...list.getEntries().map((one) => one.startTime + one.duration)))
  .observe({ type: "longtask", buffered: true });
"""
TOLD = """() => Math.max(
  performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
  ...window.__long)"""


def interactive_ms(town: Town, name: str) -> float:
    """Milliseconds from asking for the desk until it answers, for somebody who is signed in."""
    person = town.sits_down(name)
    page = person.context.new_page()
    page.add_init_script(WATCH)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    told = _told(page, town.house.url)
    person.context.close()
    return told


def _told(page: Page, url: str) -> float:
    page.goto(url + "/")
    page.wait_for_timeout(QUIET)
    return float(page.evaluate(TOLD))
