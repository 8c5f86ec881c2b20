"""Served nodes of the sample county, for whoever looks at them through a browser."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.tree import ROOT
from tests.config import nodes

LENT = "LIANDONG_TEST_HOUSE"  # home, address, password and process number
FLOODED = (
    "2012-08-04T03:29"  # the order to the power company is overdue, three townships evacuate
)


@dataclass(frozen=True)
class House:
    """A node that is up: where its pages are, and the password of everybody who can sign in."""

    home: Path
    url: str
    password: str
    supervisor: int

    def pass_time(self, minutes: int) -> None:
        """Let the county's clock go on."""
        staged("clock", self.home, minutes)


def staged(*arguments: object) -> dict[str, str]:
    """Run the staging in a process of its own: this one has Django settings already."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.staging", *map(str, arguments)],
        cwd=ROOT,
        env=nodes.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return told


@contextmanager
def house(*moment: str, workers: int = 1) -> Iterator[House]:
    """Found the county in a folder of its own, bring it to a moment, serve it, and clear it away."""
    if lent := os.environ.get(LENT):  # while writing tests: a node somebody else looks after
        home, url, password, supervisor = lent.split()
        yield House(Path(home), url, password, int(supervisor))
        return
    folder = nodes.new_folder()
    home = folder / "home"
    try:
        password = staged("found", home, *moment)["password"]
        with nodes.serving(home, "--workers", workers) as (process, port):
            yield House(home, f"http://127.0.0.1:{port}", password, process.pid)
    finally:
        nodes.remove(folder)
