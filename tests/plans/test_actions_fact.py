import json
from datetime import timedelta
from decimal import Decimal

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid
from liandong.plans.actions import record_facts
from liandong.plans.models import FactValue
from liandong.plans.queries import facts_of
from tests.factories import organization
from tests.people import duty_officer, visitor

pytestmark = pytest.mark.django_db

ABOUT = {"subject_kind": "command.incident", "subject_id": "i-1"}


def record(facts, actor=None, **more):
    arguments = {**ABOUT, "facts": facts, "source": "县水文中心", **more}
    return record_facts(actor or duty_officer(), **arguments)


def test_record_facts_keeps_values_and_says_so(at):
    now = at("2026-07-14T04:07")

    record(
        {"flooded_mu": Decimal("12.50"), "deaths": 2, "levee_danger": "major"}, incident="i-1"
    )

    rows = {row.name: (row.value, row.confirmed_by) for row in FactValue.objects.all()}
    assert rows == {
        "flooded_mu": ("12.50", "值班员"),
        "deaths": (2, "值班员"),
        "levee_danger": ("major", "值班员"),
    }
    entry = Entry.objects.get()
    fact = json.loads(entry.payload.text)
    assert (entry.name, entry.incident, entry.happened_at) == (
        "plans.facts_recorded",
        "i-1",
        now,
    )
    assert entry.audience == ["duty", "incident:i-1"]
    assert fact["facts"] == {"flooded_mu": "12.50", "deaths": "2", "levee_danger": "major"}
    assert fact["shown"] == "洪涝面积 12.50 亩、死亡 2 人、干流堤防险情 重大险情"


def test_the_value_observed_last_counts_whatever_the_order_of_recording(at):
    now = at("2026-07-14T04:07")

    record({"deaths": 5}, observed_at=now)
    record({"deaths": 3}, observed_at=now - timedelta(hours=1))

    known = facts_of(*ABOUT.values())["deaths"]
    assert (known.value, known.at, known.source) == (5, now, "县水文中心")
    before = facts_of(*ABOUT.values(), now - timedelta(minutes=30))["deaths"]
    assert before.value == 3


def test_of_two_observed_at_once_the_one_recorded_last_counts(at):
    at("2026-07-14T04:07")

    record({"deaths": 5})
    record({"deaths": 4})

    assert facts_of(*ABOUT.values())["deaths"].value == 4
    assert FactValue.objects.count() == 2


def test_a_fact_taken_back_is_unknown_again():
    record({"trunk_river_above_warning": True})
    record({"trunk_river_above_warning": None})

    assert facts_of(*ABOUT.values()) == {}


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"moon": 1}, "moon"),
        ({"deaths": -1, "missing": "多", "relocated": 3}, "deaths、missing"),
        ({"flooded_mu": 0.5}, "flooded_mu"),
        ({}, ""),
    ],
)
def test_facts_that_cannot_be_are_refused_and_nothing_is_kept(facts, place):
    with pytest.raises(Invalid) as refused:
        record(facts)

    assert refused.value.place == place
    assert (FactValue.objects.count(), Entry.objects.count()) == (0, 0)


def test_the_future_is_refused(at):
    now = at("2026-07-14T04:07")

    with pytest.raises(Invalid, match="观测时间晚于现在"):
        record({"deaths": 1}, observed_at=now + timedelta(minutes=3))


def test_a_fact_needs_a_source():
    with pytest.raises(Invalid, match="没有写来源"):
        record({"deaths": 1}, source=" ")


def test_record_facts_is_refused_without_the_permission():
    with pytest.raises(Forbidden):
        record({"deaths": 1}, actor=visitor())


def test_the_same_key_is_once():
    record({"deaths": 1}, idempotency_key="k")
    record({"deaths": 1}, idempotency_key="k")

    assert (FactValue.objects.count(), Entry.objects.count()) == (1, 1)


def test_what_a_drill_says_stays_in_it():
    record({"deaths": 9}, actor=duty_officer(realm="drill-1"))

    assert facts_of(*ABOUT.values(), realm="actual") == {}
    assert facts_of(*ABOUT.values(), realm="drill-1")["deaths"].value == 9


def test_what_is_known_of_a_township_is_kept_by_its_name(at):
    at("2026-07-14T04:07")
    organization.body("chengguan", kind="township", short_name="城关镇")

    record({"flooded_mu@chengguan": "1200"})

    known = facts_of("command.incident", "i-1")
    entry = json.loads(Entry.objects.get(name="plans.facts_recorded").payload.text)
    assert known["flooded_mu@chengguan"].value == Decimal(1200)
    assert entry["shown"] == "城关镇洪涝面积 1200 亩"


@pytest.mark.parametrize(
    "name", ["flooded_mu@elsewhere", "flooded_mu~total~P1D", "unheard@chengguan"]
)
def test_a_township_the_county_has_not_and_what_is_reckoned_is_refused(name):
    organization.body("chengguan", kind="township", short_name="城关镇")

    with pytest.raises(Invalid) as refusal:
        record({name: "1200"})

    assert list(refusal.value.fields) == [name]
    assert not FactValue.objects.exists()


def test_who_judged_or_decided_has_to_be_named():
    with pytest.raises(Invalid) as refusal:
        record({"government_decides": True})
    record({"government_decides": True}, confirmed_by="副县长 郑平")

    assert refusal.value.fields == {"government_decides": "“县政府决定启动”要写明由谁认定"}
    assert FactValue.objects.get().confirmed_by == "副县长 郑平"


def test_earlier_values_stay_known_for_whoever_looks_back(at):
    now = at("2026-07-14T04:07")

    record({"flooded_mu": "100"}, observed_at=now - timedelta(hours=30))
    record({"flooded_mu": "700"}, observed_at=now - timedelta(hours=1))

    known = facts_of("command.incident", "i-1")["flooded_mu"]
    assert (known.value, [one.value for one in known.earlier]) == (700, [100])
