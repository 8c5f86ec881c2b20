"""Where tellers differ, a person says which figure counts; nothing is taken in silence."""

import pytest

from liandong.command.actions import choose_fact, record_incident_facts
from liandong.command.models import FactChoice
from liandong.command.queries import disputed, facts_told, reported_figures
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid, Missing, Stale
from liandong.plans.models import FactValue
from liandong.plans.queries import facts_of
from tests.command import county as places
from tests.people import office

KIND = "command.incident"


def say(county, flood, source, **facts):
    record_incident_facts(county.officer, incident=flood, facts=facts, source=source)
    return FactValue.objects.filter(source=source).latest("recorded_at", "id").pk


def now_counts(flood, name="relocated"):
    return facts_of(KIND, str(flood.pk), clock.now("actual"))[name].value


def choose(county, flood, telling, **more):
    asked = {"incident": flood, "telling": telling, "reason": "镇里逐户点过"} | more
    return choose_fact(county.office, **asked)


@pytest.fixture
def told(county, flood):
    return say(county, flood, "河口镇", relocated=63), say(
        county, flood, "村支书", relocated=80
    )


def test_what_was_chosen_counts_and_the_others_stay_on_record(county, flood, told):
    choice = choose(county, flood, told[0])

    (fact,) = facts_told(county.office, flood)
    entry = Entry.objects.get(name="command.fact_chosen")
    assert (choice.value, choice.source, choice.others) == (63, "河口镇", ["村支书 80 人"])
    assert now_counts(flood) == 63
    assert [one.source for one in fact.tellers] == ["村支书", "河口镇"]
    assert (fact.now.value, fact.waits, fact.choice) == ("63 人", False, choice)
    assert entry.incident == str(flood.pk)


def test_while_nobody_has_chosen_nothing_is_reported_of_it(county, flood, told):
    assert reported_figures(flood, ["relocated", "deaths"]) == {
        "relocated": None,
        "deaths": None,
    }
    assert [one.source for one in disputed(flood)["relocated"]] == ["村支书", "河口镇"]

    choose(county, flood, told[0])

    assert reported_figures(flood, ["relocated"]) == {"relocated": 63}


def test_a_later_word_does_not_take_the_place_of_the_choice(county, flood, told):
    choice = choose(county, flood, told[0])
    later = say(county, flood, "村支书", relocated=95)

    (fact,) = facts_told(county.office, flood)
    assert (now_counts(flood), fact.waits) == (63, True)

    choose(county, flood, later, replaces=choice.pk)

    assert now_counts(flood) == 95


def test_one_teller_who_says_more_is_no_dispute(county, flood):
    say(county, flood, "河口镇", relocated=63)
    say(county, flood, "河口镇", relocated=80)

    assert disputed(flood) == {}
    assert reported_figures(flood, ["relocated"]) == {"relocated": 80}


def test_deaths_and_missing_that_are_chosen_add_up(county, flood):
    first = say(county, flood, "公安局", deaths=1)
    say(county, flood, "公安局", missing=2)
    say(county, flood, "村支书", deaths=3)

    choose(county, flood, first)

    assert now_counts(flood, "dead_missing") == 3


def test_choosing_is_refused_without_permission_reason_or_figure(county, flood, told):
    gauge = say(county, flood, "水文站", stations_above_warning=2)

    with pytest.raises(Forbidden):
        choose_fact(county.officer, incident=flood, telling=told[0], reason="x")
    with pytest.raises(Invalid):
        choose(county, flood, told[0], reason=" ")
    with pytest.raises(Invalid):
        choose(county, flood, gauge)
    assert not FactChoice.objects.exists()


def test_a_telling_of_another_incident_or_realm_is_not_there(county, flood, told):
    other = places.incident(county.officer, title="另一场洪水")

    with pytest.raises(Missing):
        choose(county, other, told[0])
    with pytest.raises(Missing):
        choose_fact(office(realm="drill-1"), incident=flood, telling=told[0], reason="x")


def test_of_two_who_choose_at_once_the_second_is_told(county, flood, told):
    choose(county, flood, told[0])

    with pytest.raises(Stale):
        choose(county, flood, told[1])


def test_the_same_key_chooses_once(county, flood, told):
    one = choose(county, flood, told[0], idempotency_key="k")
    again = choose(county, flood, told[0], idempotency_key="k")

    assert one == again
    assert FactChoice.objects.count() == 1


def test_fewer_deaths_by_the_same_teller_want_a_reason(county, flood):
    say(county, flood, "公安局", deaths=3)

    with pytest.raises(Invalid) as refusal:
        say(county, flood, "公安局", deaths=2)
    record_incident_facts(
        county.officer, incident=flood, facts={"deaths": 2}, source="公安局", reason="一人重名"
    )

    assert list(refusal.value.fields) == ["reason"]
    assert Entry.objects.filter(name="command.deaths_lowered").count() == 1


def test_deaths_below_zero_are_refused(county, flood):
    with pytest.raises(Invalid):
        say(county, flood, "公安局", deaths=-1)
