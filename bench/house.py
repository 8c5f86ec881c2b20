"""A served node of the sample county in mid-flood, and raw browsers that ask it for pages."""

import http.client
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

from tests.browser.houses import FLOODED, House, house
from tests.config import nodes

CLIENTS = 4
WORKERS = 2  # what ``liandong serve`` begins with, and what stands beside it


@contextmanager
def served(incidents: int) -> Iterator[House]:
    """Found, fill and serve the county; ``incidents`` more of them stand in its list."""
    with house(FLOODED, workers=WORKERS) as node:
        filling = [sys.executable, "-m", "bench.filling", str(node.home), str(incidents)]
        subprocess.run(filling, check=True, env=nodes.environment())  # noqa: S603 -- our own
        yield node


def sign_in(node: House, name: str) -> str:
    """Sign in by the form; returns the ``Cookie`` header."""
    place = urlsplit(node.url)
    browser = http.client.HTTPConnection(place.hostname or "", place.port)
    browser.request("GET", "/accounts/login/")
    jar: dict[str, str] = {}
    text = _read(browser, jar)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    form = {"login": name, "password": node.password, "csrfmiddlewaretoken": token and token[1]}
    headers = {
        "Cookie": _header(jar),
        "Referer": node.url + "/accounts/login/",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    browser.request("POST", "/accounts/login/", urlencode(form), headers)
    _read(browser, jar)
    if "sessionid" not in jar:
        raise LookupError(f"{name} was not let in")
    return _header(jar)


def fetch(url: str, cookie: str) -> str:
    """One page."""
    place = urlsplit(url)
    browser = http.client.HTTPConnection(place.hostname or "", place.port)
    path = place.path + (f"?{place.query}" if place.query else "")
    browser.request("GET", path, headers={"Cookie": cookie})
    answer = browser.getresponse()
    text = answer.read().decode()
    if answer.status != 200:
        raise LookupError(f"{answer.status} {url}")
    return text


def rate(url: str, cookie: str, seconds: float) -> float:
    """Let some keep-alive connections ask for one page again and again; returns pages a second."""
    place, counts = urlsplit(url), [0] * CLIENTS
    began = time.monotonic()

    def ask(index: int) -> None:
        browser = http.client.HTTPConnection(place.hostname or "", place.port)
        while time.monotonic() < began + seconds:
            browser.request("GET", place.path, headers={"Cookie": cookie})
            answer = browser.getresponse()
            answer.read()
            if answer.status != 200:
                raise LookupError(f"{answer.status} {url}")
            counts[index] += 1

    threads = [threading.Thread(target=ask, args=(index,)) for index in range(CLIENTS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sum(counts) / (time.monotonic() - began)


def _read(browser: http.client.HTTPConnection, jar: dict[str, str]) -> str:
    answer = browser.getresponse()
    text = answer.read().decode()
    for line in answer.headers.get_all("Set-Cookie") or []:
        name, _, value = line.split(";")[0].partition("=")
        jar[name] = value
    return text


def _header(jar: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in jar.items())
