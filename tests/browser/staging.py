"""The sample county in an empty home, where the flood has come to a moment of it.

python -m tests.browser.staging found HOME [UNTIL [SHIFT]]    2012-08-04T03:29 PT0S: prints the password
python -m tests.browser.staging clock HOME MINUTES            let so many minutes pass on a served node
"""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

from liandong.config.founding import chain
from liandong.config.homes import node
from liandong.config.sampling import found_sample
from liandong.kernel.database import Cluster, hold

SCENARIO = "upstream_flood"


def found(home: str, until: str = "", shift: str = "PT0S") -> dict[str, str]:
    """Build the county; play nothing when ``until`` is empty. The realm's clock is left held."""
    place = Path(home)
    place.mkdir(mode=0o711, parents=True, exist_ok=True)
    with hold(place), Cluster(place, throwaway=True) as cluster:
        cluster.ensure_database()
        found_sample(place)
        password = _play(until, shift)
        chain(place)
    return {"password": password}


def clock(home: str, minutes: str) -> dict[str, str]:
    """Move the held clock; the node's worker does what has fallen due."""
    with node(Path(home)):
        from liandong.kernel import clock as realm_clock
        from liandong.kernel.actors import ACTUAL

        at = realm_clock.now(ACTUAL) + timedelta(minutes=int(minutes))
        realm_clock.set_clock(ACTUAL, at, rate=0)
    return {"now": at.isoformat()}


def _play(until: str, shift: str) -> str:
    from liandong.demo import player
    from liandong.demo.scenarios.record import CHINA
    from liandong.demo.stage import Stage
    from liandong.kernel import clock as realm_clock
    from liandong.kernel.actors import ACTUAL
    from liandong.kernel.identity import present_epoch
    from liandong.kernel.journal.reading import position

    told = player.scenario_of(SCENARIO, player.duration(shift), player.factor("1"))
    password = player.prepare(told.begins - timedelta(days=1))
    moment = told.begins
    if until:
        moment = datetime.fromisoformat(until).replace(tzinfo=CHINA) + told.shift
        scene = Stage(epoch=present_epoch())
        told.set(scene)
        scene.play(told.begins, moment, since=position())
        _write()
    realm_clock.set_clock(ACTUAL, moment, rate=0)
    return password


def _write() -> None:
    """Let somebody be at the revision of a plan, with a clause in it that nests."""
    from liandong.demo.cast import at_post
    from liandong.plans import actions, queries
    from liandong.plans.language.editing import Edit

    version = queries.active_version("flood-drought")
    writer = at_post("flood-office.director")
    manuscript = actions.begin_manuscript(writer, text=version.text, based_on=version)
    inner = [
        {"flooded_mu": {"at_least": 300}},
        {"small_reservoir_danger": {"at_least": "general"}},
    ]
    actions.edit_manuscript(
        writer,
        manuscript=manuscript,
        edit=Edit(
            deed="insert",
            path=("levels", "IV", "when", "any", 3),
            value={"areas_at_least": 2, "where": {"any": inner}},
        ),
        expected_version=manuscript.version,
    )


if __name__ == "__main__":
    deed = {"found": found, "clock": clock}[sys.argv[1]]
    print(json.dumps(deed(*sys.argv[2:])))  # noqa: T201 -- this is the output
