"""Who commands on the spot, who may tell what was changed there, and when it may be withdrawn."""

from collections.abc import Iterable, Sequence

from liandong.command.models import FieldGroup, FieldPost, Order
from liandong.command.permissions import Permission
from liandong.kernel.actors import EVERYTHING, Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.models import Post


def demand_standing(field_post: FieldPost) -> None:
    """Refuse what is asked of a field headquarters that was withdrawn."""
    if not field_post.is_open:
        raise IllegalMove(
            _("%(post)s已经撤销。") % {"post": field_post},
            place=_("现场指挥部"),
            remedy=_("如现场情况又起，请重新设立。"),
        )


def demand_commissioner(field_post: FieldPost) -> None:
    """Refuse to make a headquarters of what is one."""
    if not field_post.is_commissioner:
        raise IllegalMove(
            _("%(post)s已经是现场指挥部。") % {"post": field_post},
            place=_("现场指挥部"),
            remedy=_("请刷新后看最新状态；要增加工作组的，点“增设工作组”。"),
        )


def demand_none_standing(before: FieldPost | None) -> None:
    """Refuse a second field headquarters: on the spot there is one command."""
    if before is not None:
        raise IllegalMove(
            _("已经设立%(post)s（%(place)s）。") % {"post": before, "place": before.place},
            place=_("现场指挥部"),
            remedy=_("同一事件现场统一指挥：请更换现场指挥长或增设工作组。"),
        )


def demand_holder(post: Post, *, field: str, what: str) -> None:
    """Refuse to put an empty chair in command of anything."""
    if organization.is_vacant(post):
        raise Invalid(
            _("“%(body)s %(post)s”现在无人任职。") % {"body": post.body, "post": post},
            place=what,
            remedy=_("请改选有人任职的岗位，或先安排任职。"),
            fields={field: _("岗位空缺")},
        )


def demand_in_charge(actor: Actor, field_post: FieldPost) -> None:
    """Groups are set by whoever commands on the spot, or whoever could have set it up."""
    if is_commander(actor, field_post) or actor.may(Permission.OPEN_FIELD_POST):
        return
    raise Forbidden(
        _("编组由现场指挥长或指挥部决定。"),
        place=str(field_post),
        remedy=_("请报现场指挥长“%(post)s”。") % {"post": _named(field_post.commander)},
    )


def demand_on_scene(actor: Actor, field_post: FieldPost, groups: Iterable[FieldGroup]) -> None:
    """What was changed on the spot is told by those who are there, or written down at the desk."""
    leads = any(f"post:{group.leader_id}" in actor.scopes for group in groups)
    if leads or is_commander(actor, field_post) or actor.may(Permission.NOTE_DELIVERY):
        return
    raise Forbidden(
        _("现场调整由现场指挥长或工作组组长报告。"),
        place=str(field_post),
        remedy=_("请报组长或现场指挥长；电话报告由值班员代录。"),
    )


def is_commander(actor: Actor, field_post: FieldPost) -> bool:
    """Say whether the actor commands on the spot."""
    return f"post:{field_post.commander_id}" in actor.scopes or EVERYTHING in actor.scopes


def demand_none_owed(orders: Sequence[Order]) -> None:
    """Refuse to withdraw while those under its command still owe something, and name what."""
    if orders:
        named = "、".join(f"{order.number}号令（{order.to_body}）" for order in orders[:8])
        raise IllegalMove(
            _("现场单位还有 %(n)d 条指令没有办完：%(named)s。")
            % {"n": len(orders), "named": named},
            place=_("指令"),
            remedy=_("请等它们完成，或先撤回，再撤销现场指挥部。"),
        )


def demand_withdrawn(field_post: FieldPost | None) -> None:
    """Refuse to close an incident over the heads of those who command on the spot."""
    if field_post is not None:
        raise IllegalMove(
            _("%(post)s还没有撤销。") % {"post": field_post},
            place=_("现场指挥部"),
            remedy=_("解除预警、终止响应、撤销现场指挥部分开决定：请先撤销，再结束事件。"),
        )


def _named(post: Post) -> str:
    return f"{post.body} {post.title}"
