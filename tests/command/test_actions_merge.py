"""Two incidents that are one, and one that is two: nothing is lost, nothing doubled."""

import pytest

from liandong.command.actions import (
    answer_counter_proposal,
    choose_fact,
    close_incident,
    decline_order,
    issue_order,
    link_incidents,
    merge_incidents,
    record_incident_facts,
    register_call,
    split_incident,
)
from liandong.command.models import Call, Incident, IncidentLink, Order, Report
from liandong.command.queries import attached, board, calls_of, disputed, linked
from liandong.command.rules.call import Told
from liandong.command.states import IncidentState, ReportState
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.journal.reading import timeline
from liandong.kernel.journal.sequencing import sequence
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.plans.models import FactValue
from liandong.plans.queries import facts_of
from tests.command import county as places
from tests.people import duty_officer

KIND = "command.incident"


@pytest.fixture
def other(county):
    return places.incident(county.officer, title="河口镇进水", place="河口镇老街")


def merge(county, one, into, **more):
    one.refresh_from_db()
    asked = {"incident": one, "into": into, "reason": "同一场洪水"} | more
    return merge_incidents(county.officer, **({"expected_version": one.version} | asked))


def tell(county, incident=None, **more):
    said = {"caller": "河口镇", "hazard": "11A", "place": "河口镇老街", "what": "进水"} | more
    return register_call(county.officer, told=Told(**said), incident=incident)


def split(county, incident, **more):
    incident.refresh_from_db()
    asked = {"title": "老街泄漏", "hazard": "12", "place": "河口镇老街", "reason": "另一件事"}
    asked |= {"expected_version": incident.version} | more
    return split_incident(county.officer, incident=incident, **asked)


def known(incident, name="deaths"):
    found = facts_of(KIND, str(incident.pk), clock.now("actual")).get(name)
    return found.value if found else None


def test_what_the_merged_one_holds_is_found_from_the_other(county, flood, other):
    order = places.order(county.office, other, county.posts["water"])
    mine = places.order(county.office, flood, county.posts["weather"])
    call = tell(county, other)

    survivor = merge(county, other, flood)

    sequence(epoch=1)
    other.refresh_from_db()
    shown = [
        row.order
        for group in board(county.office, flood, clock.now("actual"))
        for row in group.rows
    ]
    assert (survivor, other.state, other.merged_into) == (flood, IncidentState.MERGED, flood)
    assert sorted(shown, key=str) == sorted([order, mine], key=str)
    assert calls_of(county.office, flood) == [call]
    assert attached(county.office, flood) == []
    assert [one.pk for one in linked(county.office, flood).merged] == [other.pk]
    told = timeline(county.office, incident=str(flood.pk), also=[str(other.pk)])
    assert {"command.call_registered", "command.incident_received"} <= {
        one.name for one in told
    }
    assert Order.objects.count() == 2


def test_an_order_into_a_merged_incident_leads_to_where_it_lives(county, flood, other):
    merge(county, other, flood)

    with pytest.raises(IllegalMove) as refusal:
        places.order(county.office, other, county.posts["water"])

    assert refusal.value.leads_to == f"/command/incidents/{flood.pk}/"
    assert flood.title in refusal.value.title
    assert flood.number in refusal.value.remedy


def test_units_go_on_and_a_replacement_is_given_in_the_surviving_incident(county, flood, other):
    order = places.order(county.office, other, county.posts["water"])
    merge(county, other, flood)
    order.refresh_from_db()
    declined = decline_order(
        county.water,
        order=order,
        reason="桥断了",
        counter_proposal="改走北岸",
        expected_version=order.version,
    )

    new = answer_counter_proposal(
        county.office,
        order=declined,
        answer="accepted",
        reason="可以",
        expected_version=declined.version,
    )

    assert (order.number, new.incident) == (1, flood)


def test_the_surviving_incident_is_not_closed_over_the_merged_ones_orders(county, flood, other):
    places.order(county.office, other, county.posts["water"])
    merge(county, other, flood)
    flood.refresh_from_db()

    with pytest.raises(IllegalMove):
        close_incident(
            county.office, incident=flood, reason="完", expected_version=flood.version
        )


def test_facts_go_along_with_their_tellers_and_differences_wait(county, flood, other):
    for incident, source, n in ((flood, "公安局", 1), (other, "村支书", 2)):
        record_incident_facts(
            county.officer, incident=incident, facts={"deaths": n}, source=source
        )

    merge(county, other, flood)

    assert {one.source for one in disputed(flood)["deaths"]} == {"公安局", "村支书"}


def test_a_report_both_owe_is_owed_once(county, flood, other):
    for incident in (flood, other):
        tell(county, incident)

    merge(county, other, flood)

    owed = Report.objects.exclude(state=ReportState.WAIVED)
    assert set(owed.values_list("incident", flat=True)) == {flood.pk}


def test_merged_twice_it_lives_in_the_last(county, flood, other):
    third = places.incident(county.officer, title="第三处")
    merge(county, third, other)

    merge(county, other, flood)

    third.refresh_from_db()
    assert third.merged_into == flood


def test_links_turn_to_the_surviving_incident(county, flood, other):
    slide = places.incident(county.officer, title="滑坡", hazard="11D")
    for one, to in ((slide, other), (other, flood)):
        link_incidents(county.officer, incident=one, to=to, kind="caused_by", reason="雨")

    merge(county, other, flood)

    standing = IncidentLink.objects.get(withdrawn_at=None)
    assert (standing.incident, standing.to) == (slide, flood)


def test_merging_is_refused_with_itself_into_a_closed_one_and_over_a_response(
    county, flood, other, version
):
    over = places.incident(county.officer, title="已过去")
    close_incident(county.office, incident=over, reason="完", expected_version=over.version)
    places.decide(county.office, other, version)

    for one, into in ((flood, flood), (flood, over), (other, flood)):
        with pytest.raises(IllegalMove):
            merge(county, one, into)
    assert not Incident.objects.filter(state=IncidentState.MERGED).exists()


def test_merging_asks_for_permission_reason_version_and_realm(county, flood, other):
    with pytest.raises(Forbidden):
        merge_incidents(
            county.water, incident=other, into=flood, reason="x", expected_version=1
        )
    with pytest.raises(Invalid):
        merge(county, other, flood, reason=" ")
    with pytest.raises(Stale):
        merge(county, other, flood, expected_version=99)
    with pytest.raises(Missing):
        merge_incidents(
            duty_officer(realm="drill-1"),
            incident=other,
            into=flood,
            reason="x",
            expected_version=1,
        )


def test_the_same_key_merges_once(county, flood, other):
    one = merge(county, other, flood, expected_version=1, idempotency_key="k")

    assert merge(county, other, flood, expected_version=1, idempotency_key="k") == one
    assert Entry.objects.filter(name="command.incident_merged").count() == 1


def test_what_was_chosen_goes_along_and_counts_here_no_longer(county, flood):
    call = tell(county, flood, dead=2)
    order = places.order(county.office, flood, county.posts["water"])
    stays = places.order(county.office, flood, county.posts["weather"])

    new = split(county, flood, calls=[call], orders=[order], facts=["deaths"], kind="caused_by")

    for row in (call, order, stays):
        row.refresh_from_db()
    assert (call.incident, order.incident, stays.incident) == (new, new, flood)
    assert order.number == 1
    assert f"incident:{new.pk}" in order.audience
    assert (known(new), known(flood)) == (2, None)
    assert new.received_at == call.received_at
    assert linked(county.office, flood).down[0].incident == new
    assert Entry.objects.get(name="command.incident_divided").incident == str(flood.pk)


@pytest.mark.parametrize(
    ("facts", "goes", "stays"),
    [(["deaths", "missing"], 3, None), (["deaths"], None, None)],
)
def test_the_sum_of_two_figures_goes_with_both_and_with_one_is_nobodys(
    county, flood, facts, goes, stays
):
    for source, dead in (("河口镇", 3), ("公安局", 2)):
        told = {"deaths": dead, "missing": 1, "dead_missing": dead + 1}
        record_incident_facts(county.officer, incident=flood, facts=told, source=source)
    for name in ("deaths", "missing"):
        telling = FactValue.objects.get(name=name, source="公安局").pk
        choose_fact(county.office, incident=flood, telling=telling, reason="已核对")
    assert known(flood, "dead_missing") == 3

    new = split(county, flood, facts=facts)

    assert (known(new), known(flood)) == (2, None)
    assert (known(new, "dead_missing"), known(flood, "dead_missing")) == (goes, stays)


def test_an_order_that_went_along_is_told_of_in_both_stories_to_its_own_people(county, flood):
    order = places.order(county.office, flood, county.posts["water"])

    new = split(county, flood, orders=[order])
    sequence(epoch=1)

    told = Entry.objects.filter(name="command.order_moved")
    assert {one.incident for one in told} == {str(flood.pk), str(new.pk)}
    assert timeline(county.bystander, subject=("command.order", str(order.pk))) == []


def test_splitting_off_nothing_or_what_is_anothers_is_refused(county, flood, other):
    stray = tell(county, other)

    with pytest.raises(Invalid):
        split(county, flood)
    with pytest.raises(Invalid):
        split(county, flood, calls=[stray])
    with pytest.raises(Invalid):
        split(county, flood, facts=["deaths"])
    assert Incident.objects.count() == 2


def test_orders_of_a_running_plan_stay(county, flood, version):
    places.decide(county.office, flood, version)

    with pytest.raises(IllegalMove):
        split(county, flood, orders=list(Order.objects.filter(incident=flood)))


def test_splitting_asks_for_permission_reason_and_version(county, flood):
    call = tell(county, flood)
    said = {"title": "x", "hazard": "12", "place": "", "calls": [call]}

    with pytest.raises(Forbidden):
        split_incident(county.water, incident=flood, **said, reason="x", expected_version=1)
    with pytest.raises(Invalid):
        split(county, flood, calls=[call], reason=" ")
    with pytest.raises(Stale):
        split(county, flood, calls=[call], expected_version=99)
    assert Call.objects.get().incident == flood


def test_the_same_key_splits_once(county, flood):
    call = tell(county, flood)

    one = split(county, flood, calls=[call], expected_version=1, idempotency_key="k")

    assert split(county, flood, calls=[call], expected_version=1, idempotency_key="k") == one


def test_nobody_orders_in_the_merged_one_by_the_action_either(county, flood, other):
    merge(county, other, flood)

    with pytest.raises(IllegalMove):
        issue_order(county.office, incident=other, to_post=county.posts["water"], text="封桥")
