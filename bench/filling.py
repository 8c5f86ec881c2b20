"""More incidents for a county, so that its lists are full. ``python -m bench.filling HOME COUNT``.

``python -m bench.filling HOME room2000`` opens one more with so many orders, carried out with ten
entries each, and prints the address of its room. ``rest`` waits until all of it is answered.
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from liandong.config.homes import node

if TYPE_CHECKING:
    from liandong.command.models import Order
    from liandong.kernel.actors import Actor

UNITS = ("water", "public-security", "meteorology", "fire-rescue")
LIVE = 20


def fill(count: int) -> None:
    """Open incidents of several kinds, as the duty desk would."""
    from liandong.command.actions import open_incident  # noqa: PLC0415 -- Django woke up only now
    from liandong.demo.cast import at_post  # noqa: PLC0415 -- as above

    officer = at_post("emergency.duty-officer")
    for number in range(count):
        open_incident(
            officer,
            title=f"县道 {number} 号桥附近山体滑坡",
            hazard="11D03",
            source="乡镇值班室电话",
            idempotency_key=f"bench/{number}",
        )


def crowd(orders: int) -> str:
    """Give so many orders in one incident; all but the last twenty are carried out and checked."""
    from liandong.command import actions  # noqa: PLC0415 -- Django woke up only now
    from liandong.demo.cast import at_post  # noqa: PLC0415 -- as above
    from liandong.organization.queries import post_by_key  # noqa: PLC0415 -- as above

    commander, desk = at_post("flood-hq.commander"), at_post("emergency.duty-officer")
    incident = actions.open_incident(
        desk, title=f"持续多日的洪水 {orders}", hazard="11A", source="电话"
    )
    units = [post_by_key(f"{key}.liaison") for key in UNITS]
    for number in range(orders):
        order = actions.issue_order(
            commander,
            incident=incident,
            to_post=units[number % len(units)],
            text=f"巡查第 {number} 段堤防",
            finish_within=timedelta(hours=2),
        )
        if number < orders - LIVE:
            _carried_out(commander, desk, order)
    return f"/command/incidents/{incident.pk}/"


def _carried_out(commander: Actor, desk: Actor, order: Order) -> None:
    """Delivered, read back, accepted, told of four times, finished, checked."""
    from liandong.command import actions  # noqa: PLC0415 -- Django woke up only now

    actions.note_delivery(desk, order=order, how="电话告知")
    order.refresh_from_db()
    order = actions.read_back_order(
        desk, order=order, text=order.text, expected_version=order.version
    )
    order = actions.accept_order(desk, order=order, expected_version=order.version)
    for part in range(4):
        order = actions.report_progress(
            desk, order=order, text=f"巡到第 {part} 处", expected_version=order.version
        )
    order = actions.finish_order(desk, order=order, text="巡完", expected_version=order.version)
    actions.check_order(commander, order=order, expected_version=order.version)


def rest() -> None:
    """Wait until the node has answered all that was written: a bench measures it at rest, not catching up."""
    from liandong.kernel.journal.models import Delivery, Entry  # noqa: PLC0415 -- Django woke up only now

    owed = [Delivery.objects.filter(dead=False), Entry.objects.filter(link=None)]
    while any(some.exists() for some in owed):
        time.sleep(1)


if __name__ == "__main__":
    with node(Path(sys.argv[1])):
        asked = sys.argv[2]
        if asked.startswith("room"):
            print(crowd(int(asked.removeprefix("room"))))
        elif asked == "rest":
            rest()
        else:
            fill(int(asked))
