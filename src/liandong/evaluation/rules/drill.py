"""Who may plan and steer a drill, and from where."""

from dataclasses import replace

from liandong.evaluation import queries
from liandong.evaluation.models import Drill
from liandong.evaluation.models.drill import FASTEST
from liandong.evaluation.permissions import Permission
from liandong.evaluation.states import SCRIPT, STAFF, DrillState, Part
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing
from liandong.kernel.wording import gettext as _


def seated(actor: Actor, drill: Drill) -> Actor:
    """Give the same person in the realm a drill is dealt with in: its own while it goes on."""
    return replace(actor, realm=drill.realm if drill.is_under_way else ACTUAL)


def demand_seat(actor: Actor, drill: Drill) -> None:
    """A drill under way is steered within it, else from what is real: its journal tells all of it."""
    if actor.realm != (drill.realm if drill.is_under_way else ACTUAL):
        raise Missing(
            _("“%(row)s”不在当前的演练或实战里。") % {"row": drill},
            remedy=_("请核对页面上标明的是演练还是实战。"),
        )


def demand_actual(actor: Actor) -> None:
    """Drills are planned, and their lists are kept, from what is real only."""
    if actor.realm != ACTUAL:
        raise Forbidden(
            _("演练里不能制定演练。"), remedy=_("请点“回到实战”，再制定或修改演练。")
        )


def demand_controller(actor: Actor, drill: Drill) -> None:
    """Only whoever is on the list as a controller steers; the script by itself may go on."""
    if actor.kind == SCRIPT or queries.part_in(drill, actor) == Part.CONTROLLER:
        return
    raise Forbidden(
        _("只有这场演练的导调人员能办。"),
        place=str(drill),
        remedy=_("请由名单上的导调人员办理，或请制定人把您列为导调。"),
    )


def demand_author(actor: Actor, drill: Drill) -> None:
    """The script is written by controllers, and by whoever plans the drill without playing in it."""
    part = queries.part_in(drill, actor)
    if not may_see_script(actor, part) or part == Part.EVALUATOR:
        raise Forbidden(
            _("脚本由导调人员编写，参演人员不能看、不能改。"),
            place=str(drill),
            remedy=_("请由名单上的导调人员办理。"),
        )


def may_see_script(actor: Actor, part: Part | None) -> bool:
    """Whether somebody may know what is still to come: staff, and planners who do not play."""
    if part is not None:
        return part in STAFF
    return actor.may(Permission.PLAN_DRILL)


def may_steer(actor: Actor, part: Part | None) -> bool:
    """Whether somebody may start, stop and steer."""
    return actor.may(Permission.RUN_DRILL) and part == Part.CONTROLLER


def demand_on_list(actor: Actor, drill: Drill) -> None:
    """Only whoever is on the list goes in, and only where there is a realm to go into."""
    if drill.began_at is None:
        raise IllegalMove(_("演练还没有开始。"), remedy=_("开始后页面上方会出现“进入演练”。"))
    if queries.part_in(drill, actor) is None:
        raise IllegalMove(
            _("您不在这场演练的名单里。"),
            place=str(drill),
            remedy=_("请用本人账号登录，或请制定人把您列入名单。"),
        )


def demand_planned(drill: Drill) -> None:
    """What is decided before the start stands once it has begun."""
    if drill.state != DrillState.PLANNED:
        raise IllegalMove(
            _("演练“%(drill)s”%(state)s，不能再改方案。")
            % {"drill": drill, "state": drill.get_state_display()},
            remedy=_("需要再演的，请另行制定一场。"),
        )


def demand_ready(drill: Drill) -> None:
    """A drill needs somebody who steers it and somebody who plays."""
    parts = set(drill.enrolments.values_list("part", flat=True))
    for part in (Part.CONTROLLER, Part.PLAYER):
        if part not in parts:
            raise IllegalMove(
                _("名单上还没有%(part)s人员。") % {"part": part.label},
                place=str(drill),
                remedy=_("请先在演练页列入人员。"),
            )


def demand_rate(rate: int) -> int:
    """Return the speed; refuses a clock that stands, and one faster than anybody can follow."""
    if not 1 <= rate <= FASTEST:
        wrong = _("请填 1 到 %(most)d。") % {"most": FASTEST}
        raise Invalid(
            _("时钟倍速不对。"), place=_("时钟倍速"), remedy=wrong, fields={"rate": wrong}
        )
    return rate


def demand_words(text: str, *, field: str, what: str) -> str:
    """Return the words without the blanks around them; refuses none at all."""
    if not text.strip():
        raise Invalid(
            _("没有填写%(what)s。") % {"what": what},
            place=what,
            remedy=_("请填写%(what)s后再办。") % {"what": what},
            fields={field: _("请填写这一项。")},
        )
    return text.strip()
