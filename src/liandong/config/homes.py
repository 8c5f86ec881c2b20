"""Where this node lives, and how a command gets at its database."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import django
from django.apps import apps

from liandong.kernel.database import Cluster, DatabaseTrouble
from liandong.kernel.database.places import is_elsewhere
from liandong.kernel.problems import Problem

SETTINGS = os.environ.get("LIANDONG_SETTINGS", "liandong.config.settings.base")


TELL_NAME = """
import sys
from pathlib import Path
from liandong.config.homes import node
with node(Path(sys.argv[1])):
    from liandong.kernel.identity import this_node
    print(this_node().name)
"""


def default_home() -> Path:
    """Where a node lives when nobody said: the system's place for root, the person's own else."""
    if os.getuid() == 0:
        return Path("/var/lib/liandong")
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "liandong"


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a process of this home's node."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "LIANDONG_HOME": str(home),
        "LIANDONG_STATIC": os.environ.get("LIANDONG_STATIC", str(home / "static")),
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def command(*arguments: str) -> list[str]:
    """The command line that runs ``liandong`` again with this very Python."""
    return [sys.executable, "-m", "liandong.config.cli", *arguments]


def wake_django(home: Path, *, owner: bool = False) -> None:
    """Set Django up for this home, as the running role or as the one that migrates."""
    os.environ.update(environment(home, **({"LIANDONG_ROLE": "owner"} if owner else {})))
    django.setup()


def wake_alone() -> None:
    """Set Django up with no node behind it: no folder is made, no database asked."""
    if not apps.ready:
        os.environ.pop("LIANDONG_HOME", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
        django.setup()


@contextmanager
def database(home: Path) -> Iterator[Cluster | None]:
    """Have the home's database running; None when the environment points at one elsewhere."""
    if is_elsewhere():
        yield None
        return
    with Cluster(home) as cluster:
        cluster.ensure_database()
        yield cluster


@contextmanager
def node(home: Path) -> Iterator[None]:
    """Have the database of a home that was founded, and Django on it."""
    if not is_elsewhere():
        refuse_unfounded(home)
    with database(home):
        wake_django(home)
        yield


def is_founded(home: Path) -> bool:
    """Whether a node was made here."""
    return (home / "keys" / "node.ed25519").exists()


def refuse_unfounded(home: Path) -> None:
    """Say what to do where no node was made yet."""
    if not is_founded(home):
        raise DatabaseTrouble(
            "这里还没有建立节点。",
            place=str(home),
            remedy="请先执行 liandong init --division 行政区划代码 --name 县名；或用 --home 指定已有节点的目录。",
        )


def right_now() -> datetime:
    """The machine's own time, where Django and its clocks are not awake."""
    return datetime.fromtimestamp(time.time(), tz=UTC)


def county_of(home: Path) -> str:
    """Whose node it is, asked in a process of its own; empty where the database does not tell."""
    done = subprocess.run(  # noqa: S603 -- ourselves
        [sys.executable, "-c", TELL_NAME, str(home)],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() if done.returncode == 0 else ""


def migrate_apart(home: Path) -> None:
    """Migrate in a process of its own: this one may already be, or become, the running role."""
    done = subprocess.run(  # noqa: S603 -- ourselves
        command("migrate", "--home", str(home), "--json"),
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise _reported(done)


def _reported(done: subprocess.CompletedProcess[str]) -> Problem:
    """The problem another process of ours printed, or one made of its last words."""
    with contextlib.suppress(ValueError, KeyError):
        said = json.loads(done.stdout)["problem"]
        return Problem(said["title"], place=said["place"], remedy=said["remedy"])
    return DatabaseTrouble(
        f"数据库升级失败：{(done.stderr or done.stdout).strip()[-1500:]}",
        remedy="请按提示处理后重试；先做一次 liandong backup 再升级更稳妥。",
    )
