"""A thousand CAP alerts read to what they say, beside lxml that only parses and validates them."""

import time
from functools import cache

from bench.reference.warnings import check
from liandong.monitoring.exchange import read
from tests.monitoring.alerts import AREA, cap

READ = 1000
POINTS = 100  # of a polygon, as weather services draw them
PLACES = 12


@cache
def _bodies() -> list[bytes]:
    ring = " ".join(f"{30 + n / 999:.4f},{110 + n * n % 97 / 999:.4f}" for n in range(POINTS))
    ground = f"{AREA}<polygon>{ring} 30.0000,110.0000</polygon>"
    more = "".join(f"</area><area><areaDesc>第{n}村</areaDesc>" for n in range(PLACES))
    return [cap(f"A-{n}", area=ground + more) for n in range(READ)]


def ours(_seconds: float) -> float:
    """Alerts a second, with every element, time, polygon and level understood."""
    bodies, began = _bodies(), time.monotonic()
    sound = sum(not read(body).errors for body in bodies)
    assert sound == READ
    return READ / (time.monotonic() - began)


def reference(_seconds: float) -> float:
    """Alerts a second, found valid."""
    bodies, began = _bodies(), time.monotonic()
    assert all(check(body) for body in bodies)
    return READ / (time.monotonic() - began)
