"""Accounts of devices: a token instead of a password."""

import hashlib

from django.contrib.auth.hashers import make_password

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import rules
from liandong.organization.actions.account import audience_of
from liandong.organization.actions.keeping import keep
from liandong.organization.events import DeviceRegistered, TokenRotated
from liandong.organization.models import Account, Body, Secret
from liandong.organization.permissions import Permission
from liandong.organization.states import AccountKind

SHORTEST_TOKEN = 32


@action(Permission.REGISTER_DEVICE)
def register_device(
    actor: Actor,
    *,
    username: str,
    title: str,
    token: Secret,
    body: Body | None = None,
    idempotency_key: str = "",
) -> Account:
    """Give a device an account and its first token. Publishes ``DeviceRegistered``.

    Refuses names in use and tokens that could be guessed. Only the token's digest is kept.
    """
    rules.demand_actual(actor)
    account = Account(
        username=username.strip().lower(),
        kind=AccountKind.DEVICE,
        title=title.strip(),
        body=body,
        password=make_password(None),
        token_digest=_digest(token),
        created_at=clock.now(actor.realm),
    )
    keep(account)
    happened(
        DeviceRegistered(
            subject_id=str(account.pk),
            username=account.username,
            title=account.title,
            body_id=str(body.pk) if body else "",
        ),
        audience=audience_of(account),
    )
    return account


@action(Permission.ROTATE_TOKEN)
def rotate_token(
    actor: Actor,
    *,
    account: Account,
    token: Secret,
    expected_version: int,
    idempotency_key: str = "",
) -> Account:
    """Give a device another token; the old one is refused at once. Publishes ``TokenRotated``.

    Refuses people's accounts and tokens that could be guessed.
    """
    rules.demand_actual(actor)
    if account.kind != AccountKind.DEVICE:
        raise IllegalMove(
            _("这不是设备账号。"), place=str(account), remedy=_("人员账号请用“重置口令”。")
        )
    account.change(
        expected_version=expected_version,
        token_digest=_digest(token),
        session_era=account.session_era + 1,
    )
    happened(
        TokenRotated(subject_id=str(account.pk), username=account.username),
        audience=audience_of(account),
    )
    return account


def _digest(token: Secret) -> str:
    if len(token) < SHORTEST_TOKEN:
        raise Invalid(
            _("设备令牌太短。"),
            remedy=_("请使用系统生成的令牌。"),
            fields={"token": _("设备令牌太短")},
        )
    return hashlib.sha256(token.encode()).hexdigest()
