import pytest

from liandong.command.actions import (
    give_opinion,
    join_consultation,
    open_consultation,
    record_incident_facts,
)
from liandong.command.queries import draft_minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(county, flood):
    record_incident_facts(
        county.officer, incident=flood, facts={"rainstorm_signal": "橙"}, source="气象局"
    )
    posts = [county.posts[name] for name in ("deputy", "water", "weather")]
    return open_consultation(county.office, incident=flood, attendees=posts)


def seat(county, meeting, name):
    return meeting.attendees.get(post=county.posts[name])


def test_the_draft_says_what_was_known_and_proposed_and_no_more(meeting):
    draft = draft_minutes(meeting)

    assert "气象局" in draft.situation
    assert draft.findings.startswith("洪水：至少一般")
    assert draft.dissent == ""


def test_the_draft_tells_each_opinion_by_name_and_the_last_word_of_each(county, meeting):
    water, weather = seat(county, meeting, "water"), seat(county, meeting, "weather")
    give_opinion(county.water, attendee=water, stance="differ", words="不宜预泄")
    give_opinion(county.water, attendee=water, stance="support", words="同意预泄")
    give_opinion(county.weather, attendee=weather, stance="conditions", words="雨停再定")

    draft = draft_minutes(meeting)

    assert draft.findings.splitlines()[1:] == ["县水利局 联络员（同意）：同意预泄"]
    assert draft.dissent == "县气象局 联络员（有条件同意）：雨停再定"


def test_whoever_came_first_is_taken_for_the_chair(county, meeting):
    join_consultation(
        county.water,
        attendee=seat(county, meeting, "water"),
        way="room",
        expected_version=1,
    )

    assert draft_minutes(meeting).chair == "县水利局 联络员"
