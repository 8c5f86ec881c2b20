from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from liandong.command.actions import (
    close_incident,
    decide_response,
    merge_incidents,
    move_command,
    sign_decision,
)
from liandong.command.models import CommandTerm, Decision, Report
from liandong.command.queries import standing_term, visible_command_terms
from liandong.command.states import DecisionKind
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.messaging.models import Message
from tests.command import county as places

pytestmark = pytest.mark.django_db


def test_command_goes_up_by_a_call_that_was_said_back(county, flood):
    term = places.hand_over(county, flood, keeps="转移安置")

    entry = Entry.objects.get(name="command.command_moved")
    assert str(term) == "市级指挥（示例市防汛抗旱指挥部）"
    assert (term.ended_at, term.keeps, flood.version) == (None, "转移安置", 2)
    assert standing_term(flood) == term
    assert (entry.incident, entry.subject_id) == (str(flood.pk), str(flood.pk))
    assert entry.happened_at == term.told_at
    assert '"liaison":"县防指办公室 主任"' in entry.payload.text
    told = Message.objects.get(subject_kind="command.command_term")
    assert (told.to_post, told.title) == (
        county.posts["office"],
        "清溪河洪水由市级指挥（示例市防汛抗旱指挥部）统一指挥",
    )


def test_command_comes_back_and_the_history_stays(county, flood, at):
    at("2030-01-01T08:00")
    places.hand_over(county, flood)
    at("2030-01-01T10:00")
    places.hand_over(
        county, flood, level="province", headquarters="省防指", paper="省防指〔2030〕1号"
    )
    back = at("2030-01-01T12:00")
    places.hand_over(county, flood, level="county")

    terms = CommandTerm.objects.order_by("starts_at")
    assert [(one.level, one.ended_at and one.ended_at.hour) for one in terms] == [
        ("city", 2),
        ("province", 4),
        ("county", None),
    ]
    assert standing_term(flood).starts_at == back
    assert not standing_term(flood).is_superior


def test_the_database_refuses_a_second_commander(county, flood):
    term = places.hand_over(county, flood)

    with pytest.raises(IntegrityError), transaction.atomic():
        CommandTerm.objects.create(
            realm=ACTUAL,
            audience=[],
            incident=flood,
            level="province",
            starts_at=term.starts_at,
            entered_at=term.entered_at,
        )


def test_a_second_of_the_same_level_takes_over_by_paper_only(county, flood):
    places.hand_over(county, flood)

    with pytest.raises(IllegalMove, match="现在就是"):
        places.hand_over(county, flood)
    flood.refresh_from_db()
    with pytest.raises(Invalid, match="须有文件"):
        places.hand_over(county, flood, headquarters="市应急委")
    flood.refresh_from_db()
    term = places.hand_over(county, flood, headquarters="市应急委", paper="示应急〔2030〕9号")

    assert term.headquarters == "市应急委"
    assert CommandTerm.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"headquarters": ""}, "headquarters"),
        ({"told_by": ""}, "told_by"),
        ({"told_at": None}, "told_at"),
        ({"read_back": ""}, "read_back"),
        ({"liaison": None}, "liaison"),
    ],
)
def test_move_command_wants_what_it_stands_on(county, flood, changes, field):
    with pytest.raises(Invalid) as refusal:
        places.hand_over(county, flood, **changes)

    assert list(refusal.value.fields) == [field]
    assert not CommandTerm.objects.exists()


def test_with_a_paper_no_call_is_asked_for(county, flood):
    term = places.hand_over(
        county, flood, paper="示防指〔2030〕3号", told_by="", told_at=None, read_back=""
    )

    assert term.paper == "示防指〔2030〕3号"


def test_move_command_refuses(county, flood):
    now = clock.now(ACTUAL)

    with pytest.raises(Invalid, match="晚于现在"):
        places.hand_over(county, flood, starts_at=now + timedelta(hours=1))
    flood.refresh_from_db()
    with pytest.raises(Invalid, match="早于前一段"):
        places.hand_over(county, flood, starts_at=now - timedelta(days=1))
    flood.refresh_from_db()
    with pytest.raises(Invalid, match="无人任职"):
        places.hand_over(county, flood, liaison=places.empty_post(county))
    flood.refresh_from_db()
    with pytest.raises(IllegalMove, match="现在就是县级指挥"):
        places.hand_over(county, flood, level="county")
    flood.refresh_from_db()
    with pytest.raises(Stale):
        places.hand_over(county, flood, expected_version=9)
    call = {"incident": flood, "level": "city", "headquarters": "市防指", "paper": "1号"}
    with pytest.raises(Forbidden):
        move_command(county.officer, **call, reason="x", expected_version=1)
    with pytest.raises(Missing):
        move_command(
            replace(county.chief, realm="drill-1"), **call, reason="x", expected_version=1
        )
    close_incident(county.office, incident=flood, reason="完", expected_version=1)
    flood.refresh_from_db()
    with pytest.raises(IllegalMove, match="已经结束"):
        places.hand_over(county, flood)


def test_a_double_click_hands_over_once(county, flood):
    said = {"idempotency_key": "k", "paper": "示防指〔2030〕3号", "told_at": None}

    first = places.hand_over(county, flood, expected_version=1, **said)
    again = places.hand_over(county, flood, expected_version=1, **said)

    assert (first, CommandTerm.objects.count()) == (again, 1)


def test_whoever_decides_on_what_he_saw_before_is_told(county, flood, version):
    places.hand_over(county, flood)
    flood.version = 1

    with pytest.raises(Stale):
        decide_response(
            county.office,
            incident=flood,
            plan_version=version,
            kind=DecisionKind.ACTIVATE,
            level="IV",
            expected_version=1,
        )


def test_only_those_of_the_incident_see_who_commands(county, flood):
    term = places.hand_over(county, flood)

    assert list(visible_command_terms(county.office)) == [term]
    assert list(visible_command_terms(county.bystander)) == []


def test_serving_the_county_neither_lowers_nor_ends_by_itself(county, flood, version):
    response = places.decide(county.office, flood, version).response
    flood.refresh_from_db()
    places.hand_over(county, flood)
    ending = {"kind": DecisionKind.END, "level": ""}

    with pytest.raises(Invalid, match="不能自行终止"):
        places.decide(county.office, flood, version, **ending)
    response.refresh_from_db()
    assert response.is_active

    word = places.told(county, flood, "同意你县终止Ⅳ级响应")
    decision = places.decide(county.office, flood, version, superior_order=word, **ending)

    response.refresh_from_db()
    assert (response.is_active, decision.superior_order) == (False, word)


def test_the_word_of_who_commanded_before_ends_nothing(county, flood, version):
    places.decide(county.office, flood, version)
    flood.refresh_from_db()
    places.hand_over(county, flood)
    word = places.told(county, flood, "可以终止")
    flood.refresh_from_db()
    places.hand_over(county, flood, level="province", headquarters="省防指")

    with pytest.raises(Invalid, match="不能自行终止"):
        places.decide(
            county.office,
            flood,
            version,
            kind=DecisionKind.END,
            level="",
            superior_order=word,
        )


def test_serving_the_county_goes_on_to_raise_and_to_order(county, flood, version):
    places.decide(county.office, flood, version)
    flood.refresh_from_db()
    places.hand_over(county, flood)

    raised = places.decide(county.deputy, flood, version, kind=DecisionKind.RAISE, level="III")
    order = places.order(county.office, flood, county.posts["water"])

    assert (raised.state, order.state) == ("made", "issued")


def test_an_end_that_waits_for_signatures_waits_for_the_superior_too(county, flood):
    text = places.PLAN.replace(
        "decides: {all_of: [flood-office.director]}",
        "decides: {all_of: [flood-office.director, flood-hq.deputy]}",
    )
    version = places.plan(text)
    places.decide(county.office, flood, version)
    begun = Decision.objects.get()
    sign_decision(county.deputy, decision=begun, expected_version=begun.version)
    places.decide(county.office, flood, version, kind=DecisionKind.END, level="")
    pending = Decision.objects.get(state="pending")
    flood.refresh_from_db()
    places.hand_over(county, flood)

    with pytest.raises(Invalid, match="不能自行终止"):
        sign_decision(county.deputy, decision=pending, expected_version=pending.version)

    pending.refresh_from_db()
    assert pending.state == "pending"


def test_under_a_superior_an_incident_is_neither_closed_nor_merged(county, flood):
    other = places.incident(county.officer, title="另一起")
    places.hand_over(county, flood)

    with pytest.raises(IllegalMove, match="统一指挥"):
        close_incident(county.office, incident=flood, reason="完", expected_version=2)
    with pytest.raises(IllegalMove, match="市级指挥"):
        merge_incidents(
            county.officer, incident=flood, into=other, reason="同一", expected_version=2
        )
    places.hand_over(county, flood, level="county")
    closed = close_incident(county.office, incident=flood, reason="完", expected_version=3)
    assert closed.state == "closed"


def test_follow_ups_go_to_whoever_commands(county, flood, version):
    response = places.decide(county.office, flood, version).response
    owed = Report.objects.get(response=response)
    usual = owed.to
    flood.refresh_from_db()

    places.hand_over(county, flood)
    owed.refresh_from_db()
    assert (owed.to, owed.version) == (places.CITY, 1)

    places.hand_over(county, flood, level="county")
    owed.refresh_from_db()
    assert owed.to == usual
