from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.command.actions import list_households, move_households
from liandong.command.models import EvacuationHousehold, EvacuationList
from liandong.command.queries import moving, overfilled, shelters, villages
from liandong.command.rules.evacuation import Household, read_households
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.upkeep.erasing import erase_payload
from liandong.kernel.worker import work_until_quiet
from liandong.plans.queries import facts_of
from tests.command import county as places
from tests.command.leaving import HOUSEHOLDS, listed, moved, shelter
from tests.people import auditor
from tests.sharing.people import keeper_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def registers(county):
    return keeper_of(county.bodies["riverside"])


def homes(actor, incident):
    return [home for village in villages(actor, incident) for home in village.homes]


def rows(actor, incident):
    return [home.row for home in homes(actor, incident)]


def test_list_households_keeps_names_in_the_journal_and_numbers_in_rows(county, flood):
    made = list_households(
        county.officer,
        incident=flood,
        township=county.bodies["riverside"],
        place="柳湾村3组",
        leader="王支书",
        households=read_households(HOUSEHOLDS),
    )

    (village,) = villages(county.officer, flood)
    assert (village.leader, village.people, village.still) == ("王支书", 8, 8)
    assert [(home.head, home.phone, home.needs) for home in village.homes] == [
        ("李桂花", "", "一人卧床"),
        ("王五", "13800000001", ""),
        ("赵六", "", ""),
    ]
    entry = Entry.objects.get(name="command.evacuation_listed")
    assert (entry.subject_id, entry.incident) == (str(made.pk), str(flood.pk))
    kept = str(list(EvacuationList.objects.values()))
    kept += str(list(EvacuationHousehold.objects.values()))
    assert "王五" not in kept


def test_sums_are_those_of_the_townships_and_the_figure_follows(county, flood):
    listed(county, flood)
    one, two, three = rows(county.officer, flood)

    moved(county.officer, flood, [one, two])
    moved(county.officer, flood, [three], state="refused", words="舍不得牲口，村干部劝过")

    total, townships = moving(flood)
    assert (total.people, total.moved, total.refused, total.to_move) == (8, 5, 3, 0)
    assert [(each.name, each.people, each.moved) for each in townships] == [("河口镇", 8, 5)]
    assert (total.households, total.needing_help) == (3, 1)
    facts = facts_of("command.incident", str(flood.pk), realm=ACTUAL)
    assert facts["relocated"].value == 5
    entry = Entry.objects.filter(name="command.households_moved").latest("at")
    assert '"still":0' in entry.payload.text
    assert "舍不得牲口" in entry.payload.text


def test_a_shelter_fills_and_says_when_it_is_over_full(county, flood, registers):
    listed(county, flood)
    place = shelter(registers, capacity=4)
    one, two, three = rows(county.officer, flood)

    moved(county.officer, flood, [one, three], shelter=place)

    (filling,) = shelters(county.officer)
    assert (filling.people, filling.free, filling.over) == (5, 0, 1)
    assert [(each.pk, each.over) for each in overfilled(county.officer)] == [(place.pk, 1)]
    told = Entry.objects.get(name="command.shelter_overfilled").payload.text
    assert '"over":1' in told
    moved(county.officer, flood, rows(county.officer, flood)[:1], state="home")
    assert shelters(county.officer)[0].people == 3
    assert two.state == "to_move"


def test_from_shelter_to_shelter_nobody_is_counted_twice(county, flood, registers):
    listed(county, flood)
    first, second = shelter(registers, capacity=4), shelter(registers, name="镇中学")
    moved(county.officer, flood, rows(county.officer, flood)[:1], shelter=first)

    again = rows(county.officer, flood)[:1]
    move_households(
        county.officer, incident=flood, households=again, state="moved", shelter=second
    )

    assert {one.row.name: one.people for one in shelters(county.officer)} == {
        first.name: 0,
        "镇中学": 2,
    }
    assert moving(flood)[0].moved == 2


def test_names_can_be_destroyed_and_the_sums_stay(county, flood):
    listed(county, flood)
    work_until_quiet(epoch=1)
    entry = Entry.objects.get(name="command.evacuation_listed")

    erase_payload(auditor(), entry=entry.pk, reason="《突发事件应对法》第八十五条")

    assert {home.head for home in homes(county.officer, flood)} == {"（姓名已依法销毁）"}
    assert moving(flood)[0].people == 8


def test_a_township_sees_and_lists_its_own(county, flood, order):
    places.order(county.office, flood, county.posts["riverside"], text="转移群众")
    listed(county, flood, actor=county.riverside)

    assert len(villages(county.riverside, flood)) == 1
    assert villages(county.water, flood) == []
    with pytest.raises(Forbidden, match="由河口镇登记"):
        listed(county, flood, actor=county.water)
    with pytest.raises(Forbidden):
        moved(county.water, flood, rows(county.officer, flood))


def test_lists_and_moves_refuse(county, flood, registers):
    for wrong in (
        {"place": " "},
        {"leader": ""},
        {"households": []},
        {"households": [Household("", 3)]},
        {"households": [Household("王五", 0)]},
    ):
        with pytest.raises(Invalid):
            listed(county, flood, **wrong)
    with pytest.raises(Forbidden):
        listed(county, flood, actor=replace(county.officer, grants=frozenset()))
    with pytest.raises(Missing):
        listed(county, flood, actor=replace(county.officer, realm="drill-1"))
    listed(county, flood)
    some = rows(county.officer, flood)
    with pytest.raises(Invalid, match="没有选人"):
        moved(county.officer, flood, [])
    with pytest.raises(Invalid, match="谁去劝过"):
        moved(county.officer, flood, some, state="refused")
    with pytest.raises(Invalid, match="安置点"):
        moved(county.officer, flood, some, state="away", shelter=shelter(registers))
    with pytest.raises(IllegalMove):
        moved(county.officer, flood, some, state="home")
    with pytest.raises(Invalid, match="晚于"):
        moved(county.officer, flood, some, at=clock.now(ACTUAL) + timedelta(hours=1))
    with pytest.raises(Forbidden):
        moved(replace(county.officer, grants=frozenset()), flood, some)
    with pytest.raises(Missing):
        moved(replace(county.officer, realm="drill-1"), flood, some)
    other = places.incident(county.officer, title="另一场洪水")
    with pytest.raises(Missing, match="不在这个事件"):
        moved(county.officer, other, some)
    seen = rows(county.officer, flood)
    moved(county.officer, flood, some)
    with pytest.raises(Stale):
        moved(county.officer, flood, seen, state="away")


def test_the_same_click_lists_and_moves_once(county, flood):
    listed(county, flood, idempotency_key="k")
    listed(county, flood, idempotency_key="k")
    some = rows(county.officer, flood)
    moved(county.officer, flood, some, idempotency_key="m")
    moved(county.officer, flood, some, idempotency_key="m")

    assert EvacuationHousehold.objects.count() == 3
    assert Entry.objects.filter(name="command.households_moved").count() == 1


def test_reading_a_list_takes_what_stands_there():
    text = "李桂花 2人 一人卧床\n王五，3，13800000001\n\n13800000002"

    assert read_households(text) == [
        Household("李桂花", 2, "", "一人卧床"),
        Household("王五", 3, "13800000001", ""),
        Household("", 0, "13800000002", ""),
    ]


@given(st.lists(st.integers(1, 99), max_size=30))
def test_a_list_read_adds_up(counts):
    read = read_households("\n".join(f"户主{'甲' * (n % 5 + 1)} {n}" for n in counts))

    assert [one.people for one in read] == counts
