"""How incidents belong together, and what they come to, counted once."""

import pytest

from liandong.command.actions import link_incidents, record_incident_facts, unlink_incidents
from liandong.command.models import IncidentLink
from liandong.command.queries import linked
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from tests.command import county as places
from tests.people import duty_officer


@pytest.fixture
def slide(county):
    return places.incident(county.officer, title="石门滑坡", hazard="11D")


@pytest.fixture
def leak(county):
    return places.incident(county.officer, title="化工厂泄漏", hazard="12")


def link(county, one, to, kind="caused_by", **more):
    asked = {"incident": one, "to": to, "kind": kind, "reason": "雨后滑坡"} | more
    return link_incidents(county.officer, **asked)


def dead(county, incident, n):
    record_incident_facts(
        county.officer, incident=incident, facts={"deaths": n}, source="公安局"
    )


def total(county, incident):
    (found,) = linked(county.office, incident).totals
    return found.value


def test_a_link_is_kept_and_told_in_the_room(county, flood, slide):
    made = link(county, slide, flood)

    assert linked(county.office, flood).down == [made]
    assert linked(county.office, slide).up == [made]
    assert Entry.objects.get(name="command.incidents_linked").incident == str(slide.pk)


def test_totals_count_each_incident_once(county, flood, slide, leak):
    for one, n in ((flood, 1), (slide, 2), (leak, 4)):
        dead(county, one, n)
    link(county, slide, flood)
    link(county, leak, slide)
    link(county, leak, flood)

    assert total(county, flood) == "7 人"


def test_what_stands_in_the_others_figure_adds_nothing(county, flood, slide, leak):
    for one, n in ((flood, 5), (slide, 2), (leak, 5)):
        dead(county, one, n)
    link(county, slide, flood, is_counted=True)
    link(county, leak, flood, kind="same_as")

    assert total(county, flood) == "5 人"


def test_no_ring_no_second_link_and_no_second_whole(county, flood, slide, leak):
    link(county, slide, flood, kind="part_of")
    link(county, leak, slide)

    for one, to, kind in (
        (flood, leak, "caused_by"),
        (flood, slide, "same_as"),
        (slide, flood, "caused_by"),
        (slide, slide, "same_as"),
        (slide, places.incident(county.officer, title="另一场"), "part_of"),
    ):
        with pytest.raises(IllegalMove):
            link(county, one, to, kind=kind)
    assert IncidentLink.objects.count() == 2


def test_linking_asks_for_permission_reason_and_realm(county, flood, slide):
    with pytest.raises(Forbidden):
        link_incidents(county.water, incident=slide, to=flood, kind="same_as", reason="x")
    with pytest.raises(Invalid):
        link(county, slide, flood, reason=" ")
    with pytest.raises(Missing):
        link_incidents(
            duty_officer(realm="drill-1"),
            incident=slide,
            to=flood,
            kind="same_as",
            reason="x",
        )


def test_a_link_is_taken_back_once_and_stays_on_record(county, flood, slide):
    made = link(county, slide, flood)

    with pytest.raises(Stale):
        unlink_incidents(county.officer, link=made, reason="不是", expected_version=9)
    gone = unlink_incidents(county.officer, link=made, reason="不是", expected_version=1)
    with pytest.raises(IllegalMove):
        unlink_incidents(county.officer, link=gone, reason="不是", expected_version=2)

    assert linked(county.office, flood).is_empty
    assert IncidentLink.objects.get().withdrawn_reason == "不是"


def test_the_same_key_links_once(county, flood, slide):
    one = link(county, slide, flood, idempotency_key="k")

    assert link(county, slide, flood, idempotency_key="k") == one


@pytest.mark.parametrize("many", [1, 3])
def test_totals_ask_as_often_for_three_as_for_one(
    many, county, flood, django_assert_max_num_queries
):
    for at in range(many):
        one = places.incident(county.officer, title=f"滑坡{at}", hazard="11D")
        dead(county, one, 1)
        link(county, one, flood)

    with django_assert_max_num_queries(9):
        linked(county.office, flood)
