"""Who may, and when: what the organization refuses."""

import re
from collections.abc import Iterable
from itertools import pairwise
from uuid import UUID

from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import queries
from liandong.organization.models import Account, Body, Person, Post
from liandong.organization.permissions import Permission

# Devices, neighbors and the public sit in no chair.
FOR_POSTS = frozenset(Role.values) - {Role.DEVICE, Role.PEER_NODE, Role.PUBLIC}
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


def demand_actual(actor: Actor) -> None:
    """Bodies, posts, people and accounts are the county's own: a drill does not change them."""
    if actor.realm != ACTUAL:
        raise Forbidden(
            _("演练中不能改动机构、人员和账号。"), remedy=_("请先退出演练，再到组织页办理。")
        )


def demand_mergeable(body: Body, into: Body) -> None:
    """Refuse a body twice, itself, and one that is itself no more."""
    if body.merged_into_id:
        raise IllegalMove(_("“%(body)s”已经撤并。") % {"body": body}, place=str(body))
    if into.pk == body.pk or into.merged_into_id:
        raise Invalid(
            _("不能并入“%(into)s”。") % {"into": into},
            place=str(body),
            remedy=_("请选接手其职责的现有单位。"),
            fields={"into": _("请另选单位")},
        )


def demand_separation(roles: Iterable[str], *, place: str) -> None:
    """One post or person is at most one of the three administrators (三员分离)."""
    if len(ADMINISTRATORS.intersection(roles)) > 1:
        raise Forbidden(
            _("系统、安全、审计三种管理员不能由同一岗位或同一人担任。"),
            place=place,
            remedy=_("请分别设岗、分别任职。"),
        )


def demand_another(actor: Actor, person: UUID | str | None) -> None:
    """Nobody widens their own rights."""
    if actor.person and str(person) == actor.person:
        raise Forbidden(
            _("不能办理自己的任职、授权和账号。"), remedy=_("请由另一位有权限的人办理。")
        )


def demand_leave_of(actor: Actor, person: Person) -> None:
    """One's own leave, or by office that of the people of one's bodies."""
    if actor.person == str(person.pk) or actor.kind == "timer":
        return
    bodies = {str(one.post.body_id) for one in queries.positions_of(person)} or {"none"}
    if not any(actor.may(Permission.KEEP_LEAVE, body=body) for body in bodies):
        raise Forbidden(
            _("不能登记%(name)s的请假。") % {"name": person.name},
            remedy=_("请本人、本单位联络员或指挥部办公室登记。"),
        )


def demand_answering(actor: Actor, pairs: Iterable[tuple[Person | None, Post | None]]) -> None:
    """Who may be made to answer for something: people and posts of the bodies the actor keeps."""
    if actor.may(Permission.ASSIGN_RESPONSIBILITY, body="none"):
        return
    listed = list(pairs)
    people = [person.pk for person, post in listed if person and not post]
    seats = queries.bodies_of_people(people) if people else {}
    for person, post in listed:
        bodies = {post.body_id} if post else seats.get(person.pk, set()) if person else set()
        if not any(
            actor.may(Permission.ASSIGN_RESPONSIBILITY, body=str(one)) for one in bodies
        ):
            raise Forbidden(
                _("只能安排本单位的人和岗位负责。"),
                place=str(person or post),
                remedy=_("请由对方单位或指挥部办公室办理。"),
            )


def demand_chair(actor: Actor, post: Post, roles: frozenset[str]) -> None:
    """Posts of administrators are filled by the security administrator alone."""
    if roles & ADMINISTRATORS and not actor.may(Permission.SET_ROLES):
        raise Forbidden(
            _("管理员岗位只能由安全管理员安排任职。"),
            place=str(post),
            remedy=_("请将任职事项转安全管理员办理。"),
        )


def demand_person_account(account: Account) -> None:
    """Devices have tokens, not passwords."""
    if account.person_id is None:
        raise IllegalMove(_("设备账号没有口令。"), remedy=_("请改用“更换令牌”。"))


def demand_desk_post(actor: Actor, post: Post) -> None:
    """A machine anybody may touch shows no administrator's chair, nor the registrar's own."""
    roles = {one.role for one in queries.roles_of_post(post)}
    if roles & ADMINISTRATORS or actor.post == str(post.pk):
        raise Forbidden(
            _("值班机不能挂在管理员的岗位上。"),
            place=str(post),
            remedy=_("请选值班室的岗位。"),
        )


def demand_good_pin(pin: str) -> None:
    """Six to twelve digits, and not what everybody tries first."""
    if not re.fullmatch(r"[0-9]{6,12}", pin):
        raise _bad_pin(_("签名口令应为 6 至 12 位数字。"))
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    halves = {pin[: len(pin) // 2], pin[len(pin) // 2 :]}
    if len(steps) == 1 or len(set(pin)) < 4 or len(halves) == 1:
        raise _bad_pin(_("这个签名口令太容易猜。"))


def _bad_pin(title: str) -> Invalid:
    return Invalid(
        title,
        remedy=_("请换一个：不要连号、重号，也不要两半相同。"),
        fields={"pin": title},
    )
