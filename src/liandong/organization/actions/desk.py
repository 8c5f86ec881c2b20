"""Duty-room machines (值班机): registered, let in once by a code, joined and left by the shift."""

import hashlib

from django.contrib.auth.hashers import make_password

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import rules
from liandong.organization.actions.account import audience_of
from liandong.organization.actions.keeping import keep
from liandong.organization.events import (
    DeskCodeRenewed,
    DeskEnrolled,
    DeskRegistered,
    ShiftJoined,
    ShiftLeft,
)
from liandong.organization.models import Account, Attendance, Person, Post, Secret
from liandong.organization.permissions import Permission
from liandong.organization.states import AccountKind


@action(Permission.REGISTER_DEVICE)
def register_desk(
    actor: Actor,
    *,
    username: str,
    title: str,
    post: Post,
    code: Secret,
    idempotency_key: str = "",
) -> Account:
    """Give a machine of the duty room an account, and the code that lets it in once.

    It shows what ``post`` sees, and does what is ordinary in the name of the shift. Publishes
    ``DeskRegistered``; refuses names in use, one's own post and an administrator's.
    """
    rules.demand_actual(actor)
    rules.demand_desk_post(actor, post)
    account = Account(
        username=username.strip().lower(),
        kind=AccountKind.DESK,
        title=title.strip(),
        body=post.body,
        desk_post=post,
        password=make_password(str(code)),
        created_at=clock.now(actor.realm),
    )
    keep(account)
    happened(
        DeskRegistered(
            subject_id=str(account.pk),
            username=account.username,
            title=account.title,
            post_id=str(post.pk),
        ),
        audience=audience_of(account),
    )
    return account


@action(Permission.ROTATE_TOKEN)
def renew_desk_code(
    actor: Actor,
    *,
    account: Account,
    code: Secret,
    expected_version: int,
    idempotency_key: str = "",
) -> Account:
    """Shut a machine out at once, and let it, or another in its place, in by a new code.

    Publishes ``DeskCodeRenewed``; refuses accounts that are no duty-room machine.
    """
    rules.demand_actual(actor)
    _demand_desk(account)
    account.change(
        expected_version=expected_version,
        password=make_password(str(code)),
        token_digest=None,
        session_era=account.session_era + 1,
    )
    happened(
        DeskCodeRenewed(
            subject_id=str(account.pk), username=account.username, title=account.title
        ),
        audience=audience_of(account),
    )
    return account


@action(Permission.ENROLL_DESK)
def enroll_desk(
    actor: Actor,
    *,
    account: Account,
    code: Secret,
    token: Secret,
    browser: str,
    address: str,
    idempotency_key: str = "",
) -> Account:
    """Make the browser that knows the code the duty-room machine; the code is spent.

    Publishes ``DeskEnrolled``; refuses a wrong or spent code. Of the token only a digest is kept.
    """
    _demand_desk(account)
    if not account.is_open or not account.check_password(code):
        raise Invalid(
            _("登记码不对，或已经用过。"),
            remedy=_("请核对抄下的四组字符，或请安全管理员更换登记码。"),
            fields={"code": _("登记码不对，或已经用过")},
        )
    account.change(
        expected_version=account.version,
        password=make_password(None),
        token_digest=hashlib.sha256(token.encode()).hexdigest(),
        session_era=account.session_era + 1,
    )
    happened(
        DeskEnrolled(
            subject_id=str(account.pk),
            username=account.username,
            title=account.title,
            browser=browser,
            address=address,
        ),
        audience=audience_of(account),
    )
    return account


@action(Permission.USE_OWN_ACCOUNT)
def join_shift(
    actor: Actor, *, desk: Account, person: Person, by: str, idempotency_key: str = ""
) -> Attendance:
    """Come on duty at a machine (签到), having proved who one is. Publishes ``ShiftJoined``.

    Refuses to sign on somebody else, and who is on duty there already.
    """
    rules.demand_actual(actor)
    _demand_desk(desk)
    if actor.person != str(person.pk):
        raise Forbidden(_("只能为自己签到。"), remedy=_("请本人在值班机上签到。"))
    if Attendance.objects.filter(desk=desk, person=person, until=None).exists():
        raise IllegalMove(
            _("%(name)s已经签到。") % {"name": person.name},
            place=desk.title,
            remedy=_("不必再办。"),
        )
    row = Attendance(desk=desk, person=person, since=clock.now(actor.realm))
    keep(row)
    happened(
        ShiftJoined(
            subject_id=str(desk.pk),
            attendance_id=str(row.pk),
            person_id=str(person.pk),
            person_name=person.name,
            title=desk.title,
            by=by,
        ),
        audience={*audience_of(desk), "duty"},
    )
    return row


@action(Permission.KEEP_DESK)
def leave_shift(
    actor: Actor, *, attendance: Attendance, idempotency_key: str = ""
) -> Attendance:
    """Go off duty (签退) at the machine that asks. Publishes ``ShiftLeft``.

    Leaving takes rights away and gives none, so it asks for no proof. Refuses who has left, and
    other machines' shifts.
    """
    if actor.account != str(attendance.desk_id):
        raise Forbidden(_("只能在签到的值班机上签退。"), remedy=_("请到原来的值班机上签退。"))
    rows = Attendance.objects.filter(pk=attendance.pk, until=None)
    if not rows.update(until=clock.real()):
        raise IllegalMove(
            _("%(name)s已经签退。") % {"name": attendance.person.name}, remedy=_("不必再办。")
        )
    desk = attendance.desk
    happened(
        ShiftLeft(
            subject_id=str(desk.pk),
            attendance_id=str(attendance.pk),
            person_id=str(attendance.person_id),
            person_name=attendance.person.name,
            title=desk.title,
        ),
        audience={*audience_of(desk), "duty"},
    )
    return attendance


def _demand_desk(account: Account) -> None:
    if account.kind != AccountKind.DESK:
        raise IllegalMove(
            _("这不是值班机。"), place=str(account), remedy=_("请从账号管理中选值班机。")
        )
