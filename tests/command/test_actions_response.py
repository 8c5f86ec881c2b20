import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from liandong.command.actions import (
    decide_response,
    end_response,
    propose_level,
    record_incident_facts,
    sign_decision,
)
from liandong.command.models import Decision, Order, Proposal, Report, Response
from liandong.command.queries import open_proposals
from liandong.command.states import DecisionKind
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Problem, Stale
from liandong.plans.actions import adopt_version
from liandong.plans.models import Run
from tests.command import county as places
from tests.people import office

pytestmark = pytest.mark.django_db


def proposed(county, flood, version, **facts):
    record_incident_facts(county.officer, incident=flood, facts=facts, source="水文站")
    propose_level(county.officer, incident=flood, plan_version=version)
    return open_proposals(flood)[0]


def test_deciding_starts_response_run_and_first_orders_in_one_transaction(
    county, flood, version
):
    decision = places.decide(county.office, flood, version, area="全县")

    response = Response.objects.get()
    entry = Entry.objects.get(name="command.response_decided")
    assert (decision.state, decision.response) == ("made", response)
    assert (response.level, response.headquarters.key, response.area) == (
        "IV",
        "flood-hq",
        "全县",
    )
    assert response.run == Run.objects.get()
    assert sorted(response.orders.values_list("step", flat=True)) == ["forecast", "watch"]
    assert '"signed_by":"县防指办公室 主任 周远"' in entry.payload.text
    assert entry.subject_id == str(response.pk)


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("matters", "响应事项"),
        ("level", "响应级别"),
        ("expected_until", "预计期限"),
        ("measures", "应急处置措施"),
    ],
)
def test_a_decision_without_one_of_the_four_elements_is_refused_and_it_is_named(
    field, label, county, flood, version
):
    with pytest.raises(Invalid) as refusal:
        places.decide(
            county.office, flood, version, **{field: None if "until" in field else ""}
        )

    assert refusal.value.title == f"启动或调整响应的决定缺少：{label}。"
    assert list(refusal.value.fields) == [field]
    assert not Decision.objects.exists()
    assert not Order.objects.exists()


def test_an_expected_end_in_the_past_is_refused(county, flood, version):
    with pytest.raises(Invalid):
        places.decide(
            county.office,
            flood,
            version,
            expected_until=clock.now("actual") - timedelta(hours=1),
        )


def test_who_is_not_entitled_is_told_who_is(county, flood, version):
    with pytest.raises(Forbidden) as refusal:
        places.decide(county.leader, flood, version)

    assert refusal.value.remedy == "按预案由“县防指办公室 主任”决定，请报其签署。"


def test_whoever_holds_several_posts_signs_for_each_of_them(county, flood, version):
    elsewhere = replace(county.office, post=county.water.post, label="县水利局 值班员 周远")

    decision = places.decide(elsewhere, flood, version)

    entry = Entry.objects.get(name="command.response_decided")
    chair, who = county.office.post, "县防指办公室 主任 周远"
    assert decision.state == "made"
    assert (decision.signatures[0]["post"], decision.signatures[0]["who"]) == (chair, who)
    assert (entry.actor["post"], entry.actor["label"]) == (chair, who)
    assert set(Order.objects.values_list("issued_by", flat=True)) == {who}


def test_the_desk_does_not_decide_at_all(county, flood, version):
    with pytest.raises(Forbidden):
        places.decide(county.officer, flood, version)


def test_two_posts_sign_one_decision(county, flood):
    version = places.plan(places.SHARED_PLAN)

    first = places.decide(county.office, flood, version, level="III")
    waiting = (first.state, Response.objects.count())
    both = sign_decision(county.deputy, decision=first, expected_version=first.version)

    assert waiting == ("pending", 0)
    assert (both.state, both.response.level) == ("made", "III")
    assert [one["who"] for one in both.signatures] == [
        "县防指办公室 主任 周远",
        "县防汛抗旱指挥部 常务副指挥长 郑平",
    ]
    said = Entry.objects.get(name="command.decision_signed").payload.text
    assert '"awaited":"县防汛抗旱指挥部 常务副指挥长"' in said


def test_nobody_signs_twice_or_for_another(county, flood):
    version = places.plan(places.SHARED_PLAN)
    pending = places.decide(county.office, flood, version, level="III")

    with pytest.raises(IllegalMove):
        sign_decision(county.office, decision=pending, expected_version=pending.version)
    with pytest.raises(Forbidden):
        sign_decision(county.leader, decision=pending, expected_version=pending.version)
    with pytest.raises(Stale):
        sign_decision(county.deputy, decision=pending, expected_version=pending.version + 1)
    with pytest.raises(Missing):
        sign_decision(
            replace(county.deputy, realm="drill-1"),
            decision=pending,
            expected_version=pending.version,
        )


def test_a_newer_decision_takes_the_place_of_one_that_waits(county, flood):
    version = places.plan(places.SHARED_PLAN)
    pending = places.decide(county.office, flood, version, level="III")

    places.decide(county.deputy, flood, version, level="III")

    pending.refresh_from_db()
    assert pending.state == "withdrawn"
    with pytest.raises(IllegalMove):
        sign_decision(county.deputy, decision=pending, expected_version=pending.version)


def test_overruling_a_proposal_asks_for_the_reason_and_keeps_both(county, flood, version):
    proposal = proposed(county, flood, version, stations_above_warning=1)

    with pytest.raises(Invalid) as refusal:
        places.decide(county.office, flood, version, proposal=proposal)
    decision = places.decide(
        county.office, flood, version, proposal=proposal, overrule_reason="上游已回落"
    )

    assert proposal.level == "III"
    assert list(refusal.value.fields) == ["overrule_reason"]
    assert (decision.level_after, decision.overrule_reason) == ("IV", "上游已回落")
    assert Proposal.objects.get().state == "decided"


def test_a_proposal_that_was_superseded_is_not_decided_upon(county, flood, version):
    old = proposed(county, flood, version, rainstorm_signal="橙")
    proposed(county, flood, version, stations_above_warning=1)

    with pytest.raises(Stale) as refusal:
        places.decide(county.office, flood, version, proposal=old)

    assert refusal.value.title == "研判建议已有新的一次，或已经决定。"


def test_a_level_is_raised_and_lowered_and_the_run_follows(county, flood, version):
    places.decide(county.office, flood, version)

    raised = places.decide(
        county.deputy, flood, version, kind=DecisionKind.RAISE, level="III"
    ).response
    steps = set(raised.orders.values_list("step", flat=True))
    lowered = places.decide(
        county.deputy, flood, version, kind=DecisionKind.LOWER, level="IV"
    ).response

    assert steps == {"watch", "forecast", "patrol"}
    assert (lowered.level, Run.objects.get().level) == ("IV", "IV")
    assert Order.objects.count() == 3


@pytest.mark.parametrize(
    ("kind", "level"), [("raise", "III"), ("lower", "IV"), ("end", ""), ("activate", "IV")]
)
def test_a_word_that_does_not_fit_the_level_is_refused(kind, level, county, flood, version):
    if kind == "activate":
        places.decide(county.office, flood, version)

    with pytest.raises(IllegalMove):
        places.decide(county.deputy, flood, version, kind=DecisionKind(kind), level=level)


def test_whoever_has_not_seen_the_latest_state_is_told(county, flood, version):
    with pytest.raises(Stale):
        places.decide(county.office, flood, version, expected_version=9)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told(county, flood, version):
    barrier, outcomes = threading.Barrier(2), []

    def choose():
        barrier.wait()
        try:
            decide_response(
                county.office,
                incident=type(flood).objects.get(pk=flood.pk),
                plan_version=version,
                kind=DecisionKind.ACTIVATE,
                level="IV",
                matters="防汛",
                measures="巡堤",
                expected_until=clock.now("actual") + timedelta(days=1),
                expected_version=1,
            )
            outcomes.append("decided")
        except Problem as problem:
            outcomes.append(problem.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=choose) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["decided", "stale"]
    assert (Response.objects.count(), Order.objects.count()) == (1, 2)


def test_a_double_click_decides_once(county, flood, version):
    until = clock.now("actual") + timedelta(days=1)
    call = {
        "incident": flood,
        "plan_version": version,
        "kind": DecisionKind.ACTIVATE,
        "level": "IV",
        "matters": "防汛",
        "measures": "巡堤",
        "expected_until": until,
        "expected_version": 1,
        "idempotency_key": "k",
    }

    first = decide_response(county.office, **call)
    again = decide_response(county.office, **call)

    assert (first, Decision.objects.count(), Order.objects.count()) == (again, 1, 2)


def test_a_decision_does_not_cross_into_a_drill(county, flood, version):
    with pytest.raises(Missing):
        places.decide(replace(county.office, realm="drill-1"), flood, version)


def test_ending_asks_for_the_final_report_and_waives_what_was_not_written(
    county, flood, version
):
    from liandong.command.actions import set_report_clock

    set_report_clock(office(), kind="final", channel="written", to="市应急管理局", minutes=60)
    response = places.decide(county.office, flood, version).response
    flood.refresh_from_db()

    decision = end_response(county.office, response=response, expected_version=flood.version)

    response.refresh_from_db()
    assert (decision.kind, response.state) == ("end", "ended")
    assert Run.objects.get().state == "ended"
    assert list(Report.objects.order_by("kind").values_list("kind", "state")) == [
        ("final", "due"),
        ("follow_up", "waived"),
    ]


def test_maintaining_changes_nothing_but_the_expected_end(county, flood, version):
    response = places.decide(county.office, flood, version).response
    later = clock.now("actual") + timedelta(days=3)

    places.decide(
        county.office, flood, version, kind=DecisionKind.MAINTAIN, expected_until=later
    )

    response.refresh_from_db()
    assert (response.level, response.expected_until) == ("IV", later)
    assert Order.objects.count() == 2


def test_a_step_for_a_vacant_post_goes_to_its_superior_and_says_so(county, flood):
    empty = places.empty_post(county)
    version = adopt_version(
        office(), text=places.PLAN.replace("to: weather", f"to: {empty.key}")
    )

    places.decide(county.office, flood, version)

    order = Order.objects.get(step="forecast")
    assert (order.to_post, order.to_body) == (county.posts["chief"], empty.body)
    assert order.text == "（原应由“供电公司 联络员”办理，该岗位空缺）滚动预报"


def test_a_step_for_a_post_the_county_does_not_have_goes_to_the_desk_and_says_so(county, flood):
    version = adopt_version(
        office(), text=places.PLAN.replace("to: weather", "to: weather-moon.holder")
    )

    places.decide(county.office, flood, version)

    order = Order.objects.get(step="forecast")
    assert order.to_post == county.posts["leader"]
    assert order.text == "（原应由“weather-moon.holder”办理，该岗位空缺）滚动预报"


def test_to_end_before_the_plan_says_so_asks_for_a_reason(county, flood):
    version = places.plan(places.ENDING_PLAN)
    places.decide(county.office, flood, version)
    end = {"kind": DecisionKind.END, "level": ""}

    with pytest.raises(Invalid) as refusal:
        places.decide(county.office, flood, version, **end)
    early = places.decide(county.office, flood, version, overrule_reason="移交市里", **end)

    assert refusal.value.title == "预案规定的终止条件还没有满足：明火已扑灭；火场已无火无烟。"
    assert list(refusal.value.fields) == ["overrule_reason"]
    assert (early.state, early.overrule_reason) == ("made", "移交市里")


def test_once_the_plan_says_so_a_response_ends_without_a_reason(county, flood):
    version = places.plan(places.ENDING_PLAN)
    places.decide(county.office, flood, version)
    record_incident_facts(
        county.officer,
        incident=flood,
        facts={"open_flame_out": True, "smoke_out": True},
        source="前方",
    )

    ended = places.decide(county.office, flood, version, kind=DecisionKind.END, level="")

    assert (ended.state, Response.objects.get().state) == ("made", "ended")
