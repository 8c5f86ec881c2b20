import random
from copy import deepcopy

import pytest

from liandong.command import actions
from liandong.command.models import Order
from liandong.command.queries import replay, room_now
from liandong.command.queries.registers_told import ERASED
from liandong.command.states import CounterAnswer
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.journal.models import Entry, Link
from liandong.kernel.journal.sequencing import sequence
from liandong.kernel.problems import Problem
from liandong.kernel.upkeep.erasing import erase_payload
from liandong.plans.models import FactValue
from tests.command import county as places
from tests.people import auditor

READER = system_actor("node", "重放", ACTUAL)
MOMENTS = 200


def deeds(county, flood, chance):
    """One thing somebody might do now; what is not possible in this state is refused."""
    mine = Order.objects.filter(incident=flood, to_post=county.posts["water"])
    orders = list(mine.order_by("-number")[:4])
    one = chance.choice(orders) if orders else None
    seen = {"order": one, "expected_version": one.version if one else 0}
    flood.refresh_from_db()
    of_order = [
        lambda: actions.note_delivery(county.officer, order=one, how="电话告知"),
        lambda: actions.read_back_order(county.water, text=one.text, **seen),
        lambda: actions.accept_order(county.water, **seen),
        lambda: actions.decline_order(
            county.water, reason="路断", counter_proposal="改走水路", **seen
        ),
        lambda: actions.answer_counter_proposal(
            county.office, answer=chance.choice(list(CounterAnswer)), reason="时间紧", **seen
        ),
        lambda: actions.report_progress(county.water, text="到一半", **seen),
        lambda: actions.finish_order(county.water, text="办完", **seen),
        lambda: actions.check_order(county.office, **seen),
        lambda: actions.return_order(county.office, reason="没有封住", **seen),
        lambda: actions.recall_order(county.office, reason="情况变了", **seen),
    ]
    version = flood.version
    others = [
        lambda: places.order(county.office, flood, county.posts["water"]),
        lambda: actions.set_severity(
            county.office,
            incident=flood,
            severity=chance.choice([1, 2, None]),
            reason="核实",
            expected_version=version,
        ),
        lambda: places.hand_over(
            county, flood, level=chance.choice(["city", "county"]), expected_version=version
        ),
        lambda: actions.record_incident_facts(
            county.officer,
            incident=flood,
            facts={"relocated": chance.randrange(500)},
            source="河口镇",
        ),
        lambda: actions.open_consultation(
            county.office, incident=flood, attendees=[county.posts["deputy"]]
        ),
        lambda: actions.add_report(
            county.office, incident=flood, kind="follow_up", channel="written", to="市应急局"
        ),
    ]
    onward = [of_order[at] for at in (1, 2, 5, 6, 7)]
    return chance.choice(onward * 6 + of_order + others if one else others)


def played(county, flood, version, chance):
    """What the room showed after each deed, by the journal's position of then."""
    shown = {}
    places.decide(county.office, flood, version)
    while len(shown) < MOMENTS:
        try:
            deeds(county, flood, chance)()
        except Problem:
            continue
        sequence(epoch=1)
        flood.refresh_from_db()
        shown[Link.objects.last().position] = deepcopy(room_now(READER, flood))
    return shown


@pytest.fixture
def shown(county, flood, version):
    actions.propose_level(county.officer, incident=flood, plan_version=version)
    return played(county, flood, version, random.Random(2030))


def test_the_journal_alone_gives_what_the_room_showed_at_200_moments_also_after_erasure(
    county, flood, shown
):
    for position, room in shown.items():
        assert replay(READER, flood, position=position).room == room

    one = Order.objects.filter(incident=flood, text="封闭漫水桥 2 座").first()
    entry = Entry.objects.get(name="command.order_issued", subject_id=str(one.pk))
    note = Entry.objects.filter(name="command.order_progressed").first()
    for row in (entry, note):
        erase_payload(auditor(), entry=row.pk, reason="《突发事件应对法》第八十五条")

    for position, room in shown.items():
        if str(one.pk) in room.orders:
            room.orders[str(one.pk)]["text"] = ERASED
        assert replay(READER, flood, position=position).room == room


class Rooms:
    """What several rooms showed after each deed, by the journal's position of then."""

    def __init__(self, *incidents):
        self.incidents, self.shown = list(incidents), []

    def look(self):
        sequence(epoch=1)
        for one in self.incidents:
            one.refresh_from_db()
            room = deepcopy(room_now(READER, one))
            self.shown.append((one, Link.objects.last().position, room))


def settle(county, flood):
    """Two tell otherwise of the dead, and a person says what counts."""
    for source, dead in (("河口镇", 3), ("公安局", 2)):
        facts = {"deaths": dead, "missing": 1, "dead_missing": dead + 1}
        actions.record_incident_facts(
            county.officer, incident=flood, facts=facts, source=source
        )
    for name in ("deaths", "missing"):
        telling = FactValue.objects.get(name=name, source="公安局")
        actions.choose_fact(
            county.office, incident=flood, telling=telling.pk, reason="已核对身份"
        )


def test_what_was_corrected_settled_split_off_and_merged_is_told_again(county, flood):
    """In every room after every deed, and afterwards as it was before."""
    other = places.incident(county.officer, title="河口镇进水", place="河口镇老街")
    order = places.order(county.office, flood, county.posts["water"])
    rooms = Rooms(flood, other)
    settle(county, flood)
    rooms.look()

    asked = {"incident": flood, "reason": "笔误", "changes": {"title": "示例河洪水"}}
    actions.correct_incident(county.officer, expected_version=flood.version, **asked)
    rooms.look()
    said = {"title": "老街泄漏", "hazard": "12", "place": "河口镇老街", "reason": "另一件事"}
    goes = {"orders": [order], "facts": ["deaths"], "expected_version": flood.version}
    new = actions.split_incident(county.officer, incident=flood, **said, **goes)
    rooms.incidents.append(new)
    rooms.look()
    order.refresh_from_db()
    answer = {"text": order.text, "expected_version": order.version}
    actions.read_back_order(county.water, order=order, **answer)
    left = places.order(county.office, flood, county.posts["weather"])
    rooms.look()
    into = {"into": other, "reason": "同一场洪水", "expected_version": flood.version}
    actions.merge_incidents(county.officer, incident=flood, **into)
    rooms.look()

    was, at, now = (room_now(READER, one) for one in (flood, other, new))
    assert (was.title, was.state) == ("示例河洪水", "merged")
    assert list(at.orders) == [str(left.pk)]
    assert now.settled == {"deaths": "2 人"}
    assert now.orders[str(order.pk)]["state"] == "read_back"
    for one, position, room in rooms.shown:
        assert replay(READER, one, position=position).room == room


def test_a_moment_shows_what_was_then(county, flood, at):
    then = at("2030-01-01T08:00")
    places.order(county.office, flood, county.posts["water"])
    at("2030-01-01T09:00")
    places.order(county.office, flood, county.posts["water"])
    sequence(epoch=1)

    found = replay(READER, flood, until=then)

    assert [one["number"] for one in found.room.orders.values()] == [1]
    assert found.at == then
    assert len(replay(READER, flood).room.orders) == 2


def test_who_may_not_see_an_order_is_not_told_of_it_again(county, flood, order):
    sequence(epoch=1)

    assert len(replay(county.officer, flood).room.orders) == 1
    assert replay(county.bystander, flood).room.orders == {}
