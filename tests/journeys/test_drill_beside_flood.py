"""A drill at sixty times the speed beside a real flood: nothing crosses over, either way."""

import time
from datetime import timedelta

import pytest
from django.apps import apps

from liandong.command.actions import take_signal
from liandong.command.models import Order, Signal
from liandong.evaluation.actions import end_drill, start_drill
from liandong.evaluation.models import Drill
from liandong.evaluation.rules.scoring import sheet_of
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Missing
from liandong.kernel.timers import Timer, sweep
from liandong.kernel.visibility import Scoped
from tests.command import county as places
from tests.evaluation.drills import inside, listed, written

pytestmark = [pytest.mark.django_db, pytest.mark.journey]
PATIENCE = 60


@pytest.fixture
def county(db):
    return places.found()


def comes(work, what):
    """Let the node work until it has come; by the machine's clock, as in life."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        sweep()
        work()
        if found := what():
            return found
        time.sleep(0.2)
    raise AssertionError("it did not come")


def rows_by_realm():
    """How many rows every table of an app has in each realm."""
    found = {}
    for model in apps.get_models():
        if issubclass(model, Scoped) and model is not Drill:
            for realm in model.objects.values_list("realm", flat=True):
                key = (model._meta.label, realm == "actual")
                found[key] = found.get(key, 0) + 1
    return found


def prepared(county, work):
    """A drill with one call by its clock and one line upon what the players do; a real flood."""
    drill = listed(county, places.plan(), rate=60, told_from=None)
    written(
        county,
        drill,
        kind="call",
        data={"caller": "演练河口镇"},
        trigger="time",
        at_minutes=2,
        expects="command.signal_taken",
        within_minutes=30,
    )
    written(county, drill, trigger="event", condition="command.incident_opened")
    flood = places.incident(county.officer, title="真的洪水")
    ordered = places.order(county.office, flood, county.posts["water"])
    work()
    return drill, flood, ordered


def played_through(county, drill, work):
    """The players take the call and open their incident; how long the call was in coming."""
    began = clock.real()
    drill = start_drill(county.office, drill=drill, expected_version=drill.version)
    officer = inside(county.officer, drill)
    signal = comes(work, lambda: Signal.objects.filter(realm=drill.realm).first())
    took = clock.real() - began
    take_signal(officer, signal=signal)
    played = places.incident(officer, title="假想的洪水")
    places.order(inside(county.office, drill), played, county.posts["water"])
    comes(work, lambda: drill.injects.filter(number=2, state="delivered").exists())
    return drill, played, took


def test_an_hour_is_played_in_a_minute_while_the_flood_goes_on(county, work):
    drill, flood, ordered = prepared(county, work)
    before = rows_by_realm()

    drill, played, took = played_through(county, drill, work)

    office = inside(county.office, drill)
    assert timedelta(seconds=2) <= took < timedelta(minutes=1)
    assert clock.now(drill.realm) - clock.now("actual") >= timedelta(minutes=1)
    assert rows_in_earnest(rows_by_realm()) == rows_in_earnest(before)
    for actor, incident in ((county.office, played), (office, flood)):
        with pytest.raises(Missing):
            places.order(actor, incident, county.posts["water"])
    end_drill(
        office, drill=drill, words="到此为止", expected_version=Drill.objects.get().version
    )
    work()
    [line] = sheet_of(drill)
    ordered.refresh_from_db()
    assert (line.score.verdict, ordered.state) == ("in_time", "issued")
    assert Order.objects.filter(realm="actual").count() == 1
    assert Timer.objects.filter(realm=drill.realm).count() == 0
    assert Timer.objects.filter(realm="actual", subject_id=str(ordered.pk)).exists()
    incidents = set(Entry.objects.filter(realm="actual").values_list("incident", flat=True))
    assert str(played.pk) not in incidents


def rows_in_earnest(rows):
    return {key: count for key, count in rows.items() if key[1]}
