"""Playing a scenario: on a throw-away database as fast as can be, or into a node one watches."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from rich.console import Console

from liandong.demo.callees import enter_callees
from liandong.demo.county import build_county
from liandong.demo.expectations import Expectation, Scenario, judge
from liandong.demo.ground import lay_ground
from liandong.demo.plan import adopt_plans
from liandong.demo.registers import build_registers
from liandong.demo.roster import lay_roster
from liandong.demo.scenarios.forest_fire import ForestFire
from liandong.demo.scenarios.record import CHINA
from liandong.demo.scenarios.upstream_flood import UpstreamFlood
from liandong.demo.stage import WITNESS, Stage
from liandong.demo.waters import build_waters
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.identity import present_epoch, this_node
from liandong.kernel.journal.reading import cursor, position, readable, tell
from liandong.kernel.journal.verifying import verify
from liandong.kernel.problems import Forbidden, Invalid
from liandong.kernel.worker import work_until_quiet
from liandong.organization.queries import has_accounts

SCENARIOS: dict[str, Callable[[timedelta, Decimal], Scenario]] = {
    "forest_fire": lambda shift, rain: _dry(ForestFire(shift), rain),
    "upstream_flood": UpstreamFlood,
}
DURATION = re.compile(r"(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
MAX = "max"


def play(
    scenario: str,
    *,
    speed: str = MAX,
    shift: str = "",
    rain_factor: str = "1",
    as_json: bool,
) -> int:
    """Play, print what came of it, and say by the result whether all was as expected (0).

    Without a shift, a play at full speed keeps the scenario's own time; one in a running node
    begins with the next minute there.
    """
    pace = pace_of(speed)
    moved = shift or (shift_to_next(scenario) if pace else "PT0S")
    told = scenario_of(scenario, duration(moved), factor(rain_factor))
    prepare(told.begins - timedelta(days=1), watched=False)
    curtain = rises_at(told)
    _run(told, pace, curtain, quiet=as_json)
    expectations = judge(told, curtain)
    found = _told(scenario, expectations, curtain)
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))  # noqa: T201 -- this is the output
    else:
        _show(found)
    return 0 if all(one.met for one in expectations) else 1


def prepare(at: datetime, *, watched: bool = True) -> str:
    """Build the fictional county unless it stands; returns the watchers' password, once."""
    node = this_node()
    if node is None or not node.is_demo:
        raise Forbidden(
            "想定只能放入标明“虚构示范”的节点。", remedy="请用 liandong demo 建立示范节点。"
        )
    if has_accounts():
        return ""
    clock.set_clock(ACTUAL, at, rate=0)
    county = build_county(watched=watched)
    build_waters(county)
    adopt_plans(county)
    if watched:
        lay_ground()
        lay_roster(county)
        build_registers(county)
        enter_callees(county)
    work_until_quiet(epoch=present_epoch())
    return county.password


def rises_at(told: Scenario) -> str:
    """Where the journal stood when the curtain rose: now, or when an interrupted play began."""
    of_play = readable(WITNESS).filter(entry__at__gte=told.begins, **told.opens_with)
    first = of_play.first()
    return f"{first.epoch}:{first.position - 1}" if first else position()


def shift_to_now(scenario: str) -> str:
    """How far to move a scenario so that it begins with this hour."""
    begins = scenario_of(scenario, timedelta(), Decimal(1)).begins
    seconds = int((clock.real() - begins).total_seconds())
    return f"PT{seconds // 3600}H"


def shift_to_next(scenario: str) -> str:
    """How far to move a scenario so that it begins with the next minute of the node's clock."""
    begins = scenario_of(scenario, timedelta(), Decimal(1)).begins
    minutes = int((clock.now(ACTUAL) - begins).total_seconds() // 60) + 1
    return f"{'-' if minutes < 0 else ''}PT{abs(minutes)}M"


def _run(told: Scenario, pace: int, curtain: str, *, quiet: bool) -> None:
    console = Console(stderr=True, quiet=quiet)
    stage = Stage(epoch=present_epoch(), speed=pace)
    told.set(stage)
    with console.status("") as status:
        stage.on_step = lambda at: status.update(
            f"{at.astimezone(told.begins.tzinfo):%m月%d日 %H:%M}"
        )
        stage.play(told.begins, told.ends, since=curtain)


def _told(scenario: str, expectations: list[Expectation], curtain: str) -> dict[str, Any]:
    report = verify()
    rows = timeline(curtain)
    return {
        "scenario": scenario,
        "expectations": [vars(one) for one in expectations],
        "counts": _counts(rows),
        "journal": {
            "entries": report.entries,
            "head": str(report.head),
            "verified": report.verified,
        },
        "timeline": rows,
    }


def timeline(curtain: str) -> list[dict[str, Any]]:
    """What happened since the curtain rose, in order."""
    _epoch, after = cursor(curtain)
    links = readable(WITNESS).select_related("entry__payload").filter(position__gt=after)
    return [
        {
            "position": told.position,
            "at": told.at.astimezone(CHINA).isoformat(),
            "name": told.name,
            "actor": told.who,
            "summary": told.sentence,
        }
        for told in map(tell, links.iterator(chunk_size=500))
    ]


def _counts(rows: list[dict[str, Any]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["name"]] = counts.get(row["name"], 0) + 1
    return dict(sorted(counts.items()))


def _show(found: dict[str, Any]) -> None:
    console = Console()
    for row in found["timeline"]:
        console.print(
            f"[dim]{row['at'][5:16].replace('T', ' ')}[/] {row['summary']}  [dim]{row['actor']}[/]"
        )
    for one in found["expectations"]:
        mark = "[green]✓[/]" if one["met"] else "[red]✗[/]"
        console.print(f"{mark} {one['id']}  {one['detail']}")
    journal = found["journal"]
    console.print(
        f"流水 {journal['entries']} 条，校验{'通过' if journal['verified'] else '不通过'}:{journal['head']}"
    )


def scenario_of(name: str, shift: timedelta, rain_factor: Decimal) -> Scenario:
    """Find a scenario by name; raises ``Invalid``."""
    if name not in SCENARIOS:
        raise Invalid(
            f"没有名为“{name}”的想定。", remedy=f"现有想定：{'、'.join(sorted(SCENARIOS))}。"
        )
    return SCENARIOS[name](shift, rain_factor)


def _dry(told: Scenario, rain_factor: Decimal) -> Scenario:
    if rain_factor != 1:
        raise Invalid(
            "这个想定里没有雨，不能改雨量。",
            remedy="请去掉 --rain-factor，或改用 upstream_flood。",
        )
    return told


def duration(text: str) -> timedelta:
    """Read an ISO 8601 duration of days and less, such as ``PT1H`` or ``-P1D``."""
    match = DURATION.fullmatch(text)
    if match is None or text in {"P", "PT", "-P"}:
        raise Invalid(
            f"时长“{text}”读不懂。", remedy="请写成 PT1H(1 小时)、P2D(2 天)这样的形式。"
        )
    sign, *parts = match.groups()
    days, hours, minutes, seconds = (int(part or 0) for part in parts)
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if sign else length


def factor(text: str) -> Decimal:
    """Read a factor from 0 to 10."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not (value.is_finite() and 0 <= value <= 10):
        raise Invalid(f"雨量倍数“{text}”不对。", remedy="请写 0 到 10 之间的数，如 0.3。")
    return value


def pace_of(text: str) -> int:
    """Read a speed: ``max``, or how many times as fast as life, up to 3600."""
    if text == MAX:
        return 0
    if not (text.isdecimal() and 1 <= int(text) <= 3600):
        raise Invalid(f"倍速“{text}”不对。", remedy="请写 1 到 3600 的整数，或 max。")
    return int(text)
