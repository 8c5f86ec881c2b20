"""The door: passwords, failures, lock-outs, second factors, and what the journal keeps of them."""

from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from liandong.config.accounts import MFAAdapter
from liandong.kernel.journal.models import Entry
from liandong.kernel.permissions import Role
from liandong.organization import actions
from liandong.organization.models import Account, Secret
from tests.config.browser import LOGIN, bind, code, signed_in, typed
from tests.factories import organization as make
from tests.organization.journal import everything, told

pytestmark = pytest.mark.django_db
NOON = 1_784_000_010  # in the middle of a period


@pytest.fixture(autouse=True)
def _no_counts_left_over():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def hour(monkeypatch):
    """What authenticators and the node's check of them take for the time."""
    hand = SimpleNamespace(now=NOON)
    clock = SimpleNamespace(time=lambda: hand.now)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", clock)
    return hand


def test_the_right_password_lets_in_and_is_told(client):
    account = make.account(username="wang")

    response = typed(client, "Wang", REMOTE_ADDR="10.1.2.3")

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(account.pk)
    assert told("organization.signed_in") == [
        {
            "subject_id": str(account.pk),
            "username": "wang",
            "address": "10.1.2.3",
            "methods": ["password"],
        }
    ]


def test_a_wrong_password_keeps_out_and_is_told(client):
    account = make.account(username="wang")

    response = typed(client, account, "wrong-password")

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
    assert told("organization.sign_in_failed") == [
        {
            "subject_id": str(account.pk),
            "username": "wang",
            "address": "127.0.0.1",
            "step": "password",
        }
    ]


def test_what_was_typed_for_a_name_that_is_none_is_not_told(client):
    typed(client, "my-password-by-mistake", "x")

    assert "my-password-by-mistake" not in everything()


def test_no_password_stands_in_the_journal_or_among_the_attempts(client):
    account = make.account()

    typed(client, account, "almost-right-1")
    typed(client, account)

    kept = everything() + repr(list(AccessAttempt.objects.values()))
    assert "almost-right-1" not in kept
    assert make.PASSWORD not in kept


def test_five_failures_shut_the_account_for_a_while(client):
    account = make.account(username="wang")

    answers = [typed(client, account, "wrong-password") for _try in range(5)]
    right = typed(client, account)

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert right.status_code == 429
    assert "_auth_user_id" not in client.session
    assert right.wsgi_request.locked_for == 15
    assert "安全管理员" in right.content.decode()
    assert [fact["minutes"] for fact in told("organization.sign_in_locked")] == [15]
    assert len(told("organization.sign_in_failed")) == 5


def test_the_case_of_the_name_does_not_give_more_tries(client):
    make.account(username="wang")

    answers = [
        typed(client, name, "wrong") for name in ("wang", "WANG", "Wang", "wAng", "waNg")
    ]

    assert answers[-1].status_code == 429


def test_a_lock_out_is_of_one_account_from_one_address(client):
    account, colleague = make.account(), make.account()
    for _try in range(5):
        typed(client, account, "wrong-password", REMOTE_ADDR="10.0.0.1")

    assert typed(Client(), colleague, REMOTE_ADDR="10.0.0.1").status_code == 302
    assert typed(Client(), account, REMOTE_ADDR="10.0.0.2").status_code == 302


def test_a_reset_password_lets_in_at_once(client):
    account = make.account()
    for _try in range(5):
        typed(client, account, "wrong-password")

    account.refresh_from_db()
    actions.reset_password(
        make.maker(),
        account=account,
        password=Secret("one-time-word-1"),
        expected_version=account.version,
    )

    assert typed(client, account, "one-time-word-1").status_code == 302


def test_success_clears_the_count(client):
    account = make.account()
    for _round in range(2):
        for _try in range(4):
            typed(client, account, "wrong-password")
        assert typed(client, account).status_code == 302
        client.logout()


def test_a_locked_account_is_told_why(client):
    account = make.account()
    actions.lock_account(
        make.maker(), account=account, reason="调离本县", expected_version=account.version
    )

    response = typed(client, account)

    assert response.status_code == 403
    assert "调离本县" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_locked_account_with_a_wrong_password_learns_nothing(client):
    account = make.account()
    actions.lock_account(
        make.maker(), account=account, reason="调离本县", expected_version=account.version
    )

    response = typed(client, account, "wrong-password")

    assert "调离本县" not in response.content.decode()


def test_a_device_does_not_come_in_by_the_door(client):
    device = make.device(token="t" * 40)

    typed(client, device, "t" * 40)

    assert "_auth_user_id" not in client.session


def test_nobody_registers_or_resets_by_themselves(client):
    client.post("/accounts/signup/", {"username": "me", "password1": "quiet-river-2026"})

    assert Account.objects.count() == 0
    assert client.post("/accounts/password/reset/", {"email": "a@b.cn"}).status_code == 404


def test_leaving_is_told():
    account = make.account(username="wang")
    client = signed_in(account)

    client.post(reverse("account_logout"))

    assert "_auth_user_id" not in client.session
    assert told("organization.signed_out") == [
        {"subject_id": str(account.pk), "username": "wang"}
    ]


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one():
    account = make.account()
    here, elsewhere = signed_in(account), signed_in(account)

    answer = here.post(
        reverse("account_change_password"),
        {
            "oldpassword": make.PASSWORD,
            "password1": "a-deeper-river-7",
            "password2": "a-deeper-river-7",
        },
    )

    assert answer.status_code == 302, answer.content.decode()
    assert here.get("/organization/me/").status_code == 200
    assert elsewhere.get("/organization/me/").status_code == 302
    assert len(told("organization.password_changed")) == 2  # the first when it was settled


@pytest.mark.parametrize("weak", ["short-1", "password1234", "20260714202607"])
def test_a_weak_password_is_refused(weak):
    account = make.account()

    answer = signed_in(account).post(
        reverse("account_change_password"),
        {"oldpassword": make.PASSWORD, "password1": weak, "password2": weak},
    )

    account.refresh_from_db()
    assert answer.status_code == 200
    assert account.check_password(make.PASSWORD)


def test_a_one_time_password_must_be_changed_first():
    account = make.account(password="one-time-word-1", settled=False)
    client = signed_in(account, "one-time-word-1")

    assert client.get("/")["Location"] == reverse("account_change_password")

    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": "one-time-word-1",
            "password1": "a-deeper-river-7",
            "password2": "a-deeper-river-7",
        },
    )
    assert client.get("/").status_code == 200


def test_a_second_factor_is_asked_for_from_then_on(hour, django_capture_on_commit_callbacks):
    account = make.account(username="wang")
    secret = bind(signed_in(account), NOON, django_capture_on_commit_callbacks)
    client = Client()

    first = typed(client, account)
    hour.now += 30
    second = client.post(first["Location"], {"code": code(secret, hour.now)})

    assert first["Location"] == reverse("mfa_authenticate")
    assert (second.status_code, second["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(account.pk)
    assert [fact["method"] for fact in told("organization.second_factor_added")] == [
        "totp",
        "recovery_codes",
    ]
    assert told("organization.signed_in")[-1]["methods"] == ["password", "totp"]


def test_the_password_alone_does_not_let_in_any_more(hour, django_capture_on_commit_callbacks):
    account = make.account()
    bind(signed_in(account), NOON, django_capture_on_commit_callbacks)
    client = Client()

    typed(client, account)

    assert client.get("/")["Location"].startswith(LOGIN)


def test_the_code_that_bound_a_second_factor_is_spent(hour, django_capture_on_commit_callbacks):
    account = make.account()
    secret = bind(signed_in(account), NOON, django_capture_on_commit_callbacks)
    client = Client()

    typed(client, account)
    answer = client.post(reverse("mfa_authenticate"), {"code": code(secret, NOON)})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_code_opens_the_door_once(hour, django_capture_on_commit_callbacks):
    account = make.account()
    secret = bind(signed_in(account), NOON, django_capture_on_commit_callbacks)
    hour.now += 30
    once, again = Client(), Client()

    for client in (once, again):
        typed(client, account)
        client.post(reverse("mfa_authenticate"), {"code": code(secret, hour.now)})

    assert "_auth_user_id" in once.session
    assert "_auth_user_id" not in again.session


def test_a_wrong_code_is_told(hour, django_capture_on_commit_callbacks):
    account = make.account()
    bind(signed_in(account), NOON, django_capture_on_commit_callbacks)
    client = Client()

    typed(client, account)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert told("organization.sign_in_failed")[-1]["step"] == "second_factor"


def test_taking_a_second_factor_off_is_told(hour, django_capture_on_commit_callbacks):
    account = make.account()
    client = signed_in(account)
    bind(client, NOON, django_capture_on_commit_callbacks)

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(user=account, type="totp").exists()
    assert told("organization.second_factor_withdrawn")[0]["method"] == "totp"


def test_the_secret_of_a_second_factor_lies_encrypted(hour, django_capture_on_commit_callbacks):
    account = make.account()

    secret = bind(signed_in(account), NOON, django_capture_on_commit_callbacks)

    kept = Authenticator.objects.get(user=account, type="totp").data["secret"]
    assert secret not in kept
    assert MFAAdapter().decrypt(kept) == secret


def test_the_journal_names_who_came_by_post_and_name():
    account = make.holder(Role.UNIT_LIAISON, name="王平", title="联络员")

    signed_in(account)

    entry = Entry.objects.filter(name="organization.signed_in").latest("id")
    assert entry.actor["label"] == "县水利局 联络员 王平"
