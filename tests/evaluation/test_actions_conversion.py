import pytest

from liandong.command.models import Incident
from liandong.evaluation.actions import convert_drill
from liandong.evaluation.models import Drill
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, RealmClosed, Stale
from liandong.messaging.models import Message
from liandong.plans.models import FactValue
from tests.command import county as places
from tests.evaluation.drills import inside


def converted(actor, drill, **more):
    said = {
        "title": "清溪河洪水",
        "hazard": "11A",
        "source": "河口镇值班室电话",
        "place": "河口镇",
        "facts": {"deaths": "0"},
        "expected_version": drill.version,
    }
    return convert_drill(actor, drill=drill, **(said | more))


def test_one_deed_opens_the_incident_ends_the_drill_and_tells_everybody(county, running):
    played = places.incident(inside(county.officer, running), title="假想的洪水")

    incident = converted(county.leader, running)

    drill = Drill.objects.get()
    assert (incident.realm, incident.title, drill.state) == ("actual", "清溪河洪水", "ended")
    assert [one.title for one in Incident.objects.filter(realm="actual")] == ["清溪河洪水"]
    assert [(one.realm, one.name) for one in FactValue.objects.all()] == [("actual", "deaths")]
    told = Message.objects.filter(title="演练转实战：清溪河洪水")
    assert {one.to_post for one in told} == {
        county.posts[name] for name in ("office", "leader", "officer", "water", "chief")
    }
    assert {(one.realm, one.is_urgent) for one in told} == {("actual", True)}
    assert Entry.objects.get(name="evaluation.drill_converted").realm == "actual"
    with pytest.raises(RealmClosed):
        places.order(inside(county.office, running), played, county.posts["water"])


def test_of_what_was_played_nothing_crosses_that_nobody_confirmed(county, running):
    places.incident(inside(county.officer, running), title="假想的洪水")

    converted(county.leader, running, facts={})

    assert FactValue.objects.count() == 0
    names = set(Entry.objects.filter(realm="actual").values_list("name", flat=True))
    assert "command.incident_opened" in names
    assert Entry.objects.filter(realm="actual", name="command.incident_opened").count() == 1


def test_only_whoever_may_decide_in_earnest_and_only_while_it_goes_on(county, drill, running):
    with pytest.raises(Forbidden):
        converted(county.water, running)
    with pytest.raises(Forbidden):
        converted(inside(county.leader, running), running)
    with pytest.raises(Stale):
        converted(county.leader, running, expected_version=0)
    with pytest.raises(Invalid):
        converted(county.leader, running, source=" ")
    assert Incident.objects.count() == 0
    assert Drill.objects.get().state == "running"
    converted(county.leader, running)
    with pytest.raises(IllegalMove):
        converted(county.leader, Drill.objects.get())


def test_the_same_key_converts_once(county, running):
    seen = running.version
    for _ in range(2):
        converted(county.leader, running, expected_version=seen, idempotency_key="k")

    assert Incident.objects.count() == 1


def test_the_drill_keeps_what_it_became(county, running):
    incident = converted(county.leader, running)

    assert Drill.objects.get().became == incident
