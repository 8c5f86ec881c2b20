"""Run on a home that was founded: what writers need, made by the actions that make it in life.

python -m tests.journeys.provisioning HOME STATIONS
"""

import json
import sys
from decimal import Decimal
from pathlib import Path

from liandong.config.homes import node

OFFICER, PASSWORD, TOKEN = "zhouyuan", "quiet-river-2026", "t" * 40


def provide(stations: int) -> None:
    """A gauge of rain for each writer, the device that reports them, and an office's director."""
    from liandong.kernel.permissions import Role
    from liandong.monitoring.actions import SeriesSpec, register_station, set_threshold
    from liandong.monitoring.models import Series
    from liandong.monitoring.permissions import Permission
    from liandong.monitoring.states import Quantity, SourceStatus, ThresholdKind
    from tests.factories import organization as make
    from tests.people import allowed

    keeper = allowed(Permission.REGISTER_STATION, Permission.SET_THRESHOLD, label="测站管理")
    for number in range(stations):
        station = register_station(
            keeper,
            code=f"2140{number:04}",
            name=f"上游{number}",
            kind="ZQ",
            lon=Decimal("122.5"),
            lat=Decimal("39.9"),
            series=[SeriesSpec(quantity=Quantity.FLOW, is_main_river=True)],
        )
        set_threshold(
            keeper,
            series=Series.objects.get(station=station),
            kind=ThresholdKind.WARNING,
            bound=Decimal(1000),
            status=SourceStatus.ASSUMED,
        )
    make.device(token=TOKEN)
    person = make.person("周远", at=make.post(title="主任", roles=[Role.HEADQUARTERS_OFFICE]))
    make.account(person, username=OFFICER, password=PASSWORD)


def main(home: str, stations: str) -> None:
    with node(Path(home)):
        provide(int(stations))
    print(json.dumps({"ok": True}))  # noqa: T201 -- this is the output


if __name__ == "__main__":
    main(*sys.argv[1:])
