"""The sample county: a node plainly marked as fictional, for demonstrations and plays."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from liandong.config.founding import County, chain, found_node
from liandong.config.homes import default_home, migrate_apart, wake_django
from liandong.config.restoring import empty
from liandong.kernel.database import Cluster, hold
from liandong.kernel.problems import Problem

SAMPLE = County(division_code="999901", name="示例县", is_demo=True)
CHECKOUT = Path(__file__).parents[3]
ACCOUNTS = "accounts.json"  # of people who do not exist, for whoever watches


def demo_home() -> Path:
    """The checkout's var/ where it is ours and the database's account can reach it; a system place else."""
    is_checkout = (CHECKOUT / "pyproject.toml").exists() and os.access(CHECKOUT, os.W_OK)
    if is_checkout and (os.getuid() != 0 or _is_open(CHECKOUT)):
        return CHECKOUT / "var" / "demo"
    return default_home().with_name("liandong-demo")


def sample_county(home: Path, scenario: str, *, step: Callable[[str], None]) -> dict[str, Any]:
    """Make the sample county unless it stands; who can sign in, and with what."""
    told = home / ACCOUNTS
    if told.exists():
        _hold_clock(home)
        return dict(json.loads(told.read_text(encoding="utf-8")))
    if home.exists() and any(home.iterdir()):
        raise Problem(
            "这个目录里不是示例县，或上次没有建完。",
            place=str(home),
            remedy="请用 --home 指定一个空目录；如确是未建完的示例县，可删除该目录后重试。",
        )
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with hold(home), Cluster(home) as cluster:
            cluster.ensure_database()
            step("数据库结构")
            found_sample(home)
            step("机构、人员、测站和预案")
            accounts = _people(scenario)
            chain(home)
    except BaseException:
        empty(home)
        raise
    told.touch(mode=0o600)
    told.write_text(json.dumps(accounts, ensure_ascii=False, indent=1), encoding="utf-8")
    return accounts


def _hold_clock(home: Path) -> None:
    """While nobody served it, no time passed in the sample county either."""
    with hold(home), Cluster(home):
        wake_django(home)
        from liandong.demo.stage import hold_clock  # noqa: PLC0415 -- Django woke up only now

        hold_clock()


def found_sample(home: Path) -> None:
    """Migrate, and found a node marked as a sample; its database must be up."""
    migrate_apart(home)
    wake_django(home)
    found_node(home, SAMPLE)


def _people(scenario: str) -> dict[str, Any]:
    from liandong.demo import player  # noqa: PLC0415 -- Django woke up only now
    from liandong.demo.county import WATCHERS  # noqa: PLC0415 -- as above
    from liandong.organization.queries import post_by_key  # noqa: PLC0415 -- as above

    shift = player.shift_to_now(scenario)
    told = player.scenario_of(scenario, player.duration(shift), player.factor("1"))
    password = player.prepare(told.begins - timedelta(days=1))
    posts = {name: post_by_key(key) for name, key in WATCHERS.items()}
    people = {name: f"{post.body} {post.title}" for name, post in posts.items()}
    return {"password": password, "people": people, "shift": shift}


def _is_open(folder: Path) -> bool:
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents))
