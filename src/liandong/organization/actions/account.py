"""What the security administrator does with people's accounts."""

from allauth.mfa.models import Authenticator
from axes.utils import reset as forget_failures
from django.contrib.auth.hashers import make_password

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.keeping import keep
from liandong.organization.events import (
    AccountCreated,
    AccountLocked,
    AccountUnlocked,
    PasswordReset,
    SecondFactorReset,
    SessionsCut,
)
from liandong.organization.models import Account, Person, Secret
from liandong.organization.permissions import SECOND_FACTOR_ROLES, Permission
from liandong.organization.states import IdentityCheck


def audience_of(account: Account) -> frozenset[str]:
    """Name who may read about an account: its owner, and the administrators that watch over it."""
    return frozenset({"audit", "security", f"account:{account.pk}"})


@action(Permission.CREATE_ACCOUNT)
def create_account(
    actor: Actor,
    *,
    person: Person,
    username: str,
    password: Secret | None = None,
    email: str = "",
    idempotency_key: str = "",
) -> Account:
    """Give a person an account, with a one-time password or, for the present, none.

    Publishes ``AccountCreated``; refuses names in use and a second account. The password is
    digested here and told to nobody; whoever signs in with it must choose another.
    """
    rules.demand_actual(actor)
    account = Account(
        username=username.strip().lower(),
        person=person,
        email=email,
        password=make_password(str(password) if password else None),
        must_change_password=password is not None,
        created_at=clock.now(actor.realm),
    )
    keep(account)
    happened(
        AccountCreated(
            subject_id=str(account.pk), username=account.username, person_id=str(person.pk)
        ),
        audience=audience_of(account),
    )
    return account


@action(Permission.LOCK_ACCOUNT)
def lock_account(
    actor: Actor,
    *,
    account: Account,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Account:
    """Shut an account and end its sessions. Publishes ``AccountLocked``, which cuts its streams.

    Refuses one's own account, an account that is locked, and a lock without a reason.
    """
    rules.demand_actual(actor)
    rules.demand_another(actor, account.person_id)
    if account.is_locked:
        raise IllegalMove(_("账号已经锁定。"), place=str(account), remedy=_("不必再办。"))
    if not reason.strip():
        raise Invalid(
            _("请写明锁定的原因。"), place=str(account), fields={"reason": _("请填写原因")}
        )
    shut(account, reason=reason.strip(), expected_version=expected_version)
    return account


def shut(account: Account, *, reason: str, expected_version: int) -> None:
    """Lock an account and tell of it."""
    account.change(
        expected_version=expected_version,
        is_locked=True,
        lock_reason=reason[:200],
        session_era=account.session_era + 1,
    )
    happened(
        AccountLocked(
            subject_id=str(account.pk), username=account.username, reason=reason[:200]
        ),
        audience=audience_of(account),
    )


@action(Permission.UNLOCK_ACCOUNT)
def unlock_account(
    actor: Actor, *, account: Account, expected_version: int, idempotency_key: str = ""
) -> Account:
    """Open a locked account again. Publishes ``AccountUnlocked``; refuses one that is open."""
    rules.demand_actual(actor)
    rules.demand_another(actor, account.person_id)
    if not account.is_locked:
        raise IllegalMove(_("账号没有锁定。"), place=str(account), remedy=_("不必再办。"))
    account.change(expected_version=expected_version, is_locked=False, lock_reason="")
    happened(
        AccountUnlocked(subject_id=str(account.pk), username=account.username),
        audience=audience_of(account),
    )
    return account


@action(Permission.RESET_PASSWORD)
def reset_password(
    actor: Actor,
    *,
    account: Account,
    password: Secret,
    expected_version: int,
    idempotency_key: str = "",
) -> Account:
    """Give out a one-time password and end the sessions. Publishes ``PasswordReset``.

    Refuses one's own account and devices. Whoever signs in with it must choose another; failures
    counted so far are forgotten, so that a forgotten password does not keep its owner waiting.
    """
    rules.demand_actual(actor)
    rules.demand_another(actor, account.person_id)
    rules.demand_person_account(account)
    account.change(
        expected_version=expected_version,
        password=make_password(str(password)),
        must_change_password=True,
        session_era=account.session_era + 1,
    )
    forget_failures(username=account.username)
    happened(
        PasswordReset(subject_id=str(account.pk), username=account.username),
        audience=audience_of(account),
    )
    return account


@action(Permission.RESET_SECOND_FACTOR)
def reset_second_factor(
    actor: Actor,
    *,
    account: Account,
    reason: str,
    identity: str,
    witness: Person | None = None,
    expected_version: int,
    idempotency_key: str = "",
) -> Account:
    """Take every second factor off an account whose owner has lost it, and end the sessions.

    ``identity`` is how it was made sure who asked. Publishes ``SecondFactorReset``; refuses
    one's own account, a reset without reason or check, and, for an account whose posts ask for
    a second factor, one without a witness who is neither the owner nor the administrator.
    """
    rules.demand_actual(actor)
    rules.demand_another(actor, account.person_id)
    _refuse_unchecked(account, reason, identity)
    _refuse_unwatched(actor, account, witness)
    account.change(expected_version=expected_version, session_era=account.session_era + 1)
    Authenticator.objects.filter(user=account).delete()
    happened(
        SecondFactorReset(
            subject_id=str(account.pk),
            username=account.username,
            reason=reason.strip(),
            identity=str(IdentityCheck(identity).label),
            witness=witness.name if witness else "",
        ),
        audience=audience_of(account),
    )
    return account


@action(Permission.END_SESSIONS)
def end_sessions(
    actor: Actor,
    *,
    account: Account,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Account:
    """End every session of an account at once. Publishes ``SessionsCut``, which cuts streams."""
    rules.demand_actual(actor)
    account.change(expected_version=expected_version, session_era=account.session_era + 1)
    happened(
        SessionsCut(
            subject_id=str(account.pk), username=account.username, reason=reason.strip()
        ),
        audience=audience_of(account),
    )
    return account


def _refuse_unchecked(account: Account, reason: str, identity: str) -> None:
    missing = {} if reason.strip() else {"reason": _("请填写原因")}
    if identity not in IdentityCheck.values:
        missing["identity"] = _("请选择")
    if missing:
        raise Invalid(_("请写明原因和核对身份的办法。"), place=str(account), fields=missing)


def _refuse_unwatched(actor: Actor, account: Account, witness: Person | None) -> None:
    """Who decides for the county, or administers it, is let back in by two."""
    asked = account.person and SECOND_FACTOR_ROLES & queries.roles_of_person(account.person)
    strangers = {str(account.person_id), actor.person}
    if (asked and witness is None) or (witness and str(witness.pk) in strangers):
        raise Invalid(
            _("这个账号的岗位要求第二因素，重置须有第二人在场见证。"),
            place=str(account),
            remedy=_("请选一位在场的人，不能是本人和办理人。"),
            fields={"witness": _("请选在场的第二人")},
        )
