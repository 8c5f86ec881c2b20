"""A county small enough to be read at a glance: a headquarters, its office, four units, a plan."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from liandong.command import actions
from liandong.command.models import Incident, Order
from liandong.command.permissions import Permission
from liandong.command.states import DecisionKind
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.permissions import Role
from liandong.organization.models import Account, Appointment, Body, Person, Post, PostRole
from liandong.organization.queries import actor_for
from liandong.organization.states import BodyKind, Management
from liandong.plans.actions import adopt_version
from liandong.plans.models import PlanVersion
from liandong.sharing.actions import RecordRow, enter_record
from liandong.sharing.models import Record
from tests.people import office as any_office
from tests.sharing.people import keeper_of

PLAN = """
language: 1
plan: flood-drought
title: 示例县防汛抗旱应急预案
kind: special
hazard: 11A
headquarters: flood-hq
levels:
  III:
    source: {status: assumed}
    when: {any: [{stations_above_warning: {at_least: 1}}]}
    decides: {all_of: [flood-hq.deputy]}
    expected: P2D
    builds_on: IV
    steps:
      - {id: patrol, do: order, to: riverside, text: 沿河堤防巡查，险情 20 分钟内报, acknowledge_within: PT5M, finish_within: PT1H, proof: [photo]}
      - {id: shelter, do: order, to: riverside, text: 转移低洼地带群众 63 人, after: [patrol], acknowledge_within: PT5M}
      - {id: consult, do: consult, to: flood-hq.deputy, text: 主持会商}
      - {id: sitrep, do: report, to: flood-office.director, text: 续报, every: PT6H}
  IV:
    source: {status: assumed}
    when: {any: [{rainstorm_signal: {at_least: 橙}}]}
    decides: {all_of: [flood-office.director]}
    informs: [{post: flood-hq.deputy, within: PT30M}]
    expected: P1D
    steps:
      - {id: watch, do: order, to: water, text: 加密水情监测, acknowledge_within: PT10M, finish_within: PT30M}
      - {id: forecast, do: order, to: weather, text: 滚动预报}
      - {id: sitrep, do: report, to: flood-office.director, text: 续报, every: PT12H}
"""
SHARED_PLAN = PLAN.replace(
    "decides: {all_of: [flood-hq.deputy]}",
    "decides: {all_of: [flood-hq.deputy, flood-office.director]}",
)
# A plan that says when it ends, with a step that waits for a fact.
ENDING_PLAN = (
    PLAN.replace(
        "      - {id: forecast,",
        "      - {id: guard, do: order, to: weather, text: 看守, waits_for: {open_flame_out: true}}\n"
        "      - {id: forecast,",
    )
    + "ends_when: {all: [{open_flame_out: true}, {smoke_out: true}]}\n"
)
LONG_AGO = datetime(2012, 1, 1, tzinfo=UTC)
TOP = {"chief", "deputy"}
BODIES = [
    ("flood-hq", "县防汛抗旱指挥部", BodyKind.SPECIAL_HEADQUARTERS),
    ("flood-office", "县防指办公室", BodyKind.HEADQUARTERS_OFFICE),
    ("duty", "县应急局值班室"),
    ("water", "县水利局"),
    ("riverside", "河口镇", BodyKind.TOWNSHIP),
    ("weather", "县气象局"),
    ("schools", "县教育局"),
]
STAFF = {
    "chief": ("flood-hq.commander", "指挥长", "孙县长"),
    "deputy": ("flood-hq.deputy", "常务副指挥长", "郑平"),
    "office": ("flood-office.director", "主任", "周远"),
    "officer": ("duty.officer", "值班员", "吴静"),
    "leader": ("duty.leader", "带班领导", "何川"),
    "water": ("water.liaison", "联络员", "李明"),
    "riverside": ("riverside.liaison", "联络员", "王强"),
    "weather": ("weather.liaison", "联络员", "赵云"),
    "bystander": ("schools.liaison", "联络员", "钱多"),
}
ROLES = {
    "chief": Role.COMMANDER,
    "deputy": Role.COMMANDER,
    "office": Role.HEADQUARTERS_OFFICE,
    "officer": Role.DUTY_OFFICER,
    "leader": Role.DUTY_LEADER,
    "riverside": Role.TOWNSHIP,
}


def found():
    """Found the county in a few statements; everybody who works in it, by name, with their posts."""
    bodies = {key: _body(key, *rest) for key, *rest in BODIES}
    bodies["flood-office"].parent = bodies["flood-hq"]
    Body.objects.bulk_create(bodies.values())
    posts = {name: _post(bodies, *STAFF[name][:2]) for name in STAFF}
    for name in posts.keys() - {"chief"}:
        posts[name].superior = posts["chief" if name == "deputy" else "deputy"]
    Post.objects.bulk_create([posts[name] for name in ("chief", "deputy", *posts.keys() - TOP)])
    PostRole.objects.bulk_create(
        PostRole(post=posts[name], role=ROLES.get(name, Role.UNIT_LIAISON)) for name in posts
    )
    people = {name: Person(name=STAFF[name][2], sort_key=name) for name in posts}
    Person.objects.bulk_create(people.values())
    Appointment.objects.bulk_create(
        Appointment(post=posts[name], person=people[name], from_at=LONG_AGO) for name in posts
    )
    accounts = {
        name: Account(username=name, person=people[name], created_at=LONG_AGO) for name in posts
    }
    Account.objects.bulk_create(accounts.values())
    actors = {name: actor_for(account) for name, account in accounts.items()}
    return SimpleNamespace(bodies=bodies, posts=posts, accounts=accounts, **actors)


def _body(key, name, kind=BodyKind.UNIT):
    return Body(key=key, name=name, short_name=name, kind=kind, sort_key=key)


def _post(bodies, key, title):
    body = bodies[key.split(".")[0]]
    return Post(key=key, body=body, title=title, is_liaison="联络" in title or "." not in key)


def empty_post(county):
    """A post nobody holds, below the commander."""
    body = _body("power", "供电公司")
    body.save()
    post = Post(key="power.liaison", body=body, title="联络员", superior=county.posts["chief"])
    post.save()
    return post


def outside(county, key="garrison", name="武警中队", management=Management.MILITARY, **more):
    """A post of a body that the county does not manage, and somebody in it."""
    body = _body(key, name, **more)
    body.management = management
    body.save()
    post = Post(key=f"{key}.liaison", body=body, title="联络员", superior=county.posts["chief"])
    post.save()
    PostRole.objects.create(post=post, role=Role.UNIT_LIAISON)
    person = Person.objects.create(name=f"{name}员", sort_key=key)
    Appointment.objects.create(post=post, person=person, from_at=LONG_AGO)
    county.accounts[key] = Account.objects.create(
        username=key, person=person, created_at=LONG_AGO
    )
    county.posts[key], county.bodies[key] = post, body
    return actor_for(county.accounts[key])


def plan(text=PLAN) -> PlanVersion:
    return adopt_version(any_office(), text=text)


def incident(actor, **more) -> Incident:
    told = {"title": "清溪河洪水", "hazard": "11A", "source": "电话"} | more
    return actions.open_incident(actor, **told)


def expert(county, name, **values) -> Record:
    """Somebody of the register of experts, entered by the water bureau."""
    body = county.bodies["water"]
    row = RecordRow(name=name, body_id=str(body.pk), values={"field": "water"} | values)
    return enter_record(keeper_of(body), kind="expert", row=row)


def order(actor, incident, post, **more) -> Order:
    return actions.issue_order(
        actor, incident=incident, to_post=post, **({"text": "封闭漫水桥 2 座"} | more)
    )


def decide(actor, incident, version, *, kind=DecisionKind.ACTIVATE, level="IV", **more):
    incident.refresh_from_db()
    said = {
        "matters": "防汛应急响应",
        "expected_until": clock.now(incident.realm) + timedelta(days=1),
        "measures": "巡堤查险，转移群众",
        "expected_version": incident.version,
    }
    return actions.decide_response(
        actor, incident=incident, plan_version=version, kind=kind, level=level, **(said | more)
    )


CITY = "示例市防汛抗旱指挥部"


def hand_over(county, incident, *, level="city", **more):
    """Overall command passes by a call that was said back; the county's again by the same way."""
    up = level != "county"
    said = {
        "headquarters": CITY if up else "县防汛抗旱指挥部",
        "reason": "较大事件由市指挥" if up else "市防指撤回",
        "told_by": "市防指办 沈主任",
        "told_at": clock.now(incident.realm),
        "read_back": "即时起由市防指统一指挥" if up else "即时起由县里指挥",
        "liaison": county.posts["office"] if up else None,
        "expected_version": incident.version,
    }
    return actions.move_command(county.chief, incident=incident, level=level, **(said | more))


def told(county, incident, words="打开柳湾闸分洪", **more):
    """A superior's words, written down at the desk."""
    said = {"told_by": "市防指 沈指挥长", "read_back": words} | more
    return actions.receive_superior_order(
        county.officer, incident=incident, words=words, **said
    )


def timer_actor(realm=ACTUAL):
    return system_actor("timer", "时钟", realm, *Permission)


def accepted(actor, order, *, back="封闭漫水桥2座"):
    order = actions.read_back_order(
        actor, order=order, text=back, expected_version=order.version
    )
    return actions.accept_order(actor, order=order, expected_version=order.version)
