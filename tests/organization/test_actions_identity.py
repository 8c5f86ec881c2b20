import pytest

from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.models import Account
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import audience, told
from tests.people import allowed

pytestmark = pytest.mark.django_db
ISSUER = "https://id.example"


def bind(account, subject="wang@county", *, actor=None, **more):
    return actions.bind_account_identity(
        actor or allowed(Permission.BIND_IDENTITY),
        account=account,
        issuer=ISSUER,
        subject=subject,
        **{"expected_version": account.version, **more},
    )


def bind_own(account, subject="wang@county", *, actor=None):
    return actions.bind_identity(
        actor or queries.actor_for(account),
        account=account,
        issuer=ISSUER,
        subject=subject,
        expected_version=account.version,
    )


def release(account, *, actor=None, **more):
    return actions.release_identity(
        actor or allowed(Permission.BIND_IDENTITY),
        account=account,
        **{"reason": "换人", "expected_version": account.version, **more},
    )


def test_an_identity_opens_the_account_it_was_bound_to():
    account = make.account(username="wang")

    bind(account, " wang@county ")

    assert queries.account_by_identity(ISSUER, "wang@county") == account
    assert queries.account_by_identity("https://other.example", "wang@county") is None
    assert told("organization.identity_bound") == [
        {
            "subject_id": str(account.pk),
            "username": "wang",
            "issuer": ISSUER,
            "identity": "wang@county",
        }
    ]
    assert audience("organization.identity_bound") == {
        "audit",
        "security",
        f"account:{account.pk}",
    }


def test_accounts_without_an_identity_are_opened_by_none():
    make.account()
    make.account()

    assert queries.account_by_identity("", "") is None
    assert queries.account_by_identity(ISSUER, "") is None


def test_one_binds_ones_own_and_nobody_elses():
    account = make.account(username="wang")

    bind_own(account)

    assert queries.account_by_identity(ISSUER, "wang@county") == account
    with pytest.raises(Forbidden):
        bind_own(make.account(), "li@county", actor=queries.actor_for(account))


@pytest.mark.parametrize("act", [bind, bind_own])
def test_an_account_has_one_identity_and_an_identity_one_account(act):
    account = make.account()
    act(account)

    with pytest.raises(IllegalMove, match="先解除"):
        act(account, "another")
    with pytest.raises(Invalid, match="已经绑定了别的账号"):
        act(make.account())


@pytest.mark.parametrize("subject", ["", "  ", "x" * 256])
def test_a_subject_is_some_text(subject):
    with pytest.raises(Invalid) as refused:
        bind(make.account(), subject)

    assert "subject" in refused.value.fields


def test_a_machine_has_no_identity():
    with pytest.raises(IllegalMove):
        bind(make.device())


def test_a_release_shuts_the_account_to_the_identity_and_ends_sessions():
    account = make.account(username="wang")
    bind(account)
    before = account.session_era

    release(account)

    account.refresh_from_db()
    assert (account.identity_issuer, account.identity_subject) == ("", "")
    assert account.session_era == before + 1
    assert told("organization.identity_released")[0]["reason"] == "换人"
    bind(account, "another")


def test_a_release_wants_an_identity_and_a_reason():
    account = make.account()

    with pytest.raises(IllegalMove):
        release(account)
    bind(account)
    with pytest.raises(Invalid) as refused:
        release(account, reason=" ")
    assert "reason" in refused.value.fields


@pytest.mark.parametrize("act", [bind, release])
def test_it_is_refused_without_the_permission_for_oneself_and_in_a_drill(act):
    account = make.security_admin()
    with pytest.raises(Forbidden):
        act(account, actor=allowed(Permission.LOCK_ACCOUNT))
    with pytest.raises(Forbidden, match="自己"):
        act(account, actor=queries.actor_for(account))
    with pytest.raises(Forbidden, match="演练"):
        act(account, actor=allowed(Permission.BIND_IDENTITY, realm="drill-1"))


def test_whoever_saw_an_older_version_is_refused():
    account = make.account()

    with pytest.raises(Stale):
        bind(account, expected_version=account.version + 1)
    bind(account)
    with pytest.raises(Stale):
        release(account, expected_version=account.version - 1)


def test_the_same_key_twice_is_once():
    account = make.account()
    actor = allowed(Permission.BIND_IDENTITY)
    version = account.version

    for _time in range(2):
        bind(
            Account.objects.get(pk=account.pk),
            actor=actor,
            expected_version=version,
            idempotency_key="k",
        )

    assert len(told("organization.identity_bound")) == 1
