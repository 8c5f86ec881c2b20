"""Figures of the node, each beside a plain reference in the same run. ``python -m bench``."""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from liandong.kernel.database import Cluster

HOME = Path(tempfile.mkdtemp(prefix="liandong-bench-", dir="/tmp"))
ROUNDS = 5


def main() -> None:
    """Start a cluster with every durability on, measure each row, print ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=3.0, help="of each round")
    asked = parser.parse_args()
    HOME.chmod(0o755)
    cluster = Cluster(HOME)
    cluster.start()
    cluster.ensure_database()
    try:
        rows = _measure(asked.seconds)
    finally:
        cluster.stop()
        shutil.rmtree(HOME, ignore_errors=True)
    _print(rows, as_json=asked.json)


def _measure(seconds: float) -> list[dict[str, object]]:
    os.environ.update(
        LIANDONG_HOME=str(HOME), DJANGO_SETTINGS_MODULE="liandong.config.settings.base"
    )
    _migrate()
    from bench import action, observations  # noqa: PLC0415 -- they need the settings made above

    return [
        _compare(
            "action with journal entry, 16 clients", 0.5, action.ours, action.reference, seconds
        ),
        _compare(
            "observations in, thresholds evaluated",
            0.5,
            observations.ours,
            observations.reference,
            seconds,
        ),
    ]


def _migrate() -> None:
    command = [str(Path(sys.executable).with_name("liandong")), "migrate"]
    subprocess.run(command, env={**os.environ}, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own


def _compare(
    what: str,
    least: float,
    ours: Callable[[float], float],
    reference: Callable[[float], float],
    seconds: float,
) -> dict[str, object]:
    """Take turns, so that what else the machine does falls on both."""
    mine, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(reference(seconds))
        mine.append(ours(seconds))
    ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
    return {
        "what": what,
        "ours_per_second": round(statistics.median(mine)),
        "reference_per_second": round(statistics.median(theirs)),
        "ratio": round(ratio, 3),
        "at_least": least,
        "met": ratio >= least,
    }


def fsyncs_per_second(folder: Path) -> int:
    """How often the disk under the database makes one page durable in a second."""
    path, count = folder / "fsync", 0
    end = time.monotonic() + 1
    with path.open("wb", buffering=0) as file:
        while time.monotonic() < end:
            file.write(b"x" * 8192)
            os.fsync(file.fileno())
            count += 1
    path.unlink()
    return count


def _print(rows: list[dict[str, object]], *, as_json: bool) -> None:
    machine = {"cores": os.cpu_count(), "python": platform.python_version()}
    machine["fsyncs_per_second"] = fsyncs_per_second(Path(tempfile.gettempdir()))
    if as_json:
        print(json.dumps({"machine": machine, "rows": rows}, ensure_ascii=False, indent=1))
        return
    table = Table("what", "ours /s", "reference /s", "ratio", "at least", "met")
    for row in rows:
        table.add_row(
            *(
                str(row[key])
                for key in (
                    "what",
                    "ours_per_second",
                    "reference_per_second",
                    "ratio",
                    "at_least",
                    "met",
                )
            )
        )
    console = Console()
    console.print(table)
    console.print(f"{machine}")


if __name__ == "__main__":
    main()
