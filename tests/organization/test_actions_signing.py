import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.core.cache import cache

from liandong.kernel import clock
from liandong.kernel.problems import Forbidden, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.actions.signing import MOST_FAILURES, PAUSE
from liandong.organization.models import Account, Secret
from liandong.organization.permissions import Permission
from liandong.organization.states import Proof
from tests.config.browser import code
from tests.factories import organization as make
from tests.organization.journal import everything, told
from tests.people import allowed

pytestmark = pytest.mark.django_db
PIN = "739146"


@pytest.fixture(autouse=True)
def _codes_are_fresh():
    cache.clear()


@pytest.fixture
def desk():
    return make.desk(make.post())


def set_pin(account, pin=PIN, *, version=None, actor=None, **more):
    return actions.set_pin(
        actor or queries.actor_for(account),
        account=account,
        pin=Secret(pin),
        expected_version=version or account.version,
        **more,
    )


def reset_pin(account, *, actor=None, version=None, **more):
    return actions.reset_pin(
        actor or allowed(Permission.RESET_PIN),
        account=account,
        expected_version=version or account.version,
        **more,
    )


def owner(**more):
    return set_pin(make.account(**more))


def totp(account):
    secret = generate_totp_secret()
    Authenticator.objects.create(
        user=account, type="totp", data={"secret": get_adapter().encrypt(secret)}
    )
    return code(secret, clock.real().timestamp())


def prove(desk, account, text, **more):
    return actions.prove(desk, account, Secret(text), **more)


def fail(desk, account, times):
    for _time in range(times):
        with pytest.raises(Invalid):
            prove(desk, account, "000000")


def test_a_pin_is_kept_as_a_digest_and_told_to_nobody():
    account = owner(username="wang")

    assert PIN not in account.pin
    assert PIN not in everything()
    assert [fact["username"] for fact in told("organization.pin_set")] == ["wang"]


@pytest.mark.parametrize(
    "pin",
    [
        "",
        "12345",
        "1234567890123",
        "123456",
        "654321",
        "890123",
        "111111",
        "112112",
        "121212",
        "73914a",
        "７３９１４６",
        "135791",
    ],
)
def test_pins_that_are_tried_first_are_refused(pin):
    account = make.account()

    with pytest.raises(Invalid):
        set_pin(account, pin)


def test_nobody_sets_anothers_pin_and_a_machine_has_none(desk):
    account = make.account()

    with pytest.raises(Forbidden):
        set_pin(account, actor=queries.actor_for(make.account()))
    with pytest.raises(Forbidden):
        set_pin(desk, actor=queries.actor_for(desk))


def test_the_pin_proves(desk):
    account = owner()

    assert prove(desk, account, PIN) == Proof.PIN
    assert told("organization.signature_failed") == []


def test_a_code_proves_once(desk):
    account = make.account()
    shown = totp(account)

    assert prove(desk, account, shown) == Proof.TOTP
    with pytest.raises(Invalid):
        prove(desk, account, shown)


def test_the_password_proves_only_where_it_is_asked_for(desk):
    account = make.account()

    assert prove(desk, account, make.PASSWORD, password_too=True) == Proof.PASSWORD
    with pytest.raises(Invalid):
        prove(desk, account, make.PASSWORD)


def test_a_one_time_password_proves_nothing(desk):
    account = make.account(settled=False)

    with pytest.raises(Invalid):
        prove(desk, account, make.PASSWORD, password_too=True)


def test_a_locked_account_proves_nothing(desk):
    account = owner()
    actions.lock_account(
        make.maker(), account=account, reason="离岗", expected_version=account.version
    )

    with pytest.raises(Invalid):
        prove(desk, account, PIN)


def test_five_failures_shut_the_pin_and_only_the_pin(desk):
    account = owner(username="wang")

    fail(desk, account, MOST_FAILURES)
    with pytest.raises(Invalid):
        prove(desk, account, PIN)

    account.refresh_from_db()
    assert account.is_open
    assert account.check_password(make.PASSWORD)
    assert len(told("organization.signature_failed")) == 5
    assert told("organization.pin_locked") == [
        {"subject_id": str(account.pk), "username": "wang", "desk": "一号机"}
    ]


def test_four_failures_shut_nothing_and_success_forgets_them(desk):
    account = owner()
    fail(desk, account, 4)
    prove(desk, account, PIN)
    fail(desk, account, 4)

    assert prove(desk, account, PIN) == Proof.PIN


def test_a_code_still_proves_when_the_pin_is_shut_and_leaves_it_shut(desk):
    account = owner()
    shown = totp(account)
    fail(desk, account, MOST_FAILURES)
    Account.objects.filter(pk=account.pk).update(signing_paused_until=clock.real() - PAUSE)

    assert prove(desk, account, shown) == Proof.TOTP
    with pytest.raises(Invalid):
        prove(desk, account, PIN)


def test_after_the_pin_was_shut_nothing_is_tried_for_a_minute(desk):
    account = owner()
    shown = totp(account)
    fail(desk, account, MOST_FAILURES)

    with pytest.raises(Invalid):
        prove(desk, account, shown)

    assert len(told("organization.signature_failed")) == MOST_FAILURES


def test_another_pin_opens_what_failures_shut(desk):
    account = owner()
    fail(desk, account, MOST_FAILURES)
    account.refresh_from_db()

    set_pin(account, "582041")

    assert prove(desk, account, "582041") == Proof.PIN


def test_a_pin_that_was_reset_is_worth_nothing(desk):
    account = owner(username="wang")

    reset_pin(account)

    with pytest.raises(Invalid):
        prove(desk, account, PIN)
    assert [fact["username"] for fact in told("organization.pin_reset")] == ["wang"]


def test_a_pin_is_reset_by_permission_by_another_and_not_in_drills():
    account, guard = owner(), make.security_admin()

    with pytest.raises(Forbidden):
        reset_pin(account, actor=allowed(Permission.RESET_PASSWORD))
    with pytest.raises(Forbidden):
        reset_pin(guard, actor=queries.actor_for(guard))
    with pytest.raises(Forbidden):
        reset_pin(account, actor=allowed(Permission.RESET_PIN, realm="drill-1"))


def test_failures_are_recorded_by_the_door_alone(desk):
    with pytest.raises(Forbidden):
        actions.record_failed_signature(
            allowed(Permission.RESET_PIN), account=owner(), desk=desk, tries=1
        )


def test_who_saw_an_older_version_is_refused():
    account = owner()

    with pytest.raises(Stale):
        set_pin(account, version=1)
    with pytest.raises(Stale):
        reset_pin(account, version=1)


def test_each_deed_is_once_for_one_key():
    account = make.account()
    actor, version = queries.actor_for(account), account.version
    for _time in range(2):
        set_pin(account, actor=actor, version=version, idempotency_key="k")
    guard = allowed(Permission.RESET_PIN)
    for _time in range(2):
        reset_pin(account, actor=guard, version=version + 1, idempotency_key="k")

    assert len(told("organization.pin_set")) == len(told("organization.pin_reset")) == 1
