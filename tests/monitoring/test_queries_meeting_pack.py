import pytest

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.monitoring.queries import changed_since, digest_of, pack_of, situation_of
from tests.factories import organization as make
from tests.monitoring.filed import GOOD, NEXT_WEEK, asked, asked_again, filed
from tests.monitoring.met import called, decided, opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


def sections(pack):
    return {one["key"]: [row["cells"] for row in one["rows"]] for one in pack["sections"]}


def test_what_a_meeting_has_before_it(office, cdc, at):
    health = make.body("health", name="县卫健局")
    form = asked(office, [cdc, health])
    filed(form, cdc)
    decided(opened(office, [cdc]), cdc)
    at("2026-07-20T11:00")
    asked_again(form)
    filed(form, cdc, GOOD | {"flu": "15"}, from_on=NEXT_WEEK, reason="迟了")

    found = sections(pack_of(called(office, [cdc]), clock.now(ACTUAL)))

    assert found["statistics:cdc-weekly"][0] == [
        "流感样病例（例）",
        "15",
        "12",
        "+3",
        "—",
        "1/2",
    ]
    assert [row[0] for row in found["overdue"]] == ["县卫健局", "县卫健局"]
    assert found["decisions"][0][:2] == ["清理河道", "县疾控中心"]
    assert (found["warnings"], found["crossings"]) == ([], [])


def test_what_is_known_since_is_told_by_section(office, cdc):
    form = asked(office, [cdc])
    meeting = called(office, [cdc])
    before = pack_of(meeting, clock.now(ACTUAL))
    filed(form, cdc)
    decided(opened(office, [cdc], title="另一次"), cdc)

    (statistics, decisions) = changed_since(before, pack_of(meeting, clock.now(ACTUAL)))

    assert statistics.changed[0].startswith("流感样病例（例） 12")
    assert decisions.new[0].startswith("清理河道")
    assert changed_since(before, before) == []


def test_the_digest_is_of_what_is_said_and_not_of_its_order():
    assert digest_of({"a": 1, "b": [2]}) == digest_of({"b": [2], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})


def test_sentences_leave_out_what_there_is_none_of(office, cdc):
    filed(asked(office, [cdc]), cdc)

    told = situation_of(pack_of(called(office, [cdc]), clock.now(ACTUAL)))

    assert told == "疾控周报（2026年7月6日至7月12日）：流感样病例（例） 12、隔离床位（张） 30。"
