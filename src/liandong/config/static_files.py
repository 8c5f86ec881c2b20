"""Gathering the pages' assets once for each state of the sources."""

import hashlib
import subprocess
import sys
from pathlib import Path

from liandong.config.homes import SETTINGS, environment
from liandong.kernel.database import DatabaseTrouble

PACKAGE = Path(__file__).parents[1]


def sources() -> list[Path]:
    """The packages' own static files."""
    return sorted(path for path in PACKAGE.glob("*/static/**/*") if path.is_file())


def collect(home: Path) -> bool:
    """Copy, hash and compress the assets into the home; False when they stand there already."""
    target = Path(environment(home)["LIANDONG_STATIC"])
    stamp, mark = _state(sources()), target / ".gathered"
    if mark.exists() and mark.read_text() == stamp:
        return False
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "django",
            "collectstatic",
            "--noinput",
            "--clear",
            "--verbosity",
            "0",
        ],
        env=environment(home, DJANGO_SETTINGS_MODULE=SETTINGS),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DatabaseTrouble(
            f"页面资源没有准备好：{done.stderr.strip()[-800:]}",
            place=str(target),
            remedy="请重新执行 make setup 生成页面资源。",
        )
    mark.write_text(stamp)
    return True


def _state(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        found = path.stat()
        digest.update(
            f"{path.relative_to(PACKAGE)} {found.st_size} {found.st_mtime_ns}\n".encode()
        )
    return digest.hexdigest()
