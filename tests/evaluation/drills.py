"""A drill of the small county: the office steers, the duty leader watches, the others play."""

from dataclasses import replace
from datetime import UTC, datetime

from liandong.evaluation import actions
from liandong.evaluation.models import Drill, Inject
from liandong.evaluation.rules.drill import seated
from liandong.evaluation.states import InjectKind, Part, Trigger
from liandong.kernel import clock

NOON = datetime(2030, 7, 14, 4, tzinfo=UTC)
PARTS = {
    "office": Part.CONTROLLER,
    "leader": Part.EVALUATOR,
    "officer": Part.PLAYER,
    "water": Part.PLAYER,
    "chief": Part.OBSERVER,
}


def planned(county, version, **more):
    said = {
        "name": "清溪河防汛演练",
        "kind": "full",
        "plans": [version],
        "objectives": "30 分钟内启动响应\n指令全部复诵",
        "planned_for": NOON,
        "told_from": NOON,
    }
    return actions.plan_drill(county.office, **(said | more))


def person(county, name):
    return county.accounts[name].person


def listed(county, version, parts=None, **more):
    drill = planned(county, version, **more)
    for name, part in (PARTS if parts is None else parts).items():
        actions.enrol_people(
            county.office, drill=drill, people=[person(county, name)], part=part
        )
    return Drill.objects.get(pk=drill.pk)


def started(county, drill):
    """Running, its clock held at noon so that nothing depends on how fast the machine is."""
    drill = actions.start_drill(county.office, drill=drill, expected_version=drill.version)
    clock.set_clock(drill.realm, NOON, rate=0)
    return Drill.objects.get(pk=drill.pk)


def inside(actor, drill):
    return replace(actor, realm=drill.realm)


def written(county, drill, **more):
    said = {
        "kind": InjectKind.WORD,
        "title": "河口镇漫水桥被淹",
        "text": "桥面水深 40 厘米，两岸各有车辆滞留。",
        "trigger": Trigger.HAND,
    }
    actor = seated(county.office, drill)
    return actions.add_inject(actor, drill=drill, **(said | more))


def told(county, inject):
    drill = Drill.objects.get(pk=inject.drill_id)
    row = Inject.objects.select_related("drill", "to_post__body").get(pk=inject.pk)
    return actions.deliver_inject(
        seated(county.office, drill), inject=row, expected_version=row.version
    )
