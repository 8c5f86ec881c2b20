"""What lies in a circle among 100,000 records, beside asking shapely of all of them."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle

import django

django.setup()

from bench.reference import region as plain  # noqa: E402 -- app ready
from liandong.kernel import clock  # noqa: E402 -- app ready
from liandong.kernel.actors import ACTUAL, Actor  # noqa: E402 -- app ready
from liandong.kernel.geo.cells import cell_at  # noqa: E402 -- app ready
from liandong.kernel.geo.coordinates import Point  # noqa: E402 -- app ready
from liandong.kernel.geo.regions import circle  # noqa: E402 -- app ready
from liandong.organization.models import Body  # noqa: E402 -- app ready
from liandong.organization.states import BodyKind  # noqa: E402 -- app ready
from liandong.sharing import queries  # noqa: E402 -- app ready
from liandong.sharing.models import Record  # noqa: E402 -- app ready

RECORDS, DRAWN = 100_000, 20  # one in so many has ground of its own
WEST, SOUTH, WIDE = 105.0, 28.4, 0.6
KINDS = ("risk_source", "team", "shelter", "protected_object")
READER = Actor(scopes=frozenset({"county"}))
RADII_M = (1000, 3000, 5000)


def ours(seconds: float) -> float:
    """Questions a second: numbers, sums, grades and the nearest of each register."""
    return _rate(lambda one, at: queries.found_in(READER, one, center=at), seconds)


def reference(seconds: float) -> float:
    """Questions a second, by shapely: numbers and sums alone."""
    return _rate(lambda one, _at: plain.within(one, ["county"]), seconds)


def _rate(ask: Callable[..., object], seconds: float) -> float:
    began = time.monotonic()
    for asked, (one, at) in enumerate(cycle(_questions), start=1):
        ask(one, at)
        if time.monotonic() >= began + seconds and asked >= len(RADII_M):
            return asked / (time.monotonic() - began)
    raise AssertionError


def _fill() -> None:
    chance, now = random.Random(11), clock.now(ACTUAL)
    body = Body.objects.create(
        key="land-x", name="县自然资源局", short_name="自然资源局", kind=BodyKind.UNIT
    )
    rows = []
    for n in range(RECORDS):
        lon, lat = WEST + chance.random() * WIDE, SOUTH + chance.random() * WIDE
        side = 0.004 if n % DRAWN == 0 else 0.0
        ring = [
            [lon, lat],
            [lon + side, lat],
            [lon + side, lat + side],
            [lon, lat + side],
            [lon, lat],
        ]
        rows.append(
            Record(
                kind=KINDS[n % len(KINDS)],
                number=f"X-{n}",
                name=f"登记{n}",
                version=1,
                body=body,
                lon=round(lon, 6),
                lat=round(lat, 6),
                extent={"type": "Polygon", "coordinates": [ring]} if side else None,
                cell=cell_at(lon, lat),
                west=lon,
                south=lat,
                east=lon + side,
                north=lat + side,
                values={"grade": str(1 + n % 4), "people": n % 50},
                audience=["county"],
                changed_at=now,
                confirmed_at=now,
                due_on=(now + timedelta(days=90)).date(),
                sort_key=f"{n:06}",
            )
        )
    Record.objects.bulk_create(rows, batch_size=5000)


_fill()
_questions = [
    (circle(at, radius), at)
    for at in (Point(105.2, 28.6), Point(105.4, 28.8))
    for radius in RADII_M
]
