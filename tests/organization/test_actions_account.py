import pytest
from allauth.mfa.models import Authenticator

from liandong.kernel.journal.models import Call
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, KeyReused, Stale
from liandong.organization import actions, queries
from liandong.organization.models import Account, Secret
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import audience, everything, told
from tests.people import allowed

pytestmark = pytest.mark.django_db
ONE_TIME = "kuvo-2731-bape-9xq4"


def create(person, *, actor=None, **more):
    return actions.create_account(
        actor or allowed(Permission.CREATE_ACCOUNT),
        person=person,
        **{"username": "WangPing", "password": Secret(ONE_TIME), **more},
    )


def test_create_account_lets_a_person_in():
    person = make.person()

    account = create(person)

    assert (account.username, account.person, account.is_open) == ("wangping", person, True)
    assert account.check_password(ONE_TIME)
    assert account.must_change_password
    assert told("organization.account_created") == [
        {
            "subject_id": str(account.pk),
            "username": "wangping",
            "person_id": str(person.pk),
        }
    ]
    assert audience("organization.account_created") == {
        "audit",
        "security",
        f"account:{account.pk}",
    }


def test_create_account_without_a_password_lets_nobody_in():
    account = create(make.person(), password=None)

    assert not account.has_usable_password()
    assert not account.must_change_password


def test_no_password_stands_in_the_journal_or_the_keys():
    account = create(make.person(), idempotency_key="k")

    kept = everything() + repr(list(Call.objects.values()))
    assert ONE_TIME not in kept
    assert account.password not in kept


def test_create_account_needs_permission():
    with pytest.raises(Forbidden):
        create(make.person(), actor=allowed(Permission.CREATE_PERSON))


def test_create_account_refuses_a_name_in_use():
    create(make.person())

    with pytest.raises(Invalid) as refused:
        create(make.person(), username="WANGPING")

    assert list(refused.value.fields) == ["username"]


def test_create_account_refuses_a_second_one():
    person = make.person()
    create(person)

    with pytest.raises(Invalid) as refused:
        create(person, username="another")

    assert list(refused.value.fields) == ["person"]


def test_create_account_twice_with_one_key_is_once():
    person, actor = make.person(), allowed(Permission.CREATE_ACCOUNT)

    first = create(person, actor=actor, idempotency_key="k")
    second = create(person, actor=actor, idempotency_key="k")

    assert first == second
    assert Account.objects.count() == 1


def test_create_account_with_a_key_used_for_another_is_refused():
    actor = allowed(Permission.CREATE_ACCOUNT)
    create(make.person(), actor=actor, idempotency_key="k")

    with pytest.raises(KeyReused):
        create(make.person(), actor=actor, username="another", idempotency_key="k")


def test_create_account_is_not_for_drills():
    with pytest.raises(Forbidden):
        create(make.person(), actor=allowed(Permission.CREATE_ACCOUNT, realm="drill-1"))


def lock(account, *, actor=None, version=None, reason="离职", **more):
    return actions.lock_account(
        actor or allowed(Permission.LOCK_ACCOUNT),
        account=account,
        reason=reason,
        expected_version=version or account.version,
        **more,
    )


def unlock(account, *, actor=None, version=None, **more):
    return actions.unlock_account(
        actor or allowed(Permission.UNLOCK_ACCOUNT),
        account=account,
        expected_version=version or account.version,
        **more,
    )


def reset(account, *, actor=None, version=None, **more):
    return actions.reset_password(
        actor or allowed(Permission.RESET_PASSWORD),
        account=account,
        password=Secret(ONE_TIME),
        expected_version=version or account.version,
        **more,
    )


def reset_factor(account, *, actor=None, version=None, **more):
    return actions.reset_second_factor(
        actor or allowed(Permission.RESET_SECOND_FACTOR),
        account=account,
        expected_version=version or account.version,
        **{"reason": "手机丢失", "identity": "call_back", **more},
    )


def end_sessions(account, *, actor=None, version=None, **more):
    return actions.end_sessions(
        actor or allowed(Permission.END_SESSIONS),
        account=account,
        reason="疑似被盗",
        expected_version=version or account.version,
        **more,
    )


def test_lock_account_shuts_it_and_ends_its_sessions():
    account = make.account(username="wang")
    session = account.get_session_auth_hash()

    lock(account)

    account.refresh_from_db()
    assert (account.is_open, account.lock_reason) == (False, "离职")
    assert account.get_session_auth_hash() != session
    assert told("organization.account_locked") == [
        {"subject_id": str(account.pk), "username": "wang", "reason": "离职"}
    ]


def test_lock_account_asks_for_a_reason():
    with pytest.raises(Invalid) as refused:
        lock(make.account(), reason=" ")

    assert list(refused.value.fields) == ["reason"]


def test_lock_account_refuses_one_that_is_locked():
    account = make.account()
    lock(account)

    with pytest.raises(IllegalMove):
        lock(account)


def test_unlock_account_opens_it_again():
    account = make.account(username="wang")
    lock(account)

    unlock(account)

    account.refresh_from_db()
    assert (account.is_open, account.lock_reason) == (True, "")
    assert told("organization.account_unlocked") == [
        {"subject_id": str(account.pk), "username": "wang"}
    ]


def test_a_session_from_before_the_lock_stays_ended_after_it():
    account = make.account()
    session = account.get_session_auth_hash()

    lock(account)
    unlock(account)

    assert account.get_session_auth_hash() != session


def test_unlock_account_refuses_one_that_is_open():
    with pytest.raises(IllegalMove):
        unlock(make.account())


def test_reset_password_gives_out_a_one_time_one():
    account = make.account(username="wang")
    session = account.get_session_auth_hash()

    reset(account)

    account.refresh_from_db()
    assert account.check_password(ONE_TIME)
    assert account.must_change_password
    assert account.get_session_auth_hash() != session
    assert told("organization.password_reset") == [
        {"subject_id": str(account.pk), "username": "wang"}
    ]
    assert ONE_TIME not in everything()


def test_reset_password_is_not_for_devices():
    with pytest.raises(IllegalMove):
        reset(make.device())


def test_reset_second_factor_takes_it_off():
    account = make.account(username="wang")
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    session = account.get_session_auth_hash()

    reset_factor(account)

    account.refresh_from_db()
    assert Authenticator.objects.count() == 0
    assert account.get_session_auth_hash() != session
    assert told("organization.second_factor_reset") == [
        {
            "subject_id": str(account.pk),
            "username": "wang",
            "reason": "手机丢失",
            "identity": "回拨登记的电话",
            "witness": "",
        }
    ]


@pytest.mark.parametrize("missing", [{"reason": " "}, {"identity": ""}, {"identity": "手势"}])
def test_reset_second_factor_wants_a_reason_and_a_check(missing):
    with pytest.raises(Invalid):
        reset_factor(make.account(), **missing)


def test_a_commanders_second_factor_is_reset_before_a_witness():
    account, witness = make.holder(Role.COMMANDER), make.person("证人")

    for one in (None, account.person):
        with pytest.raises(Invalid):
            reset_factor(account, witness=one)
    reset_factor(account, witness=witness)

    assert [fact["witness"] for fact in told("organization.second_factor_reset")] == ["证人"]


def test_end_sessions_ends_them():
    account = make.account(username="wang")
    session = account.get_session_auth_hash()

    end_sessions(account)

    account.refresh_from_db()
    assert account.get_session_auth_hash() != session
    assert told("organization.sessions_cut") == [
        {"subject_id": str(account.pk), "username": "wang", "reason": "疑似被盗"}
    ]


DEEDS = [lock, reset, reset_factor, end_sessions]


@pytest.mark.parametrize("deed", [*DEEDS, unlock])
def test_each_deed_needs_its_own_permission(deed):
    others = allowed(Permission.READ_ACCOUNTS, Permission.CREATE_ACCOUNT)

    with pytest.raises(Forbidden):
        deed(make.account(), actor=others)


@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_refuses_who_saw_an_older_version(deed):
    account = make.account()
    version = account.version
    end_sessions(account)

    with pytest.raises(Stale):
        deed(account, version=version)


def test_unlock_account_refuses_who_saw_an_older_version():
    account = make.account()
    lock(account)

    with pytest.raises(Stale):
        unlock(account, version=account.version - 1)


@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_is_once_for_one_key(deed):
    account = make.account()
    version = account.version
    name = deed.__name__.removesuffix("_factor")
    actor = allowed(*Permission)

    deed(account, actor=actor, version=version, idempotency_key=name)
    deed(account, actor=actor, version=version, idempotency_key=name)

    account.refresh_from_db()
    assert account.version == version + 1


@pytest.mark.parametrize("deed", [*DEEDS, unlock])
def test_no_deed_is_for_drills(deed):
    with pytest.raises(Forbidden):
        deed(make.account(), actor=allowed(*Permission, realm="drill-1"))


@pytest.mark.parametrize("deed", [lock, reset, reset_factor, unlock])
def test_nobody_administers_their_own_account(deed):
    account = make.security_admin()

    with pytest.raises(Forbidden):
        deed(account, actor=queries.actor_for(account))
