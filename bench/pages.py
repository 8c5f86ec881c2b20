"""A list, a detail page and the JSON API of a served node, against bare views of the same rows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from bench.beside import beside
from bench.house import fetch, rate
from tests.browser.houses import House

LIST, API = "/command/incidents/", "/api/monitoring/stations"


def order_of(node: House, cookie: str) -> str:
    """The address of some order's page."""
    flood = f"{LIST}?{urlencode({'q': '洪涝'})}"
    room = _first("/command/incidents/", fetch(node.url + flood, cookie))
    return _first("/command/orders/", fetch(node.url + room, cookie))


@contextmanager
def bare(node: House, cookie: str, detail: str) -> Iterator[str]:
    """Serve the bare views, which write the bytes around their rows that our pages write."""
    with TemporaryDirectory() as folder:
        for name, path in {"list": LIST, "detail": detail}.items():
            text = fetch(node.url + path, cookie)
            Path(folder, f"{name}.html").write_text(text, encoding="utf-8")
        with beside(
            node,
            "wsgi",
            "bench.reference.pages:application",
            *("--workers", "2", "--blocking-threads", "4"),
            LIANDONG_POOL="1",
            DJANGO_SETTINGS_MODULE="bench.reference.bare_settings",
            BENCH_CHROME=folder,
        ) as port:
            yield f"http://127.0.0.1:{port}"


def measure(url: str, cookie: str, seconds: float) -> float:
    """Pages a second, after one that warms up."""
    fetch(url, cookie)
    return rate(url, cookie, seconds)


def _first(start: str, page: str) -> str:
    found = re.search(rf'href="({start}[0-9a-f-]{{36}}/)"', page)
    if not found:
        raise LookupError(f"no link to {start}")
    return found[1]
