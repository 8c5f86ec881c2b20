"""A chemical leak: upgraded twice by the library's plan, taken over by the city, handed back, ended."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from liandong.command import actions
from liandong.command.models import Order, Proposal, Report, Response
from liandong.command.queries import command_sheet, replay, room_now, standing_term
from liandong.command.rules.call import Told
from liandong.command.states import LIVE, DecisionKind
from liandong.demo.county import build_county
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.journal.models import Link
from liandong.kernel.problems import Invalid
from liandong.kernel.worker import work_until_quiet
from liandong.organization.queries import account_of, actor_for, holders, post_by_key
from liandong.plans.actions import adopt_version
from liandong.plans.queries import shipped_text
from tests.people import office

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
CITY = "示例市生产安全事故应急指挥部"
READER = system_actor("node", "重放", ACTUAL)
OFFICE, COMMANDER = "work-safety-office.director", "work-safety-hq.commander"


@pytest.fixture
def county(db):
    """The sample county, in which everybody the plan names holds a chair, and the library's plan."""

    def seated(key):
        """Whoever holds a post, come in by their own account."""
        holder = holders(post_by_key(key))[0]
        return actor_for(account_of(holder))

    build_county(watched=False)
    version = adopt_version(office(), text=shipped_text("hazardous_chemicals"))
    return SimpleNamespace(seated=seated, version=version)


def known(county, incident, **facts):
    """The desk enters what was found out; everything that follows by itself has happened."""
    desk = county.seated("emergency.duty-officer")
    actions.record_incident_facts(desk, incident=incident, facts=facts, source="现场侦检组")
    work_until_quiet(epoch=1)
    incident.refresh_from_db()
    return Proposal.objects.filter(incident=incident).latest("ordinal")


def decide(county, who, incident, kind, level, proposal=None, **more):
    incident.refresh_from_db()
    said = {
        "matters": "危险化学品泄漏应急响应",
        "expected_until": clock.now(ACTUAL) + timedelta(days=1),
        "measures": "警戒、疏散、堵漏、监测",
        "expected_version": incident.version,
    }
    decision = actions.decide_response(
        county.seated(who),
        incident=incident,
        plan_version=county.version,
        kind=kind,
        level=level,
        proposal=proposal,
        **(said | more),
    )
    work_until_quiet(epoch=1)
    return decision


def carried_out(county, order, text):
    """The unit reads back, accepts and reports it done with what was asked for."""
    desk = county.seated("emergency.duty-officer")
    for act, said in (
        (actions.read_back_order, {"text": order.text}),
        (actions.accept_order, {}),
    ):
        order = act(desk, order=order, expected_version=order.version, **said)
    return actions.finish_order(desk, order=order, text=text, expected_version=order.version)


def opened(county):
    """The plant calls; the call opens the incident."""
    told = Told(
        caller="丰源化工值班长",
        hazard="12A",
        place="工业园区丰源化工厂",
        what="液氨储罐泄漏，正在扩散",
    )
    desk = county.seated("emergency.duty-officer")
    return actions.register_call(desk, told=told).incident


def upgraded_twice(county, incident):
    """Graded three times, and decided each time by those whom the plan entitles."""
    first = known(county, incident, leak_controlled=False, evacuated_people=120)
    assert first.level == "IV"
    decide(county, OFFICE, incident, DecisionKind.ACTIVATE, "IV", first)
    second = known(county, incident, injured_or_poisoned=12)
    assert (second.kind, second.level) == ("raise", "III")
    decide(county, COMMANDER, incident, DecisionKind.RAISE, "III", second)
    third = known(county, incident, endangered_people=15)
    assert (third.kind, third.level) == ("raise", "II")
    raised = consented(
        county, decide(county, COMMANDER, incident, DecisionKind.RAISE, "II", third)
    )
    assert (raised.state, Response.objects.get().level) == ("made", "II")


def consented(county, decision):
    """The head of the general headquarters consents, where the plan asks for it."""
    if decision.state == "pending":
        chief = county.seated("general-hq.commander")
        version = decision.version
        decision = actions.give_consent(chief, decision=decision, expected_version=version)
        work_until_quiet(epoch=1)
    return decision


def taken_over(county, incident):
    """The city takes over by telephone: what the county ordered stands on the sheet and goes on."""
    live = Order.objects.filter(state__in=sorted(LIVE)).count()
    incident.refresh_from_db()
    term = actions.move_command(
        county.seated(COMMANDER),
        incident=incident,
        level="city",
        headquarters=CITY,
        told_by="市应急局 沈主任",
        told_at=clock.now(ACTUAL),
        read_back="自即时起由市指挥部统一指挥",
        reason="涉险超过 10 人",
        keeps="群众疏散安置、道路管控",
        liaison=post_by_key(OFFICE),
        expected_version=incident.version,
    )
    work_until_quiet(epoch=1)
    sheet = command_sheet(READER, incident, until=term.entered_at)
    assert len(sheet.orders) == live > 0
    assert sheet.responses == ["Ⅱ级响应（示例县危险化学品事故应急预案）"]
    assert sheet.room.command == "县级指挥"
    assert {one.to for one in Report.objects.filter(kind="follow_up")} == {CITY}


def served(county, incident):
    """The city's words become an order that cites them, is carried out and reported back."""
    desk = county.seated("emergency.duty-officer")
    word = actions.receive_superior_order(
        desk,
        incident=incident,
        words="用雾状水稀释，关闭 3 号罐根部阀",
        told_by="市指挥部 沈指挥长",
        read_back="雾状水稀释，关 3 号罐根部阀",
    )
    order = actions.issue_order(
        county.seated(OFFICE),
        incident=incident,
        to_post=post_by_key("fire-rescue.liaison"),
        text=word.words,
        superior_order=word,
    )
    carried_out(county, order, "根部阀已关")
    word = actions.report_superior_order(
        desk,
        superior_order=word,
        text="根部阀 10 时 20 分关闭",
        reported_to="市指挥部 沈指挥长",
        expected_version=word.version,
    )
    assert word.state == "reported"


def ended_by_its_word(county, incident):
    """Serving, the county ends nothing by itself; by the city's word it does."""
    ending = {"overrule_reason": "泄漏已止，监测合格"}
    with pytest.raises(Invalid, match="不能自行终止"):
        decide(county, COMMANDER, incident, DecisionKind.END, "", **ending)
    agreed = actions.receive_superior_order(
        county.seated("emergency.duty-officer"),
        incident=incident,
        words="同意你县终止响应",
        told_by="市指挥部 沈指挥长",
        paper="示安指〔2026〕7号",
    )
    ending["superior_order"] = agreed
    consented(county, decide(county, COMMANDER, incident, DecisionKind.END, "", **ending))
    assert not Response.objects.get().is_active


def handed_back_and_closed(county, incident):
    """Command comes back; what is left is taken back, and the incident closed."""
    incident.refresh_from_db()
    actions.move_command(
        county.seated(COMMANDER),
        incident=incident,
        level="county",
        headquarters="县生产安全事故应急指挥部",
        paper="示安指〔2026〕8号",
        reason="处置结束",
        expected_version=incident.version,
    )
    office_ = county.seated(OFFICE)
    for left in Order.objects.filter(state__in=sorted(LIVE)):
        why = {"reason": "响应已终止", "expected_version": left.version}
        actions.recall_order(office_, order=left, **why)
    incident.refresh_from_db()
    why = {"reason": "泄漏已止，群众返回", "expected_version": incident.version}
    actions.close_incident(county.seated(COMMANDER), incident=incident, **why)
    work_until_quiet(epoch=1)
    incident.refresh_from_db()


def test_a_leak_is_upgraded_twice_taken_over_by_the_city_and_handed_back(county):
    incident = opened(county)
    upgraded_twice(county, incident)
    taken_over(county, incident)
    served(county, incident)
    ended_by_its_word(county, incident)
    handed_back_and_closed(county, incident)

    # The journal alone tells all of it, in order, and comes to the room as it stands.
    first = {}
    told = Link.objects.order_by("position").values_list("entry__name", flat=True)
    for position, name in enumerate(told):
        first.setdefault(name, position)
    chain = [
        "command.call_registered",
        "command.level_proposed",
        "command.response_decided",
        "command.consent_given",
        "command.command_moved",
        "command.superior_order_received",
        "command.superior_order_reported",
        "command.incident_closed",
    ]
    assert sorted(chain, key=first.__getitem__) == chain
    assert replay(READER, incident).room == room_now(READER, incident)
    terms = incident.command_terms.order_by("starts_at")
    assert [one.level for one in terms] == ["city", "county"]
    assert not standing_term(incident).is_superior
