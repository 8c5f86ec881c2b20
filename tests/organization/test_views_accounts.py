import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.config.settings.identity import IdentityProvider
from liandong.kernel.permissions import Role
from liandong.organization import queries
from liandong.organization.models import Account
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def guard():
    return entered(make.security_admin(username="guard"))


def test_an_account_is_opened_with_the_password_that_was_shown(guard):
    person = make.person("王平")
    shown = guard.get("/organization/accounts/new/").context["form"].initial["password"]

    guard.post(
        "/organization/accounts/new/",
        {
            "person": str(person.pk),
            "username": "wang",
            "password": shown,
            "idempotency_key": "k",
        },
    )

    account = queries.account_by_username("wang")
    assert account.check_password(shown)
    assert account.must_change_password


def test_each_form_shows_another_password(guard):
    forms = [guard.get("/organization/accounts/new/").context["form"] for _time in range(2)]

    assert forms[0].initial["password"] != forms[1].initial["password"]


def test_people_with_accounts_are_not_offered(guard):
    person = make.person("没有账号")
    make.account(name="有账号")

    form = guard.get("/organization/accounts/new/").context["form"]

    assert list(form.fields["person"].queryset) == [person]


def test_an_account_is_locked_and_unlocked(guard):
    account = make.account()
    url = f"/organization/accounts/{account.pk}"

    guard.post(f"{url}/lock/", {"reason": "离职", "expected_version": account.version})
    account.refresh_from_db()
    assert account.is_locked

    guard.post(f"{url}/unlock/", {"expected_version": account.version})
    account.refresh_from_db()
    assert account.is_open


def test_a_password_is_reset(guard):
    account = make.account()

    guard.post(
        f"/organization/accounts/{account.pk}/password/",
        {"password": "kuvo-2731-bape", "expected_version": account.version},
    )

    account.refresh_from_db()
    assert account.check_password("kuvo-2731-bape")


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_one_time_password_is_shown_once_in_groups_to_be_read_out(guard, headers):
    account = make.account(username="wang")

    answer = guard.post(
        f"/organization/accounts/{account.pk}/password/",
        {"password": "kuvo-2731-bape", "expected_version": account.version},
        headers=headers,
    )

    text = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert [f"<b>{group}</b>" in text for group in ("kuvo", "2731", "bape")] == [True] * 3


def test_sessions_are_ended(guard):
    account = make.account()
    client = entered(account)

    guard.post(
        f"/organization/accounts/{account.pk}/sessions/",
        {"reason": "疑似被盗", "expected_version": account.version},
    )

    assert client.get("/organization/me/").status_code == 302


def test_a_second_factor_is_taken_off(guard):
    account = make.account()

    response = guard.post(
        f"/organization/accounts/{account.pk}/second-factor/",
        {"reason": "丢失", "identity": "papers", "expected_version": account.version},
    )

    assert response.status_code == 303


def test_a_device_is_registered_and_its_token_replaced(guard):
    token = guard.get("/organization/accounts/device/").context["form"].initial["token"]
    guard.post(
        "/organization/accounts/device/",
        {"device_title": "城关雨量计", "username": "gauge-1", "token": token},
    )
    device = queries.account_by_token(token)

    guard.post(
        f"/organization/accounts/{device.pk}/token/",
        {"token": "n" * 40, "expected_version": "1"},
    )

    assert queries.account_by_token(token) is None
    assert queries.account_by_token("n" * 40) == device


def test_an_older_page_is_told_so_and_keeps_the_reason(guard):
    account = make.account()

    response = guard.post(
        f"/organization/accounts/{account.pk}/lock/",
        {"reason": "离职交接", "expected_version": account.version - 1},
    )

    assert response.status_code == 409
    assert "离职交接" in response.content.decode()


def test_the_page_tells_what_was_done(guard, work):
    account = make.account(username="wang")
    guard.post(
        f"/organization/accounts/{account.pk}/lock/",
        {"reason": "离职", "expected_version": account.version},
    )
    work()

    text = guard.get(f"/organization/accounts/{account.pk}/").content.decode()

    assert "锁定账号：wang（离职）" in text


def test_the_audit_administrator_reads_and_does_not_touch():
    account = make.account()
    client = entered(make.audit_admin())

    text = client.get(f"/organization/accounts/{account.pk}/").content.decode()

    assert "/lock/" not in text
    assert client.get(f"/organization/accounts/{account.pk}/lock/").status_code == 403
    assert client.get("/organization/accounts/").status_code == 200


@pytest.mark.parametrize(
    "path", ["", "new/", "device/", "{}/", "{}/lock/", "{}/password/", "{}/sessions/"]
)
@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.DUTY_OFFICER, Role.COMMANDER])
def test_nobody_else_comes_near(path, role):
    account = make.account()

    client = entered(make.holder(role))

    assert client.get(f"/organization/accounts/{path.format(account.pk)}").status_code == 403


def test_the_list_costs_the_same_with_more_accounts(guard):
    guard.get("/organization/accounts/")
    with CaptureQueriesContext(connection) as before:
        guard.get("/organization/accounts/")
    for _number in range(3):
        make.account()

    with CaptureQueriesContext(connection) as after:
        guard.get("/organization/accounts/")

    assert len(after) == len(before)


def test_nobody_locks_themselves_out(guard):
    account = Account.objects.get(username="guard")

    response = guard.post(
        f"/organization/accounts/{account.pk}/lock/",
        {"reason": "试试", "expected_version": account.version},
    )

    assert response.status_code == 403


def test_an_identity_is_bound_and_released_on_the_accounts_page(guard, settings):
    settings.IDENTITY_PROVIDER = IdentityProvider(issuer="https://id.example", client_id="c")
    account = make.account(username="wang")
    url = f"/organization/accounts/{account.pk}"

    guard.post(
        f"{url}/identity/", {"subject": "wang@county", "expected_version": account.version}
    )
    account.refresh_from_db()
    assert account.identity_subject == "wang@county"
    page = guard.get(f"{url}/").content.decode()
    assert "wang@county" in page
    assert f"{url}/identity/release/" in page

    guard.post(
        f"{url}/identity/release/", {"reason": "换人", "expected_version": account.version}
    )
    account.refresh_from_db()
    assert account.identity_subject == ""


def test_without_a_provider_no_identity_is_offered_or_bound(guard):
    account = make.account()
    url = f"/organization/accounts/{account.pk}"

    assert "统一身份" not in guard.get(f"{url}/").content.decode()
    answer = guard.post(
        f"{url}/identity/", {"subject": "x", "expected_version": account.version}
    )

    assert answer.status_code == 404
    assert "LIANDONG_OIDC_ISSUER" in answer.content.decode()
