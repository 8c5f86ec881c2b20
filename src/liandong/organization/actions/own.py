"""What everybody does with their own account."""

from django.contrib.auth.hashers import make_password

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden
from liandong.kernel.wording import gettext as _
from liandong.organization import rules
from liandong.organization.actions.account import audience_of
from liandong.organization.events import (
    PasswordChanged,
    SecondFactorAdded,
    SecondFactorWithdrawn,
    SessionsCut,
    SignedOut,
)
from liandong.organization.models import Account, Secret
from liandong.organization.permissions import Permission


@action(Permission.CHANGE_PASSWORD)
def change_password(
    actor: Actor,
    *,
    account: Account,
    password: Secret,
    expected_version: int,
    idempotency_key: str = "",
) -> Account:
    """Take a new password for one's own account; sessions elsewhere end. Says ``PasswordChanged``.

    Refuses other people's accounts and devices.
    """
    _demand_own(actor, account)
    rules.demand_person_account(account)
    account.change(
        expected_version=expected_version,
        password=make_password(str(password)),
        must_change_password=False,
        session_era=account.session_era + 1,
    )
    happened(
        PasswordChanged(subject_id=str(account.pk), username=account.username),
        audience=audience_of(account),
    )
    return account


@action(Permission.USE_OWN_ACCOUNT)
def end_own_sessions(
    actor: Actor, *, account: Account, expected_version: int, idempotency_key: str = ""
) -> Account:
    """End every session of one's own account. Publishes ``SessionsCut``; refuses other accounts."""
    _demand_own(actor, account)
    account.change(expected_version=expected_version, session_era=account.session_era + 1)
    happened(
        SessionsCut(
            subject_id=str(account.pk), username=account.username, reason=_("本人结束")
        ),
        audience=audience_of(account),
    )
    return account


@action(Permission.USE_OWN_ACCOUNT)
def sign_out(actor: Actor, *, account: Account, idempotency_key: str = "") -> Account:
    """Record that somebody left. Publishes ``SignedOut``; refuses other people's accounts."""
    _demand_own(actor, account)
    happened(
        SignedOut(subject_id=str(account.pk), username=account.username),
        audience=audience_of(account),
    )
    return account


@action(Permission.USE_OWN_ACCOUNT)
def add_second_factor(
    actor: Actor, *, account: Account, method: str, idempotency_key: str = ""
) -> Account:
    """Record a second factor that its owner has just proved. Publishes ``SecondFactorAdded``."""
    _demand_own(actor, account)
    happened(
        SecondFactorAdded(subject_id=str(account.pk), username=account.username, method=method),
        audience=audience_of(account),
    )
    return account


@action(Permission.USE_OWN_ACCOUNT)
def withdraw_second_factor(
    actor: Actor, *, account: Account, method: str, idempotency_key: str = ""
) -> Account:
    """Record that an owner took a second factor off. Publishes ``SecondFactorWithdrawn``."""
    _demand_own(actor, account)
    happened(
        SecondFactorWithdrawn(
            subject_id=str(account.pk), username=account.username, method=method
        ),
        audience=audience_of(account),
    )
    return account


def _demand_own(actor: Actor, account: Account) -> None:
    if actor.account != str(account.pk):
        raise Forbidden(_("只能办理自己的账号。"), remedy=_("请安全管理员办理他人的账号。"))
