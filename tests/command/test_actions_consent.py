import json
from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command.actions import close_incident, give_consent, refuse_consent, sign_decision
from liandong.command.models import Decision, Order, Response
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.timers import sweep
from liandong.messaging.actions import mark_read
from liandong.messaging.models import Message
from tests.command import county as places

CONSENT_PLAN = places.PLAN.replace(
    "decides: {all_of: [flood-hq.deputy]}",
    "decides: {all_of: [flood-hq.deputy]}\n    consent: flood-hq.commander\n"
    "    proposes: flood-office.director",
)


@pytest.fixture
def pending(county, flood):
    return places.decide(county.deputy, flood, places.plan(CONSENT_PLAN), level="III")


def given(actor, decision, **more):
    return give_consent(
        actor, decision=decision, **({"expected_version": decision.version} | more)
    )


def refused(actor, decision, **more):
    said = {"reason": "先核实水情", "expected_version": decision.version}
    return refuse_consent(actor, decision=decision, **(said | more))


def told(name):
    return [json.loads(one.payload.text) for one in Entry.objects.filter(name=name)]


def test_what_wants_consent_waits_for_it_and_then_takes_effect(county, pending):
    waiting = (pending.state, Response.objects.count(), Order.objects.count())

    decision = given(county.chief, pending)

    assert waiting == ("pending", 0, 0)
    assert (decision.state, Response.objects.get().level) == ("made", "III")
    assert Order.objects.exists()
    assert told("command.consent_given")[0]["who"].endswith("孙县长")


def test_refused_it_does_not_take_effect_and_another_may_be_made(county, flood, pending):
    decision = refused(county.chief, pending)

    [said] = told("command.consent_refused")
    assert (decision.state, decision.refused_reason, said["reason"]) == (
        "refused",
        "先核实水情",
        "先核实水情",
    )
    assert not Response.objects.exists()
    with pytest.raises(IllegalMove):
        given(county.chief, decision)
    with pytest.raises(IllegalMove):
        sign_decision(county.chief, decision=decision, expected_version=decision.version)
    again = places.decide(county.deputy, flood, pending.plan_version, level="III")
    assert again.state == "pending"


def test_only_the_post_the_plan_names_consents_or_refuses(county, pending):
    for who in (county.deputy, county.office, county.water):
        for act in (given, refused):
            with pytest.raises(Forbidden):
                act(who, pending)


def test_a_refusal_wants_a_reason(county, pending):
    with pytest.raises(Invalid) as refusal:
        refused(county.chief, pending, reason=" ")

    assert list(refusal.value.fields) == ["reason"]


def test_consent_is_given_once(county, pending):
    given(county.chief, pending)

    with pytest.raises(IllegalMove):
        given(county.chief, pending)


def test_nothing_is_consented_to_in_an_incident_that_is_over(county, flood, pending):
    flood.refresh_from_db()
    close_incident(county.chief, incident=flood, reason="结束", expected_version=flood.version)

    for act in (given, refused):
        with pytest.raises(IllegalMove):
            act(county.chief, pending)


def test_who_saw_an_older_version_is_told(county, pending):
    for act in (given, refused):
        with pytest.raises(Stale):
            act(county.chief, pending, expected_version=pending.version + 1)


def test_the_same_key_twice_is_once(county, pending):
    for _time in range(2):
        given(county.chief, Decision.objects.get(), expected_version=1, idempotency_key="k")

    assert len(told("command.consent_given")) == 1


def test_refusing_twice_with_one_key_is_once(county, pending):
    for _time in range(2):
        refused(county.chief, Decision.objects.get(), expected_version=1, idempotency_key="k")

    assert len(told("command.consent_refused")) == 1


def test_a_drill_does_not_consent_to_what_is_real(county, pending):
    drill = replace(county.chief, realm="drill-1")

    for act in (given, refused):
        with pytest.raises(Missing):
            act(drill, pending)


def test_whose_consent_is_asked_for_is_told_and_sees_both_buttons(
    enter, county, demo_node, pending, work
):
    work()

    [asked] = Message.objects.filter(subject_kind="command.decision")
    page = enter("chief").get(f"/command/decisions/{pending.pk}/").content.decode()
    assert asked.to_post == county.posts["chief"]
    assert "待同意" in asked.title
    assert f"/command/decisions/{pending.pk}/consent/" in page
    assert f"/command/decisions/{pending.pk}/refuse/" in page
    assert "提出建议" in page


def test_consent_is_given_and_refused_on_the_page(enter, county, demo_node, flood, pending):
    client = enter("chief")
    page = f"/command/decisions/{pending.pk}/"

    empty = client.post(f"{page}refuse/", {"expected_version": 1})
    sent = client.post(f"{page}consent/", {"expected_version": 1})

    shown = client.get(page).content.decode()
    assert (empty.status_code, sent.status_code) == (422, 303)
    assert "孙县长同意" in shown


def test_who_was_told_and_did_not_read_it_in_time_is_urged_and_shown(
    enter, county, flood, version, work, at
):
    at("2030-01-01T08:00")
    decision = places.decide(county.office, flood, version)
    work()
    page = f"/command/decisions/{decision.pk}/"
    before = enter("office").get(page).content.decode()

    at("2030-01-01T08:31")
    sweep()

    urged = Message.objects.get(title__startswith="告知超时")
    after = enter("office").get(page).content.decode()
    assert urged.to_post == county.posts["chief"]
    assert "超时" not in before
    assert "超时" in after


def test_who_has_read_it_is_not_urged(enter, county, flood, version, work, at):
    now = at("2030-01-01T08:00")
    decision = places.decide(county.office, flood, version)
    work()
    mark_read(county.deputy, message=Message.objects.get(subject_kind="command.response"))

    at(str(now + timedelta(hours=1)))
    sweep()

    page = enter("office").get(f"/command/decisions/{decision.pk}/").content.decode()
    assert not Message.objects.filter(title__startswith="告知超时").exists()
    assert "郑平 已阅" in page
