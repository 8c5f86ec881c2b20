import random
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal

import pytest

from liandong.command import actions
from liandong.command.handlers import answer_warning
from liandong.command.models import (
    ActionPlan,
    Assignment,
    ConsultationItem,
    EvacuationHousehold,
    FieldPresence,
    Instruction,
    MissingPerson,
    NilReturn,
    NilRound,
    OperatingOrder,
    Order,
    Precaution,
    Route,
    SpecialPeriod,
    SuperiorOrder,
)
from liandong.command.queries import replay, room_now, standing_field_post
from liandong.command.rules.field_people import read_newcomers
from liandong.command.states import HouseholdState, MissingState
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.journal.models import Entry, Link
from liandong.kernel.journal.sequencing import sequence
from liandong.kernel.journal.verifying import verify
from liandong.kernel.problems import Problem
from liandong.kernel.upkeep.erasing import erase_payload
from liandong.organization.models import Person
from liandong.plans.queries import shipped_text
from tests.command import county as places
from tests.command.leaving import listed
from tests.command.test_handlers import cause, warned
from tests.people import auditor

pytestmark = pytest.mark.django_db
READER = system_actor("node", "重放", ACTUAL)
MOMENTS = 120
HOUR = timedelta(hours=1)
# Everything in which somebody is named.
PERSONAL = (
    "command.field_party_signed_in",
    "command.missing_person_reported",
    "command.missing_person_settled",
    "command.missing_person_reopened",
    "command.evacuation_listed",
    "command.households_moved",
    "command.nil_return_answered",
)


def on_the_spot(county, flood, chance):
    post = standing_field_post(flood)
    if post is None:
        said = {"commander": county.posts["deputy"], "place": "河口镇"}
        return [lambda: actions.open_field_post(county.chief, incident=flood, **said)] * 4
    there = list(FieldPresence.objects.filter(party__field_post=post).order_by("?"))
    some = {"field_post": post, "people": there[: chance.randrange(1, 3)]}
    came = {"unit": f"民兵连{chance.randrange(99)}", "headcount": chance.randrange(2, 6)}
    well = {"fitness": "fit", "insured": True, "geared": True}
    names = read_newcomers("张三 13800000001")
    return [
        lambda: actions.sign_in_field_party(
            county.officer, field_post=post, people=names, **came, **well
        ),
        lambda: actions.rest_field_people(county.officer, **some),
        lambda: actions.resume_field_people(county.officer, **some),
        lambda: actions.sign_out_field_people(county.officer, **some),
    ] * 2


def rescued(county, flood, chance):
    person = MissingPerson.objects.order_by("?").first()
    homes = list(EvacuationHousehold.objects.select_related("list__township").order_by("?"))
    found = {"state": chance.choice(list(MissingState)[1:]), "words": "在下游找到李桂花"}
    left = {"state": chance.choice(list(HouseholdState)), "words": "家里有牲口"}
    return [
        lambda: actions.report_missing_person(
            county.officer, incident=flood, name="李桂花", reporter="其子"
        ),
        lambda: actions.settle_missing_person(
            county.officer, person=person, expected_version=person.version, **found
        ),
        lambda: actions.reopen_missing_person(
            county.officer, person=person, reason="认错了", expected_version=person.version
        ),
        lambda: listed(county, flood),
        lambda: actions.move_households(
            county.officer, incident=flood, households=homes[: chance.randrange(1, 4)], **left
        ),
    ]


def told(county, flood, chance):
    order = SuperiorOrder.objects.order_by("?").first()
    words = Instruction.objects.order_by("?").first()
    round_ = NilRound.objects.order_by("?").first()
    answer = NilReturn.objects.order_by("?").first()
    state = chance.choice(["nil", "news"])
    bodies = [county.bodies["riverside"], county.bodies["water"]]
    return [
        lambda: places.told(county, flood, finish_by=clock.now(ACTUAL) + HOUR),
        lambda: actions.report_superior_order(
            county.officer,
            superior_order=order,
            text="已开闸",
            reported_to="市防指",
            expected_version=order.version,
        ),
        lambda: actions.record_instruction(
            county.officer, incident=flood, leader="孙县长", channel="phone", words="搜救"
        ),
        lambda: actions.answer_instruction(
            county.officer,
            instruction=words,
            answer="已办",
            expected_version=words.version,
        ),
        lambda: actions.ask_nil_round(
            county.officer, incident=flood, bodies=bodies, minutes=60, question="险情"
        ),
        lambda: actions.answer_nil_return(
            county.officer,
            row=answer,
            state=state,
            text="李家进水",
            expected_version=answer.version,
        ),
        lambda: actions.urge_nil_round(places.timer_actor(), round_=round_),
    ]


def decided(county, flood, chance):
    item = ConsultationItem.objects.order_by("?").first()
    plan = ActionPlan.objects.order_by("-number").first()
    now = clock.now(ACTUAL)
    opened = flood.consultations.first()
    span = {"starts_at": now, "ends_at": now + HOUR}
    period = SpecialPeriod.objects.filter(state="in_force").first()
    return [
        lambda: actions.open_consultation(
            county.office, incident=flood, attendees=[county.posts["deputy"]]
        ),
        lambda: actions.decide_item(
            county.office,
            consultation=opened,
            decision="转移低洼处群众",
            owner=county.posts["water"],
            by="天黑前",
        ),
        lambda: actions.withdraw_item(
            county.office, item=item, reason="写错", expected_version=item.version
        ),
        lambda: actions.settle_item(
            county.water, item=item, outcome="办完", expected_version=item.version
        ),
        lambda: actions.order_item(
            county.office,
            item=item,
            to_post=county.posts["water"],
            text="转移",
            expected_version=item.version,
        ),
        lambda: actions.draft_action_plan(county.office, incident=flood, **span),
        lambda: actions.edit_action_plan(
            county.office,
            action_plan=plan,
            parts={"aims": "保安全", "sectors": "上游", "safety": "双岗", "resources": "民兵"},
            expected_version=plan.version,
            **span,
        ),
        lambda: actions.declare_special_period(
            county.chief,
            kind="emergency_flood",
            declared_by="县防指",
            paper="示防〔2030〕1号",
            words="征用船只",
            incident=flood,
            ends_at=now + 48 * HOUR,
        ),
        lambda: actions.lift_special_period(
            county.chief,
            period=period,
            lifted_by="县防指",
            paper="示防〔2030〕2号",
            reason="退水",
            expected_version=period.version,
        ),
    ]


def sent(county, flood, chance):
    given = Assignment.objects.filter(state="assigned").first()
    operating = OperatingOrder.objects.filter(confirmed_at=None).first()
    route = Route.objects.filter(state="drawn").first()
    finished = Order.objects.filter(state="finished").first()
    now = clock.now(ACTUAL)
    return [
        lambda: actions.assign_resource(
            county.office, incident=flood, person=Person.objects.get(name="李明")
        ),
        lambda: actions.release_resource(
            county.office, assignment=given, reason="归队", expected_version=given.version
        ),
        lambda: actions.issue_operating_order(
            county.office,
            incident=flood,
            to_post=county.posts["water"],
            reservoir="青山水库",
            gates="2 号闸",
            outflow_m3s=Decimal(120),
            starts_at=now + HOUR,
            downstream=[county.posts["riverside"]],
        ),
        lambda: actions.confirm_downstream(
            county.office,
            operating=operating,
            reached_otherwise="村干部逐户敲门",
            expected_version=operating.version,
        ),
        lambda: actions.draw_route(
            county.office,
            incident=flood,
            kind="evacuation",
            name="柳湾路",
            points=[(Decimal("110.1"), Decimal("30.1")), (Decimal("110.2"), Decimal("30.2"))],
        ),
        lambda: actions.withdraw_route(
            county.office, route=route, reason="水退", expected_version=route.version
        ),
        lambda: actions.return_order(
            county.office,
            order=finished,
            reason="没有封住",
            finish_within=HOUR,
            expected_version=finished.version,
        ),
        lambda: places.hand_over(
            county, flood, level=chance.choice(["city", "county"]), starts_at=now
        ),
    ]


KINDS = (on_the_spot, rescued, told, decided, sent)


def played(county, flood, chance):
    """What the room showed after each deed, by the journal's position of then."""
    shown = {}
    while len(shown) < MOMENTS:
        try:
            chance.choice(chance.choice(KINDS)(county, flood, chance))()
        except (Problem, AttributeError):  # nothing there yet to do it to
            continue
        sequence(epoch=1)
        flood.refresh_from_db()
        shown[Link.objects.last().position] = deepcopy(room_now(READER, flood))
    return shown


def test_the_registers_are_told_again_at_120_moments_and_their_numbers_also_after_erasure(
    county, flood
):
    shown = played(county, flood, random.Random(85))
    last = list(shown.values())[-1].registers
    for position, room in shown.items():
        assert replay(READER, flood, position=position).room == room
    assert {name for name, told in vars(last).items() if not told} == {"precautions"}

    for entry in Entry.objects.filter(name__in=PERSONAL):
        erase_payload(auditor(), entry=entry.pk, reason="《突发事件应对法》第八十五条")

    for position, room in shown.items():
        assert replay(READER, flood, position=position).room == room
    sequence(epoch=1)
    assert verify().verified


def test_measures_of_a_warning_are_told_again_as_they_came_to_stand(county, at):
    now = at("2030-01-01T08:00")
    places.plan(shipped_text("warning_measures"))
    office = str(county.bodies["flood-office"].pk)
    answer_warning(warned(level="黄", body_id=office), cause(now))
    first = Precaution.objects.get()
    rooms = []

    def look():
        sequence(epoch=1)
        rooms.append((Link.objects.last().position, deepcopy(room_now(READER, first.incident))))

    look()
    actions.adopt_precaution(
        county.office,
        precaution=first,
        steps=["information"],
        expected_version=first.version,
    )
    look()
    first.refresh_from_db()
    actions.end_precaution(places.timer_actor(), precaution=first)
    look()

    stood = [room.registers.precautions[str(first.pk)] for _position, room in rooms]
    assert stood == ["proposed", "adopted", "ended"]
    for position, room in rooms:
        assert replay(READER, first.incident, position=position).room == room
