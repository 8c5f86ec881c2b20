"""Every main page in the night of the flood: no barrier that axe can find, and nothing to scroll sideways.

WCAG 2.2 AA, light and dark, at a desk and on a telephone.
"""

import pytest

from tests.architecture.tree import ROOT
from tests.browser.looks import LOOKS, Look, go
from tests.browser.people import DESK, PHONE, Town

AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
COLORS = {"type": "rule", "values": ["color-contrast"]}  # all that darkness changes
ASK = """async (rules) => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  return found.violations.flatMap(({id, nodes}) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.html.slice(0, 160)}`));
}"""
UNFOLD = "document.querySelectorAll('main details').forEach((one) => (one.open = true))"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_no_barrier_and_nothing_sideways(flood: Town, look: Look):
    person = flood.sits_down(look.who) if look.who else flood.stranger()
    go(person, look)
    person.page.evaluate(UNFOLD)
    person.page.evaluate(AXE.read_text(encoding="utf-8"))

    barriers = []
    for place, viewport in {"desk": DESK, "phone": PHONE}.items():
        person.page.set_viewport_size(viewport)
        wide = person.page.evaluate(TOO_WIDE)
        if wide > 0:
            barriers.append(f"{place}: {wide} px too wide")
        for scheme, rules in {"light": RULES, "dark": COLORS}.items():
            person.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = person.page.evaluate(ASK, rules)
            barriers += [f"{place} {scheme} {one}" for one in found]

    assert barriers == []


def test_a_barrier_would_be_found(flood: Town):
    stranger = flood.stranger()
    go(stranger, LOOKS["sign-in"])
    stranger.page.evaluate(
        "document.querySelector('main').append(document.createElement('button'))"
    )
    stranger.page.evaluate(AXE.read_text(encoding="utf-8"))

    found = stranger.page.evaluate(ASK, RULES)

    assert [one.split(":")[0] for one in found] == ["button-name"]
