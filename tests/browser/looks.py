"""Every page worth looking at in the night of the flood, and who gets there by which addresses."""

from dataclasses import dataclass

from tests.browser.people import ONE, ROOM, Person

WRITTEN = ("/plans/manuscripts/", f"/plans/manuscripts/{ONE}/")


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
    "steps of plans": Look("fangban", ROOM, "steps/"),
    "task": Look("fangban", (*ROOM, f"/command/tasks/{ONE}/")),
    "measures for a warning": Look("fangban", (*ROOM, f"/command/precautions/{ONE}/")),
    "report": Look("zhiban", ("/", f"/command/reports/{ONE}/")),
    "report sent": Look("zhiban", (*ROOM, f"/command/reports/{ONE}/")),
    "send report": Look("zhiban", ("/", f"/command/reports/{ONE}/"), "send/"),
    "standing nil rounds": Look("fangban", ("/command/nil-standings/",)),
    "set standing nil round": Look("fangban", ("/command/nil-standings/",), "set/"),
    "reports": Look("zhiban", ("/command/reports/",)),
    "report clocks": Look("fangban", ("/command/reports/clocks/",)),
    "report clock": Look(
        "fangban", ("/command/reports/clocks/", f"/command/reports/clocks/{ONE}/")
    ),
    "correct report": Look("zhiban", (*ROOM, f"/command/reports/{ONE}/"), "correct/"),
    "ask nil round": Look("zhiban", ROOM, "nil-round/"),
    "digests": Look("zhiban", ("/command/digests/",)),
    "compile digest": Look(
        "zhiban", ("/command/digests/", "/command/digests/compile/bulletin/")
    ),
    "locate": Look("zhiban", ROOM, "locate/"),
    "registers": Look("shuili", ("/sharing/",)),
    "risk sources": Look("shuili", ("/sharing/registers/risk_source/",)),
    "risk source": Look(
        "shuili", ("/sharing/registers/risk_source/?name=石门", r"/sharing/records/FX-\d+/")
    ),
    "enter shelter": Look("shuili", ("/sharing/registers/shelter/new/",)),
    "records due": Look("shuili", ("/sharing/due/",)),
    "region": Look("shuili", ("/sharing/map/",)),
    "down the river": Look(
        "shuili",
        ("/sharing/map/?shape=river&points=112.425,27.7265&km=25&width_km=1.5",),
    ),
    "rounds": Look("fangban", ("/sharing/rounds/",)),
    "open round": Look("fangban", ("/sharing/rounds/new/",)),
    "stations": Look("shuili", ("/monitoring/stations/",)),
    "station": Look("shuili", ("/monitoring/stations/90100001/",)),
    "rain station": Look("shuili", ("/monitoring/stations/90100002/",)),
    "warnings": Look("qixiang", ("/monitoring/warnings/",)),
    "warning": Look("qixiang", ("/monitoring/warnings/", f"/monitoring/warnings/{ONE}/")),
    "draft warning": Look("qixiang", ("/monitoring/warnings/new/",)),
    "plans": Look("fangban", ("/plans/",)),
    "plan": Look("fangban", ("/plans/flood-drought/",)),
    "register of plans": Look("fangban", ("/plans/register/",)),
    "calendar of plans": Look("fangban", ("/plans/calendar/",)),
    "opinions": Look("fangban", ("/plans/opinions/",)),
    "file a plan": Look(
        "fangban", ("/plans/flood-drought/", r"/plans/flood-drought/\d+/file/")
    ),
    "plan tried on an incident": Look(
        "fangban", ("/plans/flood-drought/what-if/", r"/plans/flood-drought/\d+/what-if/")
    ),
    "manuscripts": Look("fangban", ("/plans/manuscripts/",)),
    "manuscript": Look("fangban", WRITTEN, "?level=III&step=dike-patrol-township-1"),
    "manuscript conditions": Look("fangban", WRITTEN, "?level=IV&part=level"),
    "manuscript text": Look("fangban", WRITTEN, "?show=text&level=III"),
    "manuscript document": Look("fangban", WRITTEN, "?show=document"),
    "begin a plan": Look("fangban", ("/plans/manuscripts/begin/",)),
    "check-up": Look("fangban", ("/plans/check-up/",)),
    "check-up of plan": Look("fangban", ("/plans/flood-drought/check-up/",)),
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
    "call": Look("zhiban", ("/command/calls/new/",)),
    "chat": Look("zhiban", ("/command/signals/paste/",)),
    "signals": Look("zhiban", ("/command/signals/",)),
    "field post": Look("fangban", ROOM, "open-field-post/"),
    "draw route": Look("fangban", ROOM, "routes/"),
    "where it is": Look("fangban", ROOM, "locate/"),
    "rehearsal": Look("fangban", ("/command/rehearsal/",)),
    "map": Look("fangban", ("/map/",)),
    "map drawn": Look("fangban", ("/map/?plain=1",)),
    "map sheet": Look("fangban", ("/map/sheet/",)),
    "base map": Look("system", ("/map/basemap/",)),
    "setup": Look("system", ("/setup/",)),
    "vacant posts": Look("system", ("/setup/vacant/",)),
    "roster": Look("fangban", ("/organization/roster/",)),
    "lay shifts": Look("fangban", ("/organization/roster/lay/",)),
    "handover": Look("zhiban", ("/organization/roster/handover/",)),
    "phone book": Look("fangban", ("/messages/phone-book/",)),
    "library": Look("fangban", ("/plans/library/",)),
    "import a plan": Look("fangban", ("/plans/import/",)),
    "versions compared": Look("fangban", ("/plans/flood-drought/compare/1/1/",)),
    "register station": Look("shuili", ("/monitoring/stations/new/",)),
    "administrators": Look("security", ("/organization/administrators/",)),
    "duty-room machine": Look("security", ("/organization/accounts/desk/",)),
    "pin": Look("fangban", ("/organization/me/pin/",)),
    "trust": Look("", ("/trust/",)),
}


def go(person: Person, look: Look):
    for step in look.way:
        listed = ONE in step or r"\d" in step
        person.open(person.first_link(step) if listed else step)
    if look.after:
        person.open(person.page.url.removeprefix(person.house.url) + look.after)
