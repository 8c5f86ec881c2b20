"""A county with one account for each role and one of everything that has an address."""

import io
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.db import transaction

from liandong.command import actions as command
from liandong.command.models import Decision, Precaution, Report, StepTask
from liandong.command.queries import staffed_address
from liandong.command.rules.call import Told
from liandong.evaluation import actions as evaluation
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.basemaps.actions import load_basemap
from liandong.kernel.files.actions import store_file
from liandong.kernel.files.uploading import begin_upload
from liandong.kernel.identity import Node
from liandong.kernel.journal.models import Delivery, Link
from liandong.kernel.permissions import Role
from liandong.kernel.timers import Timer
from liandong.kernel.worker import work_until_quiet
from liandong.messaging.actions import add_contact_point, send_message, start_call_out
from liandong.messaging.models import CallListing, Receipt
from liandong.messaging.states import Channel, Tier, Urgency
from liandong.monitoring.actions import (
    FormSpec,
    MeetingPlanSpec,
    call_meeting,
    decide_in_meeting,
    draft_warning,
    file_statistics,
    issue_warning,
    open_meeting,
    receive_warning,
    ring_statistic_form,
    set_issuing_rule,
    set_meeting_plan,
    set_statistic_form,
    set_warning_template,
)
from liandong.monitoring.signals.items import read_items
from liandong.organization.actions import (
    RoleScope,
    ask_swap,
    assign_responsibility,
    begin_handover,
    begin_roll_call,
    by_turns,
    enter_leave,
    keep_session,
    lay_shifts,
    lock_account,
    set_roster_rule,
    take_phone_record,
)
from liandong.organization.models import AccountSession
from liandong.organization.queries import actor_for
from liandong.organization.rules import FOR_POSTS
from liandong.organization.states import BodyKind
from liandong.plans import actions as plans
from liandong.plans import queries as plans_queries
from liandong.plans.queries import shipped_text
from liandong.sharing import actions as sharing
from liandong.sharing import queries as sharing_queries
from tests.command import county
from tests.factories import organization as make
from tests.kernel.grounds import archive, collection, township
from tests.monitoring.alerts import cap
from tests.monitoring.people import keeper
from tests.organization.browser import entered

ROLES = [role for role in Role if role in FOR_POSTS]
STRANGER, LOCKED, POSTLESS, NEIGHBOR = "stranger", "locked", "postless", "neighbor"
# The chairs that the plan and the ladder of orders name; every other role has a body of its own.
CHAIRS = {
    Role.COMMANDER: "flood-hq.deputy",
    Role.HEADQUARTERS_OFFICE: "flood-office.director",
    Role.DUTY_LEADER: "duty.leader",
    Role.DUTY_OFFICER: "duty.officer",
    Role.UNIT_LIAISON: "water.liaison",
    Role.TOWNSHIP: "riverside.liaison",
}
KINDS = {
    "flood-hq": BodyKind.SPECIAL_HEADQUARTERS,
    "flood-office": BodyKind.HEADQUARTERS_OFFICE,
    "riverside": BodyKind.TOWNSHIP,
}
OWN_BODY_ONLY = {Role.UNIT_LIAISON, Role.TOWNSHIP, Role.ENTERPRISE, Role.GROUP_LEADER}
WORDS = {
    "category": "暴雨",
    "level": "橙",
    "scope": "沿河",
    "cautions": "雨强大。",
    "measures": "转移。",
}


@contextmanager
def undone():
    """What is done within leaves no trace; actions may take it for the outside."""
    atomic = transaction.atomic()
    atomic._from_testcase = True
    with atomic:
        yield
        transaction.set_rollback(True)


def build():
    """Everything through the actions that make it in life."""
    Node.objects.create(division_code="330000", name="示例县", public_key="")
    world = SimpleNamespace(bodies={}, posts={}, accounts={}, clients={}, actors={})
    for role in ROLES:
        _seat(world, role)
    _neighbor(world)
    _shut_out(world)
    _emergency(world)
    _plan_under_way(world)
    _opinions(world)
    _letters(world)
    _warnings(world)
    _registers(world)
    _statistics(world)
    _meeting(world)
    _loose_ends(world)
    _staff(world)
    _day(world)
    _ground(world)
    _drill(world)
    work_until_quiet(epoch=1)
    world.delivery = Delivery.objects.create(
        link=Link.objects.last(), handler="x", subject_kind="x", subject_id="x", dead=True
    )
    world.timer = Timer.objects.create(
        realm=ACTUAL,
        kind="x",
        subject_kind="x",
        subject_id="x",
        due_at=clock.real(),
        dead=True,
        trouble="x",
    )
    world.position = Link.objects.filter(entry__audience=["duty"]).last().position
    return world


def _seat(world, role):
    """A body, a chair with the role, and an account that has come in."""
    body_key, post_key = CHAIRS.get(role, f"{role.replace('_', '-')}.holder").split(".")
    if body_key not in world.bodies:
        kind = KINDS.get(body_key, BodyKind.UNIT)
        more = {"parent": world.bodies["flood-hq"]} if body_key == "flood-office" else {}
        world.bodies[body_key] = make.body(body_key, name=f"县{role.label}", kind=kind, **more)
    body = world.bodies[body_key]
    reach = str(body.pk) if role in OWN_BODY_ONLY else "*"
    world.posts[role] = make.post(
        post_key, at=body, title=str(role.label), roles=[RoleScope(role, body=reach)]
    )
    account = make.account(
        make.person(str(role.label), at=world.posts[role]), username=f"{role}"
    )
    world.accounts[role], world.clients[role] = account, entered(account)
    world.actors[role] = actor_for(account)


def _neighbor(world):
    """Another unit's liaison: the same role, another body."""
    body = make.body("weather", name="县气象局")
    role = RoleScope(Role.UNIT_LIAISON, body=str(body.pk))
    post = make.post("liaison", at=body, title="联络员", roles=[role])
    account = make.account(make.person("赵云", at=post), username=NEIGHBOR)
    world.posts[NEIGHBOR], world.accounts[NEIGHBOR] = post, account
    world.clients[NEIGHBOR] = entered(account)


def _shut_out(world):
    """Somebody who holds no post, somebody who was locked out with a page still open."""
    world.accounts[POSTLESS] = make.account(name="无岗", username=POSTLESS)
    world.clients[POSTLESS] = entered(world.accounts[POSTLESS])
    locked = make.holder(Role.COMMANDER, name="停用", title="副总指挥", username=LOCKED)
    world.clients[LOCKED] = entered(locked)
    guard = world.actors[Role.SECURITY_ADMIN]
    locked.refresh_from_db()
    lock_account(guard, account=locked, reason="离岗", expected_version=locked.version)
    world.locked = locked


def _emergency(world):
    """An incident in which the water bureau has an order, a decision waits, and a report is due."""
    office = world.actors[Role.HEADQUARTERS_OFFICE]
    version = county.plan(county.SHARED_PLAN)
    world.incident = county.incident(world.actors[Role.DUTY_OFFICER])
    world.order = county.order(office, world.incident, world.posts[Role.UNIT_LIAISON])
    world.dispatch = command.dispatch_order(
        office,
        incident=world.incident,
        to_posts=[world.posts[Role.UNIT_LIAISON], world.posts[Role.HEADQUARTERS_OFFICE]],
        text="清点救生衣",
    )
    _words_and_water(world)
    world.signal = command.raise_signal(
        world.actors[Role.DUTY_OFFICER], channel="phone", caller="河口镇值班室"
    )
    world.consultation = command.open_consultation(
        office, incident=world.incident, attendees=[world.posts[Role.EXPERT]]
    )
    world.attendee = world.consultation.attendees.get()
    world.item = command.decide_item(
        office,
        consultation=world.consultation,
        decision="预泄腾库",
        owner=world.posts[Role.UNIT_LIAISON],
        by="今晚",
    )
    now = clock.now(ACTUAL)
    world.action_plan = command.draft_action_plan(
        office, incident=world.incident, starts_at=now, ends_at=now + timedelta(hours=12)
    )
    world.plan_task = world.action_plan.tasks.first()
    _belong_together(world)
    county.decide(world.actors[Role.COMMANDER], world.incident, version, level="III")
    world.decision = Decision.objects.get()
    world.report = command.add_report(
        office, incident=world.incident, kind="follow_up", channel="written", to="市应急局"
    )
    world.report = Report.objects.get(pk=world.report.pk)
    world.nil_round = command.ask_nil_round(
        office,
        incident=world.incident,
        bodies=[world.posts[Role.TOWNSHIP].body],
        minutes=60,
        question="险情",
    )
    world.nil_return = world.nil_round.returns.get()
    world.digest = command.compile_digest(office, kind="weekly", day=clock.now(ACTUAL).date())
    world.report_clock = command.set_report_clock(
        office, kind="final", channel="written", to="市应急局", minutes=60
    )
    world.field_post = command.open_field_post(
        world.actors[Role.COMMANDER],
        incident=world.incident,
        commander=world.posts[Role.UNIT_LIAISON],
        place="河口镇政府",
    )
    world.missing_person = command.report_missing_person(
        world.actors[Role.DUTY_OFFICER],
        incident=world.incident,
        name="李桂花",
        reporter="其子",
    )
    world.field_handover = command.give_field_command(
        world.actors[Role.UNIT_LIAISON],
        field_post=world.field_post,
        to_post=world.posts[Role.DUTY_LEADER],
        unsolved="无",
    )
    world.route = command.draw_route(
        office,
        incident=world.incident,
        kind="evacuation",
        name="柳湾至镇中学",
        points=[(Decimal("112.4"), Decimal("27.7")), (Decimal("112.41"), Decimal("27.7"))],
    )

    world.special_period = command.declare_special_period(
        office,
        kind="emergency_flood",
        declared_by="县防汛抗旱指挥部",
        paper="示防指令〔2026〕1号",
        words="全力抗洪抢险",
    )
    world.congress_filing = world.special_period.filings.get()
    _superior(world)


def _superior(world):
    """The city commands the incident, and has told the county something."""
    world.incident.refresh_from_db()
    world.command_term = command.move_command(
        world.actors[Role.COMMANDER],
        incident=world.incident,
        level="city",
        headquarters="示例市防汛抗旱指挥部",
        paper="示防指〔2026〕3号",
        reason="跨县洪水",
        liaison=world.posts[Role.HEADQUARTERS_OFFICE],
        expected_version=world.incident.version,
    )
    world.superior_order = command.receive_superior_order(
        world.actors[Role.DUTY_OFFICER],
        incident=world.incident,
        words="打开柳湾闸",
        told_by="沈主任",
        read_back="打开柳湾闸",
    )


def _words_and_water(world):
    """What a leader said, and an order to a reservoir with somebody downstream."""
    office = world.actors[Role.HEADQUARTERS_OFFICE]
    world.instruction = command.record_instruction(
        office, incident=world.incident, leader="孙县长", channel="phone", words="全力搜救"
    )
    world.operating_order = command.issue_operating_order(
        office,
        incident=world.incident,
        to_post=world.posts[Role.UNIT_LIAISON],
        reservoir="青山水库",
        gates="2 号闸开 0.5 m",
        outflow_m3s=Decimal(120),
        starts_at=clock.now(ACTUAL) + timedelta(hours=1),
        downstream=[world.posts[Role.HEADQUARTERS_OFFICE]],
    )
    world.assignment = command.assign_resource(
        office,
        incident=world.incident,
        person=make.person("孙工"),
    )


def _plan_under_way(world):
    """A plan being carried out, which asks for a decision; and measures proposed for a warning."""
    office = world.actors[Role.HEADQUARTERS_OFFICE]
    text = county.PLAN.replace("plan: flood-drought", "plan: town-drainage")
    text = text.replace("to: weather", "to: water")  # whom nothing else lets in stays out
    step = "- {id: ask, do: decide, to: flood-office.director, text: 是否停课}"
    text = text.replace("- {id: forecast,", f"{step}\n      - {{id: forecast,")
    response = county.decide(office, world.incident, county.plan(text)).response
    world.run, world.task = response.run, StepTask.objects.get()
    command.propose_precaution(
        office,
        incident=world.incident,
        plan_version=county.plan(shipped_text("warning_measures")),
        warning=str(world.incident.pk),
        title="暴雨橙色预警",
        level="II",
        to=staffed_address("flood-office"),
    )
    world.precaution = Precaution.objects.get()
    world.manuscript = plans.begin_manuscript(office, text=text)


def _opinions(world):
    """A draft, about which the water bureau has been asked."""
    office = world.actors[Role.HEADQUARTERS_OFFICE]
    draft = plans.draft_version(office, text=shipped_text("forest_fire"))
    plans.ask_opinions(
        office,
        version=draft,
        units=[world.bodies["water"]],
        due_on=clock.now(ACTUAL).date() + timedelta(days=7),
        expected_version=draft.version,
    )
    world.opinion = draft.opinions.get()


def _letters(world):
    """A message to the water bureau's liaison, an address of theirs, a file about their order."""
    liaison = world.actors[Role.UNIT_LIAISON]
    world.message = send_message(
        world.actors[Role.DUTY_OFFICER],
        to_post=world.posts[Role.UNIT_LIAISON],
        title="请回电",
        text="",
        subject_kind="command.incident",
        subject_id=str(world.incident.pk),
        audience=["duty", f"post:{world.posts[Role.UNIT_LIAISON].pk}"],
    )
    world.receipt = Receipt.objects.get(message=world.message)
    world.contact = add_contact_point(
        liaison,
        owner=world.accounts[Role.UNIT_LIAISON].person,
        channel=Channel.MOBILE,
        address="13800000001",
    )
    world.call_listing = CallListing.objects.create(
        person=world.accounts[Role.UNIT_LIAISON].person,
        tier=Tier.COUNTY,
        area="330000",
        area_name="示例县",
    )
    world.call_out = start_call_out(
        world.actors[Role.DUTY_OFFICER],
        subject_kind="command.incident",
        subject_id=str(world.incident.pk),
        title="请上岗",
        text="请立即上岗。",
        urgency=Urgency.ORANGE,
        audience=["duty"],
    )
    world.callee = world.call_out.callees.get()
    world.file = store_file(
        liaison,
        name="现场.txt",
        content=io.BytesIO("水已退".encode()),
        audience=world.order.audience,
        subject_kind="command.order",
        subject_id=str(world.order.pk),
    )
    world.upload = begin_upload(liaison, name="名单.txt", size=3)


def _warnings(world):
    """A warning the water bureau may issue, and one of its own in force."""
    liaison, body = world.actors[Role.UNIT_LIAISON], world.bodies["water"]
    said = {"hazard": "11B03", **WORDS, "starts_at": clock.now(ACTUAL), "issuing_body": body}
    world.draft = draft_warning(liaison, **said)
    world.warning = issue_warning(
        liaison, warning=draft_warning(liaison, **said), expected_version=1
    )
    # One that waits for approval, of a hazard that nothing else here is about.
    office, chief = world.actors[Role.HEADQUARTERS_OFFICE], world.posts[Role.COMMANDER]
    world.issuing_rule = set_issuing_rule(office, level="蓝", approver=chief, hazard="11F")
    world.waiting_warning = issue_warning(
        liaison,
        warning=draft_warning(liaison, **{**said, "hazard": "11F01"}),
        expected_version=1,
    )
    world.warning_template = set_warning_template(
        office, hazard="11B03", level="蓝", category="暴雨", cautions="雨。", measures="避。"
    )
    message = receive_warning(world.actors[Role.DUTY_OFFICER], body=cap(), source="传真")
    world.received = message.alerts.get()


def _statistics(world):
    """A daily form that the water bureau files for the flood office, and what it filed."""
    office, liaison = world.actors[Role.HEADQUARTERS_OFFICE], world.actors[Role.UNIT_LIAISON]
    spec = FormSpec(
        name="水库巡查日报",
        items=read_items("patrols: 巡查次数 | 次"),
        period="daily",
        due_days=0,
        due_time=time(17, 0),
        office=world.bodies["flood-office"],
        filers=[world.bodies["water"]],
    )
    world.statistic_form = set_statistic_form(office, key="reservoirs", spec=spec)
    ring_statistic_form(office, form=world.statistic_form)
    world.filing = file_statistics(
        liaison,
        filing=world.statistic_form.filings.select_related("form__office", "body").get(),
        values={"patrols": "3"},
        reason="迟了",
        expected_version=1,
    )
    world.filed_station = world.statistic_form.stations.get()


def _meeting(world):
    """A joint meeting that goes on, of the water bureau, which has been given something to do."""
    office, water = world.actors[Role.HEADQUARTERS_OFFICE], world.bodies["water"]
    flood = world.bodies["flood-office"]
    plan = MeetingPlanSpec(
        name="联席会议", office=flood, bodies=[water], months=[4], day=1, at=time(9, 0)
    )
    world.meeting_plan = set_meeting_plan(office, spec=plan)
    called = call_meeting(
        office,
        office=flood,
        title="七月联席会议",
        begins_at=clock.now(ACTUAL) + timedelta(days=1),
        bodies=[water],
    )
    world.meeting = open_meeting(office, meeting=called, expected_version=1)
    world.meeting_seat = world.meeting.seats.get()
    world.meeting_decision = decide_in_meeting(
        office,
        meeting=world.meeting,
        text="清理河道",
        owner=water,
        due_on=clock.now(ACTUAL).date() + timedelta(days=9),
    )


def _staff(world):
    """The water bureau's liaison is going to be away, and answers for a reservoir."""
    office = world.actors[Role.HEADQUARTERS_OFFICE]
    liaison = world.accounts[Role.UNIT_LIAISON].person
    begins = clock.now(ACTUAL) + timedelta(days=30)
    world.leave = enter_leave(
        office, person=liaison, from_at=begins, until_at=begins + timedelta(days=3)
    )
    world.responsibility = assign_responsibility(
        office,
        object_kind="sharing.reservoir",
        object_id="7",
        object_name="青山水库",
        role="patrol",
        person=liaison,
    )


def _day(world):
    """A day on duty: a rule, a swap asked for, a roll-call, a call in the book, a handover begun."""
    office, officer = world.actors[Role.HEADQUARTERS_OFFICE], world.actors[Role.DUTY_OFFICER]
    person = world.accounts[Role.DUTY_OFFICER].person
    world.water = world.bodies["water"]
    world.roster_rule = set_roster_rule(
        office,
        title="值班",
        role="officer",
        days="every",
        at=time(8),
        hours=24,
        people=[person],
    )
    begins = clock.now(ACTUAL) + timedelta(days=40)
    shift = lay_shifts(make.maker(), shifts=by_turns("officer", [person], begins, days=1))
    world.swap = ask_swap(officer, shift=shift, person=world.person, reason="家里有事")
    world.roll_call = begin_roll_call(officer, bodies=[world.water])
    world.roll_call_line = world.roll_call.lines.get()
    world.phone_record = take_phone_record(officer, caller="河口镇", what="桥面积水")
    world.handover = begin_handover(officer, to=None)


def _registers(world):
    """A slope of the water bureau's with a defect; a round it answered, and a bulletin it was given."""
    liaison, office = world.actors[Role.UNIT_LIAISON], world.actors[Role.HEADQUARTERS_OFFICE]
    water, today = world.bodies["water"], sharing_queries.today()
    values = {"kind": "dike", "grade": "2"}
    row = sharing.RecordRow(name="城关险工段", body_id=str(water.pk), values=values)
    world.record = sharing.enter_record(liaison, kind="risk_source", row=row)
    other = sharing.RecordRow(name="城北险工段", body_id=str(water.pk), values=values)
    world.taking = sharing.take_records(
        liaison, kind="risk_source", rows=[other], source="险工段.xlsx"
    )
    world.goods_name = sharing.name_goods(office, name="雨棚", code="1010200")
    world.map_view = sharing.save_map_view(
        liaison, name="城区", query="shape=circle", is_shared=True
    )
    world.inspection = sharing.record_inspection(
        liaison,
        record=world.record,
        done_on=today,
        by="李明",
        found="塌坡",
        mend_by=today,
        expected_version=1,
    )
    asked = {
        "office": world.bodies["flood-office"],
        "kinds": ["risk_source"],
        "bodies": [water],
        "due_at": clock.now(ACTUAL) + timedelta(days=3),
    }
    done = sharing.open_round(office, title="汛前报送", **asked)
    made = sharing.compile_bulletin(office, round=done, without="略", expected_version=1)
    director = replace(office, person="another")
    sharing.approve_bulletin(director, bulletin=made, expected_version=1)
    world.bulletin = sharing.distribute_bulletin(
        director, bulletin=made, bodies=[water], expected_version=2
    )
    world.round = sharing.open_round(office, title="汛期报送", **asked)
    world.return_ = world.round.returns.get()


def _ground(world):
    """Base maps of both kinds."""
    admin = world.actors[Role.SYSTEM_ADMIN]
    world.drawing = load_basemap(admin, name="县.geojson", content=collection(township()))
    world.tiles = load_basemap(admin, name="县.pmtiles", content=archive())


def _drill(world):
    """A drill the water bureau's liaison plays in, and one line of its script."""
    office = world.actors[Role.HEADQUARTERS_OFFICE]
    world.drill = evaluation.plan_drill(
        office,
        name="防汛演练",
        kind="full",
        plans=[plans_queries.active_version("flood-drought")],
        objectives="指令全部复诵",
        planned_for=clock.now(ACTUAL) + timedelta(days=3),
    )
    evaluation.enrol_people(
        office,
        drill=world.drill,
        people=[world.accounts[Role.UNIT_LIAISON].person],
        part="player",
    )
    _past_drill(world, office)
    world.inject = evaluation.add_inject(
        office, drill=world.drill, kind="word", title="桥断", text="桥断", trigger="hand"
    )


def _past_drill(world, office):
    """A drill that is over, and what the water bureau has to mend after it."""
    drill = evaluation.plan_drill(
        office,
        name="往年演练",
        kind="tabletop",
        plans=[plans_queries.active_version("flood-drought")],
        objectives="叫应",
        planned_for=clock.now(ACTUAL),
    )
    for role, part in ((Role.HEADQUARTERS_OFFICE, "controller"), (Role.UNIT_LIAISON, "player")):
        evaluation.enrol_people(
            office, drill=drill, people=[world.accounts[role].person], part=part
        )
    drill = evaluation.start_drill(office, drill=drill, expected_version=drill.version)
    inside = replace(office, realm=drill.realm)
    world.past_drill = evaluation.end_drill(
        inside, drill=drill, words="完", expected_version=drill.version
    )
    world.improvement = evaluation.ask_improvement(
        office,
        drill=world.past_drill,
        finding="漏报",
        wanted="补训",
        owner=world.posts[Role.UNIT_LIAISON],
        due_on=clock.now(ACTUAL).date() + timedelta(days=30),
    )


def _loose_ends(world):
    """Somebody nobody signs in as, to be moved about; a station, a device, a phrase."""

    from liandong.monitoring.actions import SeriesSpec, register_station, set_rainstorm_signals
    from liandong.monitoring.states import Quantity

    world.nil_standing = command.set_nil_standing(
        world.actors[Role.HEADQUARTERS_OFFICE], question="险情", at=time(17), minutes=60
    )
    world.order_phrase = command.keep_order_phrase(
        world.actors[Role.HEADQUARTERS_OFFICE], text="封闭＿＿漫水桥"
    )
    world.body = make.body("archive", name="县档案馆")
    world.post = make.post("clerk", at=world.body, title="科员")
    world.person = make.person("何人")
    world.appointment = make.appointed(world.person, world.post)
    world.account = make.account(world.person, username="clerk")
    kept = keep_session(world.account, known="", browser="", address="127.0.0.1")
    world.session = AccountSession.objects.get(pk=kept)
    world.desk = make.desk(world.posts[Role.DUTY_OFFICER])
    world.attendance = make.on_duty(world.desk, world.accounts[Role.DUTY_OFFICER])
    world.device = make.device(token="d" * 40, body=world.posts[Role.UNIT_LIAISON].body)
    world.shift = lay_shifts(
        make.maker(),
        shifts=by_turns("officer", [world.person], clock.now(ACTUAL), days=1),
    )
    world.station = register_station(
        keeper(),
        code="21401501",
        name="上游",
        kind="PP",
        lon=Decimal("122.5"),
        lat=Decimal("39.9"),
        series=[SeriesSpec(quantity=Quantity.RAIN)],
    )
    world.series = world.station.series.get()
    set_rainstorm_signals(keeper(), series=world.series)
    world.threshold = world.station.series.get().thresholds.first()


def _belong_together(world):
    """A second incident linked to the first, a call, and one thing that was handed to the water bureau."""
    officer = world.actors[Role.DUTY_OFFICER]
    slide = county.incident(officer, title="滑坡", hazard="11D")
    world.link = command.link_incidents(
        officer, incident=slide, to=world.incident, kind="caused_by", reason="雨后"
    )
    told = Told(caller="河口镇", hazard="11D", place="石门", what="滑坡")
    world.call = command.register_call(officer, told=told, incident=slide)
    world.telling = world.call.pk
    world.transfer = command.transfer_call(
        officer,
        call=world.call,
        to_body=world.posts[Role.UNIT_LIAISON].body,
        text="石门滑坡",
        reason="归水利局",
    )
