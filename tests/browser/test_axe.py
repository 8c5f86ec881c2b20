"""Every main page in the night of the flood: no barrier that axe can find, and nothing to scroll sideways.

WCAG 2.2 AA, light and dark, at a desk and on a telephone.
"""

from dataclasses import dataclass

import pytest

from tests.architecture.tree import ROOT
from tests.browser.people import DESK, ONE, PHONE, ROOM, Person, Town

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


@dataclass(frozen=True)
class Look:
    """Who looks, and by which addresses to get there: a pattern is the first link that fits."""

    who: str
    way: tuple[str, ...]
    after: str = ""


LOOKS = {
    "sign-in": Look("", ("/accounts/login/",)),
    "desk full": Look("fangban", ("/",)),
    "desk empty": Look("gongan", ("/",)),
    "incidents": Look("fangban", ROOM[:1]),
    "enter incident": Look("zhiban", ("/command/incidents/new/",)),
    "room": Look("fangban", ROOM),
    "decisions only": Look("fangban", ROOM, "?only=decisions"),
    "room over time": Look("fangban", ROOM, "?view=gantt"),
    "room by unit": Look("fangban", ROOM, "?view=units"),
    "order statistics": Look("fangban", ROOM, "stats/"),
    "note": Look("fangban", ROOM, "note/"),
    "attach files": Look("fangban", ROOM, "attach/"),
    "wall": Look("fangban", ("/command/wall/",)),
    "facts": Look("zhiban", ROOM, "fact/"),
    "severity": Look("fangban", ROOM, "severity/"),
    "close": Look("fangban", ROOM, "close/"),
    "decide": Look("xianzhang", ROOM, "decide/"),
    "consult": Look("fangban", ROOM, "consult/"),
    "consultation": Look("fangban", (*ROOM, f"/command/consultations/{ONE}/")),
    "issue": Look("fangban", ROOM, "issue/"),
    "order for headquarters": Look("fangban", (*ROOM, f"/command/orders/{ONE}/")),
    "order for unit": Look("hekou", (*ROOM, f"/command/orders/{ONE}/")),
    "report": Look("zhiban", ("/", f"/command/reports/{ONE}/")),
    "report sent": Look("zhiban", (*ROOM, f"/command/reports/{ONE}/")),
    "send report": Look("zhiban", ("/", f"/command/reports/{ONE}/"), "send/"),
    "report clocks": Look("fangban", ("/command/reports/clocks/",)),
    "stations": Look("shuili", ("/monitoring/stations/",)),
    "station": Look("shuili", ("/monitoring/stations/90100001/",)),
    "rain station": Look("shuili", ("/monitoring/stations/90100002/",)),
    "warnings": Look("qixiang", ("/monitoring/warnings/",)),
    "warning": Look("qixiang", ("/monitoring/warnings/", f"/monitoring/warnings/{ONE}/")),
    "draft warning": Look("qixiang", ("/monitoring/warnings/new/",)),
    "plans": Look("fangban", ("/plans/",)),
    "plan": Look("fangban", ("/plans/flood-drought/",)),
    "facts of plans": Look("fangban", ("/plans/facts/",)),
    "journal": Look("audit", ("/journal/",)),
    "entry": Look("audit", ("/journal/", r"/journal/\d+/")),
    "operations": Look("system", ("/operations/",)),
    "components": Look("system", ("/gallery/",)),
    "bodies": Look("fangban", ("/organization/",)),
    "body": Look("fangban", ("/organization/", f"/organization/bodies/{ONE}/")),
    "people": Look("fangban", ("/organization/people/",)),
    "person": Look("fangban", ("/organization/people/", f"/organization/people/{ONE}/")),
    "accounts": Look("security", ("/organization/accounts/",)),
    "account": Look("security", ("/organization/accounts/", f"/organization/accounts/{ONE}/")),
    "create account": Look("security", ("/organization/accounts/new/",)),
    "my account": Look("fangban", ("/organization/me/",)),
    "messages": Look("fangban", ("/messages/",)),
    "message": Look("fangban", ("/messages/", f"/messages/{ONE}/")),
    "password": Look("fangban", ("/accounts/password/change/",)),
    "second factor": Look("fangban", ("/accounts/2fa/",)),
    "sign-out": Look("fangban", ("/accounts/logout/",)),
    "no such page": Look("fangban", ("/nowhere/",)),
}


def go(person: Person, look: Look):
    for step in look.way:
        listed = ONE in step or r"\d" in step
        person.open(person.first_link(step) if listed else step)
    if look.after:
        person.open(person.page.url.removeprefix(person.house.url) + look.after)


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
