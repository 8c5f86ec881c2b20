import pytest

from liandong.kernel.problems import Forbidden, IllegalMove, Stale
from liandong.organization import actions, queries
from liandong.organization.models import Secret
from tests.factories import organization as make
from tests.organization.journal import everything, told
from tests.people import visitor

pytestmark = pytest.mark.django_db
CHOSEN = "another-quiet-river"


def as_self(account):
    return queries.actor_for(account)


def change(account, *, actor=None, version=None, **more):
    return actions.change_password(
        actor or as_self(account),
        account=account,
        password=Secret(CHOSEN),
        expected_version=version or account.version,
        **more,
    )


def end(account, *, actor=None, version=None, **more):
    return actions.end_own_sessions(
        actor or as_self(account),
        account=account,
        expected_version=version or account.version,
        **more,
    )


def leave(account, *, actor=None, **more):
    return actions.sign_out(actor or as_self(account), account=account, **more)


def bind(account, *, actor=None, **more):
    return actions.add_second_factor(
        actor or as_self(account), account=account, method="totp", **more
    )


def unbind(account, *, actor=None, **more):
    return actions.withdraw_second_factor(
        actor or as_self(account), account=account, method="totp", **more
    )


DEEDS = {
    change: "organization.password_changed",
    end: "organization.sessions_cut",
    leave: "organization.signed_out",
    bind: "organization.second_factor_added",
    unbind: "organization.second_factor_withdrawn",
}


def test_change_password_takes_the_chosen_one():
    account = make.account(settled=False)
    session = account.get_session_auth_hash()

    change(account)

    account.refresh_from_db()
    assert account.check_password(CHOSEN)
    assert not account.must_change_password
    assert account.get_session_auth_hash() != session
    assert CHOSEN not in everything()


def test_change_password_is_not_for_devices():
    account = make.device()
    actor = type(visitor())(account=str(account.pk), grants=as_self(make.account()).grants)

    with pytest.raises(IllegalMove):
        change(account, actor=actor)


def test_end_own_sessions_ends_them():
    account = make.account()
    session = account.get_session_auth_hash()

    end(account)

    account.refresh_from_db()
    assert account.get_session_auth_hash() != session


@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_is_told(deed):
    account = make.account(username="wang", settled=False)

    deed(account)

    [fact] = told(DEEDS[deed])
    assert (fact["subject_id"], fact["username"]) == (str(account.pk), "wang")


@pytest.mark.parametrize("deed", DEEDS)
def test_no_deed_is_for_other_peoples_accounts(deed):
    account, other = make.account(), make.security_admin()

    with pytest.raises(Forbidden):
        deed(account, actor=as_self(other))


@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_needs_an_account(deed):
    with pytest.raises(Forbidden):
        deed(make.account(), actor=visitor())


@pytest.mark.parametrize("deed", [change, end])
def test_who_saw_an_older_version_is_refused(deed):
    account = make.account()
    version = account.version
    end(account)

    with pytest.raises(Stale):
        deed(account, version=version)


@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_is_once_for_one_key(deed):
    account = make.account(settled=False)
    actor, version = as_self(account), {} if deed in {leave, bind, unbind} else {"version": 1}

    deed(account, actor=actor, idempotency_key="k", **version)
    deed(account, actor=actor, idempotency_key="k", **version)

    assert len(told(DEEDS[deed])) == 1
