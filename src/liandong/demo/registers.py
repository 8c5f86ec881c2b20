"""What the fictional county has registered: the facts of ``registers.yaml``, and what every township has."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

import yaml
from shapely import Point

from liandong.demo.county import County
from liandong.demo.facts import facts
from liandong.demo.ground import lying
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.sharing.actions import RecordRow, take_records
from liandong.sharing.permissions import Permission
from liandong.sharing.queries import today
from liandong.sharing.registers import REGISTERS
from liandong.sharing.states import Sensitivity

# Given to no subscriber.
NOBODY = "19900000000"
# Of these the last word is long ago: what is stale has to be seen somewhere.
OLD = timedelta(days=200)
DAYS = ("insured_until", "usable_until", "contract_until", "agreement_until")
OPEN = frozenset({"shelter", "experience", "plan_paper"})
COMMON = ("name", "body", "town", "at")


def build_registers(county: County) -> None:
    """Fill every register with some dozens of records, a fifth of them long not confirmed."""
    builder = system_actor(
        "node", county.builder.label, ACTUAL, Permission.TAKE_RECORDS, Permission.ENTER_RECORD
    )
    now = clock.now(ACTUAL)
    rows = _rows(county)
    for since, is_old in ((now - OLD, True), (now, False)):
        clock.set_clock(ACTUAL, since, rate=0)
        for kind, some in rows.items():
            part = [row for at, row in enumerate(some) if (at % 5 == 1) == is_old]
            take_records(builder, kind=kind, rows=part, source="各单位台账")


def _rows(county: County) -> dict[str, list[RecordRow]]:
    chance = random.Random(2024)  # noqa: S311 -- fiction, not secrets
    text = files("liandong.demo").joinpath("registers.yaml").read_text(encoding="utf-8")
    found: dict[str, list[RecordRow]] = defaultdict(list)
    towns = {one["name"]: one for one in facts()["townships"]}
    for kind, some in yaml.safe_load(text).items():
        found[kind] += [_row(county, chance, kind, one, towns) for one in some]
    for kind, one in _of_townships(chance):
        found[kind].append(_row(county, chance, kind, one, towns))
    return found


def _row(
    county: County, chance: random.Random, kind: str, one: dict[str, Any], towns: dict[str, Any]
) -> RecordRow:
    register = REGISTERS[kind]
    town = towns.get(one.get("town", ""))
    place = one.get("at")
    if place is None and town and register.shapes:
        place = _somewhere(chance, town["name"])
    said = {key: value for key, value in one.items() if key not in COMMON}
    return RecordRow(
        name=one["name"],
        body_id=str(county.bodies[one["body"]].pk),
        division_code=town["code"] if town else "",
        address=f"{town['name']}" if town else "",
        lon=Decimal(place[0]) if place else None,
        lat=Decimal(place[1]) if place else None,
        values=_values(county, kind, said),
        sensitivity=Sensitivity.OPEN if kind in OPEN else Sensitivity.INTERNAL,
    )


def _values(county: County, kind: str, said: dict[str, Any]) -> dict[str, Any]:
    """What is said, as the register keeps it; people have names and numbers of nobody."""
    register = REGISTERS[kind]
    if "cycle" in said:
        said["inspection_cycle"] = said.pop("cycle")
    for key in DAYS:
        if key in said:
            said[key] = (today() + timedelta(days=said[key])).isoformat()
    for field in register.fields:
        if field.kind == "quantity" and field.key in said:
            said[field.key] = field.parse(said[field.key])
        if field.kind == "person" and field.key != "technician":
            said[field.key] = {"name": next(county.names), "phone": NOBODY}
    return said


def _of_townships(chance: random.Random) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each township has: slopes, gullies, a team, shelters, schools, stores, a plan."""
    for town in facts()["townships"]:
        name, own = (
            town["name"].removesuffix("镇").removesuffix("乡"),
            {
                "body": town["key"],
                "town": town["name"],
            },
        )
        people = chance.randrange(20, 180)
        yield "risk_source", {**own, "name": f"{name}后山滑坡", "kind": "geohazard", "grade": chance.choice("1234"), "hazards": ["11D"], "people": people, "households": people // 4, "cycle": "flood_season", "alarm": "铜锣、大喇叭"}  # fmt: skip
        yield "risk_source", {**own, "name": f"{name}沟山洪危险区", "kind": "flash_flood", "grade": chance.choice("123"), "hazards": ["11A"], "people": 2 * people, "households": people // 2, "cycle": "flood_season", "alarm": "大喇叭、手摇报警器"}  # fmt: skip
        yield "risk_source", {**own, "name": f"{name}山塘", "kind": "pond", "grade": "3", "hazards": ["11A"], "people": people, "cycle": "month"}  # fmt: skip
        yield "team", {**own, "name": f"{town['name']}综合应急队", "category": "township", "people": chance.randrange(20, 45), "assembly_minutes": chance.choice((20, 30, 40)), "hazards": ["11A", "11D", "11G"], "insured": True, "insured_until": chance.randrange(-20, 300)}  # fmt: skip
        yield "shelter", {**own, "name": f"{name}中心小学避难点", "grade": "township", "space": "both", "stay": "short", "hazards": ["11A", "11C", "11D"], "area_m2": "2400", "capacity": chance.randrange(300, 900), "water": True, "power": True}  # fmt: skip
        yield "shelter", {**own, "name": f"{name}村部避灾点", "grade": "village", "space": "indoor", "stay": "urgent", "hazards": ["11A", "11B", "11D"], "area_m2": "300", "capacity": chance.randrange(60, 150)}  # fmt: skip
        yield "protected_object", {**own, "name": f"{name}中心小学", "category": "school", "people": chance.randrange(200, 900)}  # fmt: skip
        yield "protected_object", {**own, "name": f"{name}卫生院", "category": "hospital", "people": chance.randrange(20, 60)}  # fmt: skip
        yield "equipment", {**own, "name": f"{town['name']}防汛物资", "category": "flood", "goods_code": "3010700", "amount": chance.choice(("2000条", "1500余条", "0.3万条", "若干")), "storage_mode": "physical"}  # fmt: skip
        yield "equipment", {**own, "name": f"{town['name']}应急发电机", "category": "power", "goods_code": "2060203", "amount": f"{chance.randrange(1, 4)} 台", "storage_mode": "physical"}  # fmt: skip
        yield "plan_paper", {**own, "name": f"{town['name']}突发事件应急预案", "category": "township", "hazards": ["11A", "11D"], "issued_on": f"202{chance.choice('345')}-05-{chance.randrange(10, 28)}"}  # fmt: skip


def _somewhere(chance: random.Random, town: str) -> tuple[str, str]:
    """A place inside a township, not far from its seat."""
    ground, seat = lying(town)
    while True:
        lon, lat = seat.x + chance.uniform(-0.03, 0.03), seat.y + chance.uniform(-0.03, 0.03)
        if ground.contains(Point(lon, lat)):
            return f"{lon:.6f}", f"{lat:.6f}"
