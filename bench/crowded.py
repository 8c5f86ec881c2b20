"""A room that has gone on for days, and two hundred incidents open at once; each beside itself when young."""

import statistics
import subprocess
import sys
import time

from bench.house import fetch
from tests.browser.houses import House
from tests.config import nodes

ORDERS, ENTRIES, FEW = 2_000, 20_000, 20
LIST, DESK = "/command/incidents/", "/command/desk/"
ASKED = 15


def rooms(node: House) -> tuple[str, str]:
    """Fill two rooms, one with few orders and one with many; their addresses, the small one first."""
    small, full = (_filled(node, f"room{orders}") for orders in (FEW, ORDERS))
    return small, full


def more(node: House, count: int) -> None:
    """Let there be so many incidents of the bench in all."""
    _filled(node, str(count))


def rest(node: House) -> None:
    """Wait until the node has answered all that was written."""
    _filled(node, "rest")


def page_ms(node: House, path: str, cookie: str) -> float:
    """How long one page takes, in milliseconds: the middle of some, after one that warms up."""
    fetch(node.url + path, cookie)
    took = []
    for _ in range(ASKED):
        began = time.monotonic()
        fetch(node.url + path, cookie)
        took.append(time.monotonic() - began)
    return statistics.median(took) * 1000


def _filled(node: House, what: str) -> str:
    filling = [sys.executable, "-m", "bench.filling", str(node.home), what]
    done = subprocess.run(  # noqa: S603 -- our own
        filling, check=True, env=nodes.environment(), capture_output=True, text=True
    )
    return done.stdout.strip()
