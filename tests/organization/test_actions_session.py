import pytest

from liandong.kernel.problems import Forbidden, IllegalMove
from liandong.organization import actions, queries
from liandong.organization.models import AccountSession
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import told
from tests.people import allowed, visitor

pytestmark = pytest.mark.django_db


def sitting(account, browser="Windows 电脑 · Edge"):
    kept = actions.keep_session(account, known="", browser=browser, address="10.1.2.3")
    return AccountSession.objects.get(pk=kept)


def end(row, **more):
    return actions.end_session(allowed(Permission.END_SESSIONS), session=row, **more)


def end_own(row, *, account=None, **more):
    actor = queries.actor_for(account or row.account)
    return actions.end_own_session(actor, session=row, **more)


def test_a_browser_in_use_is_kept_and_found_again():
    account = make.account()
    row = sitting(account)

    again = actions.keep_session(account, known=str(row.pk), browser="", address="10.1.2.3")

    assert again == str(row.pk)
    assert list(queries.sessions_of(account)) == [row]


def test_a_changed_password_leaves_only_the_browser_it_was_changed_in():
    account = make.account()
    here, _elsewhere = sitting(account), sitting(account)
    account.change(expected_version=account.version, session_era=account.session_era + 1)

    actions.keep_session(account, known=str(here.pk), browser="", address="")

    assert list(queries.sessions_of(account)) == [here]


@pytest.mark.parametrize("deed", [end, end_own])
def test_one_sign_in_is_ended_and_told(deed):
    account = make.account(username="wang")
    row, other = sitting(account), sitting(account, "安卓手机 · 微信")

    deed(row)

    assert list(queries.sessions_of(account)) == [other]
    assert not queries.session_stands(row.pk)
    assert actions.keep_session(account, known=str(row.pk), browser="", address="") == ""
    assert told("organization.session_ended") == [
        {
            "subject_id": str(account.pk),
            "username": "wang",
            "browser": "Windows 电脑 · Edge",
            "address": "10.1.2.3",
        }
    ]


@pytest.mark.parametrize("deed", [end, end_own])
def test_what_has_ended_is_not_ended_again(deed):
    row = sitting(make.account())
    deed(row)

    with pytest.raises(IllegalMove):
        deed(row)


@pytest.mark.parametrize("deed", [end, end_own])
def test_ending_is_once_for_one_key(deed):
    row = sitting(make.account())

    deed(row, idempotency_key="k")
    deed(row, idempotency_key="k")

    assert len(told("organization.session_ended")) == 1


def test_nobody_ends_what_is_not_theirs():
    row = sitting(make.account())

    with pytest.raises(Forbidden):
        end_own(row, account=make.account())
    with pytest.raises(Forbidden):
        actions.end_session(visitor(), session=row)


def test_accounts_are_not_a_matter_of_drills():
    actor = allowed(Permission.END_SESSIONS, realm="drill-1")

    with pytest.raises(Forbidden):
        actions.end_session(actor, session=sitting(make.account()))
