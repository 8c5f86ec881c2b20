"""Two thousand readings a second over HTTP. ``python -m bench.pressure HOME URL SECONDS``.

Registers its stations and its device first, writes a line, posts a batch a second, and ends with
the rate it reached.
"""

import http.client
import json
import secrets
import sys
import time
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from liandong.config.homes import wake_django

STATIONS, MINUTES = 100, 20


def provide() -> tuple[str, str]:
    """A hundred stations without bounds, and a device; returns its token and the county's time."""
    from liandong.kernel import clock  # noqa: PLC0415 -- Django woke up only now
    from liandong.kernel.actors import ACTUAL, system_actor  # noqa: PLC0415 -- as above
    from liandong.monitoring.actions import SeriesSpec, register_station  # noqa: PLC0415 -- as above
    from liandong.monitoring.permissions import Permission  # noqa: PLC0415 -- as above
    from liandong.monitoring.states import Quantity  # noqa: PLC0415 -- as above
    from liandong.organization.actions import register_device  # noqa: PLC0415 -- as above
    from liandong.organization.models import Secret  # noqa: PLC0415 -- as above
    from liandong.organization.permissions import Permission as Organization  # noqa: PLC0415 -- as above

    builder = system_actor("node", "bench", ACTUAL, *Permission, *Organization)
    for number in range(STATIONS):
        register_station(
            builder,
            code=f"8{number:07}",
            name=f"bench {number}",
            kind="PP",
            lon=Decimal("112.4"),
            lat=Decimal("27.7"),
            river="",
            series=[SeriesSpec(quantity=Quantity.RAIN, step_minutes=1)],
        )
    token = Secret(secrets.token_urlsafe(32))
    register_device(builder, username="bench", title="bench", token=token)
    return str(token), clock.now(ACTUAL).isoformat()


def post(url: str, token: str, start: datetime, seconds: int) -> float:
    """Post a batch each second, minute after minute of the county's past; readings a second."""
    place = urlsplit(url)
    caller = http.client.HTTPConnection(place.hostname or "", place.port)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    began = time.monotonic()
    for turn in range(seconds):
        times = [
            (start + timedelta(minutes=turn * MINUTES + minute)).isoformat()
            for minute in range(MINUTES)
        ]
        readings = [
            {"station": f"8{number:07}", "quantity": "rain_mm", "at": at, "value": 0.2}
            for number in range(STATIONS)
            for at in times
        ]
        caller.request(
            "POST", "/api/monitoring/readings", json.dumps({"readings": readings}), headers
        )
        answer = caller.getresponse()
        told = json.loads(answer.read())
        if answer.status != 200 or told["accepted"] != len(readings):
            raise LookupError(f"{answer.status} {told}")
        time.sleep(max(0.0, began + turn + 1 - time.monotonic()))
    return seconds * STATIONS * MINUTES / (time.monotonic() - began)


def main() -> None:
    """Provide, press, and tell."""
    wake_django(Path(sys.argv[1]))
    token, now = provide()
    print("ready", flush=True)
    start = datetime.fromisoformat(now) - timedelta(days=29)
    print(post(sys.argv[2], token, start, int(sys.argv[3])), flush=True)


if __name__ == "__main__":
    main()
