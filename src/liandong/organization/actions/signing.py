"""PINs, and the proof that it is really its owner who signs at a shared machine."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F, Q

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor, system_actor
from liandong.kernel.problems import Forbidden, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import rules
from liandong.organization.actions.account import audience_of
from liandong.organization.events import PinLocked, PinReset, PinSet, SignatureFailed
from liandong.organization.models import Account, Secret
from liandong.organization.permissions import Permission
from liandong.organization.states import Proof

MOST_FAILURES = 5
PAUSE = timedelta(minutes=1)


@action(Permission.USE_OWN_ACCOUNT)
def set_pin(
    actor: Actor,
    *,
    account: Account,
    pin: Secret,
    expected_version: int,
    idempotency_key: str = "",
) -> Account:
    """Choose the PIN (签名口令) one signs with on shared machines. Publishes ``PinSet``.

    Unlocks a PIN that failures have shut. Refuses other people's accounts, PINs of other than 6
    to 12 digits, and such as everybody would guess first.
    """
    if actor.account != str(account.pk):
        raise Forbidden(_("只能办理自己的账号。"), remedy=_("签名口令由本人设定。"))
    rules.demand_person_account(account)
    rules.demand_good_pin(str(pin))
    account.change(
        expected_version=expected_version,
        pin=make_password(str(pin)),
        pin_failures=0,
        signing_paused_until=None,
    )
    happened(
        PinSet(subject_id=str(account.pk), username=account.username),
        audience=audience_of(account),
    )
    return account


@action(Permission.RESET_PIN)
def reset_pin(
    actor: Actor, *, account: Account, expected_version: int, idempotency_key: str = ""
) -> Account:
    """Take away a PIN that was forgotten or told; its owner chooses another. Says ``PinReset``.

    Refuses one's own account.
    """
    rules.demand_actual(actor)
    rules.demand_another(actor, account.person_id)
    account.change(
        expected_version=expected_version, pin="", pin_failures=0, signing_paused_until=None
    )
    happened(
        PinReset(subject_id=str(account.pk), username=account.username),
        audience=audience_of(account),
    )
    return account


@action(Permission.RECORD_SIGN_IN)
def record_failed_signature(
    actor: Actor, *, account: Account, desk: Account, tries: int, idempotency_key: str = ""
) -> Account:
    """Record a wrong PIN or code. Publishes ``SignatureFailed``, with the last try ``PinLocked``."""
    about = {"username": account.username, "desk": desk.title}
    audience = {*audience_of(account), f"account:{desk.pk}"}
    happened(SignatureFailed(subject_id=str(account.pk), **about), audience=audience)
    if tries == MOST_FAILURES:
        happened(PinLocked(subject_id=str(account.pk), **about), audience=audience)
    return account


def prove(
    desk: Account, account: Account, code: Secret, *, password_too: bool = False
) -> Proof:
    """Make sure that the owner of an account is there: by PIN or one-time code.

    ``password_too`` takes the password as well, for coming on duty. Every try is counted before
    it is looked at, so that many at once are no more than one after another. After five
    failures the PIN is shut until its owner sets another, and a code may be tried once a minute.
    Raises ``Invalid``; failures are journaled.
    """
    now = clock.real()
    rows = Account.objects.filter(pk=account.pk).filter(
        Q(signing_paused_until=None) | Q(signing_paused_until__lte=now)
    )
    if not rows.update(pin_failures=F("pin_failures") + 1):
        raise _wrong(
            _("签名口令已锁定，一分钟内不能再试。"), _("请稍候用动态码，或请本人重设签名口令。")
        )
    account.refresh_from_db()
    found = _proof(account, code, password_too=password_too)
    if found is None:
        _count(desk, account)
        raise _refusal(account)
    # A shut PIN stays shut, by whatever else its owner has proved it.
    left = min(account.pin_failures - 1, MOST_FAILURES)
    shut = account.pin_failures > MOST_FAILURES
    Account.objects.filter(pk=account.pk).update(pin_failures=left if shut else 0)
    return found


def _proof(account: Account, code: Secret, *, password_too: bool) -> Proof | None:
    if not account.is_open or not code:
        return None
    may_pin = account.pin and account.pin_failures <= MOST_FAILURES
    if may_pin and check_password(str(code), account.pin):
        return Proof.PIN
    totp = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    if totp and totp.wrap().validate_code(str(code).strip()):
        return Proof.TOTP
    may_password = password_too and not account.must_change_password
    if may_password and account.check_password(str(code)):
        return Proof.PASSWORD
    return None


def _count(desk: Account, account: Account) -> None:
    if account.pin_failures >= MOST_FAILURES:
        Account.objects.filter(pk=account.pk).update(signing_paused_until=clock.real() + PAUSE)
    door = system_actor("desk", desk.title, ACTUAL, Permission.RECORD_SIGN_IN)
    record_failed_signature(door, account=account, desk=desk, tries=account.pin_failures)


def _refusal(account: Account) -> Invalid:
    left = MOST_FAILURES - account.pin_failures
    if left <= 0:
        return _wrong(
            _("签名口令已锁定。"), _("可用动态码；或请本人在“我的账号”重设签名口令。")
        )
    if not account.pin:
        return _wrong(
            _("签名口令或动态码不对。"),
            _("此人还没有设签名口令，请用动态码，或先在“我的账号”设定。"),
        )
    return _wrong(
        _("签名口令或动态码不对。"), _("还可试 %(n)s 次，再错就锁定签名口令。") % {"n": left}
    )


def _wrong(title: str, remedy: str) -> Invalid:
    return Invalid(title, remedy=remedy, fields={"signing_code": f"{title}{remedy}"})
