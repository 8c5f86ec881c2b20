import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.command.actions import decide_item, give_opinion, open_consultation
from liandong.command.queries import (
    attendee_for,
    attendees_of,
    called_first,
    differing,
    experts_for,
    item_for,
    items_of,
)
from liandong.command.rules.incident import family
from liandong.kernel import clock
from liandong.kernel.problems import Missing
from tests.command import county as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(county, flood):
    posts = [county.posts[name] for name in ("deputy", "water", "weather")]
    return open_consultation(county.office, incident=flood, attendees=posts)


def test_whoever_decides_by_the_plan_and_the_headquarters_are_called_first(
    county, flood, version, order
):
    first = called_first(flood, family(flood.hazard), clock.now(flood.realm))

    assert first[0] == county.posts["office"]
    assert county.posts["water"] in first
    assert {county.posts["chief"], county.posts["deputy"]} <= set(first)
    assert county.posts["bystander"] not in first


def test_experts_for_such_events_come_first(county, flood):
    places.expert(county, "甲", field="law")
    places.expert(county, "乙", hazards=["11A"])

    assert [one.name for one in experts_for(county.office, flood)] == ["乙", "甲"]


def test_only_the_last_word_of_each_counts_as_differing(county, meeting):
    seat = meeting.attendees.get(post=county.posts["water"])
    give_opinion(county.water, attendee=seat, stance="differ", words="不宜")
    before = differing(attendees_of(meeting))
    give_opinion(county.water, attendee=seat, stance="support")

    assert [one.words for one in before] == ["不宜"]
    assert differing(attendees_of(meeting)) == []


def test_what_belongs_to_a_consultation_is_hidden_from_whoever_was_not_called(county, meeting):
    seat = meeting.attendees.first()
    item = decide_item(
        county.office,
        consultation=meeting,
        decision="x",
        owner=county.posts["water"],
        by="今晚",
    )

    assert (attendee_for(county.water, seat.pk), item_for(county.water, item.pk)) == (
        seat,
        item,
    )
    for find, pk in [(attendee_for, seat.pk), (item_for, item.pk), (item_for, "x")]:
        with pytest.raises(Missing):
            find(county.riverside, pk)


def test_three_opinions_and_items_are_read_with_as_many_queries_as_one(county, meeting):
    def ask():
        with CaptureQueriesContext(connection) as asked:
            attendees_of(meeting)
            items_of(meeting, clock.now(meeting.realm))
        return len(asked)

    def grow():
        give_opinion(county.office, attendee=meeting.attendees.first(), stance="support")
        owner = county.posts["water"]
        decide_item(county.office, consultation=meeting, decision="x", owner=owner, by="今晚")

    grow()
    once = ask()
    grow()
    grow()

    assert ask() == once
