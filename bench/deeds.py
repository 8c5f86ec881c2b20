"""Deeds whose echo is waited for. ``python -m bench.deeds HOME reading|order COUNT``.

Prints the machine's monotonic clock as each is committed, one a line.
"""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from liandong.config.homes import wake_django
from liandong.kernel.ids import uuid7

PAUSE = 60 / 50  # fifty a minute
FLOW_STATION = "90100001"


def reading() -> Callable[[int], object]:
    """A gauge that goes over the highest level ever seen and under it again, a proposal each time."""
    from liandong.demo.scenarios.upstream_flood import telemetry  # noqa: PLC0415 -- Django woke up only now
    from liandong.kernel import clock  # noqa: PLC0415 -- as above
    from liandong.kernel.actors import ACTUAL, system_actor  # noqa: PLC0415 -- as above
    from liandong.monitoring.actions import record_readings, set_threshold  # noqa: PLC0415 -- as above
    from liandong.monitoring.permissions import Permission  # noqa: PLC0415 -- as above
    from liandong.monitoring.queries import latest_readings  # noqa: PLC0415 -- as above
    from liandong.monitoring.signals.observations import Observation  # noqa: PLC0415 -- as above
    from liandong.monitoring.states import Quantity, SourceStatus, ThresholdKind  # noqa: PLC0415 -- as above

    series = latest_readings(ACTUAL).get(station__code=FLOW_STATION, quantity=Quantity.FLOW)
    set_threshold(
        system_actor("node", "bench", ACTUAL, Permission.SET_THRESHOLD),
        series=series,
        kind=ThresholdKind.HISTORICAL_MAX,
        bound=Decimal(3900),
        status=SourceStatus.ASSUMED,
    )
    last = series.last_at or clock.now(ACTUAL) - timedelta(hours=1)

    def deed(number: int) -> object:
        value = Decimal(3500 if number % 2 else 4000)
        at = last + timedelta(seconds=number + 1)
        one = Observation(FLOW_STATION, Quantity.FLOW, at, value)
        return record_readings(
            telemetry(), readings=[one], source="bench", idempotency_key=str(uuid7())
        )

    return deed


def order() -> Callable[[int], object]:
    """An order of the headquarters to the police."""
    from liandong.command.actions import issue_order  # noqa: PLC0415 -- Django woke up only now
    from liandong.command.queries import open_incidents  # noqa: PLC0415 -- as above
    from liandong.demo.cast import at_post  # noqa: PLC0415 -- as above
    from liandong.kernel.actors import ACTUAL  # noqa: PLC0415 -- as above
    from liandong.organization.queries import post_by_key  # noqa: PLC0415 -- as above

    commander, police = at_post("flood-hq.commander"), post_by_key("public-security.liaison")
    incident = open_incidents(ACTUAL).filter(hazard__startswith="11A").first()

    def deed(number: int) -> object:
        return issue_order(
            commander,
            incident=incident,
            to_post=police,
            text=f"封闭第 {number} 号路口",
            acknowledge_within=timedelta(hours=1),
            finish_within=timedelta(hours=2),
            idempotency_key=str(uuid7()),
        )

    return deed


def main() -> None:
    """Do one after another, at a distance."""
    wake_django(Path(sys.argv[1]))
    deed = {"reading": reading, "order": order}[sys.argv[2]]()
    for number in range(int(sys.argv[3])):
        deed(number)
        print(time.monotonic(), flush=True)
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
