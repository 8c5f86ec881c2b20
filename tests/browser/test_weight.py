"""What the first page costs on the wire: it is opened at four in the morning over a county's network."""

from tests.browser.people import Town

LARGEST = 300_000  # bytes of script, as they are sent, come they from the cache or not
SENT = """() => performance.getEntriesByType("resource")
  .filter((one) => one.name.split("?")[0].endsWith(".js"))
  .map((one) => [new URL(one.name).pathname, one.encodedBodySize])"""


def test_the_desk_asks_for_little_script(flood: Town):
    officer = flood.sits_down("fangban")
    officer.page.locator("[data-stream][data-state=open]").wait_for()

    sent = dict(officer.page.evaluate(SENT))

    assert 0 < sum(sent.values()) < LARGEST, sent
