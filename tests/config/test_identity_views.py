"""Coming in by the county's identity provider, against one that really listens and signs."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from joserfc.jwk import RSAKey

from liandong.config.settings.identity import IdentityProvider
from liandong.organization import actions
from liandong.organization.models import Account
from liandong.organization.permissions import Permission
from tests.config import oidc
from tests.config.browser import LOGIN, bind, code, signed_in
from tests.factories import organization as make
from tests.organization.journal import told
from tests.people import allowed

pytestmark = pytest.mark.django_db
START, ME = "/accounts/identity/", "/organization/me/"


@pytest.fixture(autouse=True)
def _no_counts_left_over():
    cache.clear()


@pytest.fixture
def provider(settings):
    with oidc.listening() as provider:
        settings.IDENTITY_PROVIDER = IdentityProvider(
            issuer=provider.issuer,
            client_id=oidc.CLIENT,
            kept_secret=oidc.SECRET,
            second_factors=frozenset({"mfa", "otp"}),
        )
        yield provider


def bound(provider, account=None, subject="wang@county"):
    """An account that the identity opens."""
    account = account or make.account(username="wang")
    Account.objects.filter(pk=account.pk).update(
        identity_issuer=provider.issuer, identity_subject=subject
    )
    account.refresh_from_db()
    return account


def round_trip(client, start=START):
    """To the provider and back, as a browser goes."""
    begun = client.get(start)
    assert begun.status_code == 302, begun.content.decode()
    return client.get(oidc.visited(begun["Location"]).location)


def test_the_button_stands_on_the_sign_in_page_where_a_provider_is_set(client, provider):
    assert START in client.get(LOGIN).content.decode()


def test_without_a_provider_there_is_no_button_and_no_way_in(client):
    assert START not in client.get(LOGIN).content.decode()
    for path in (START, f"{START}callback/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "请用用户名和口令登录" in answer.content.decode()


def test_an_identity_that_opens_an_account_lets_in_and_is_told(client, provider):
    account = bound(provider)

    response = round_trip(client, f"{START}?next={ME}")

    assert (response.status_code, response["Location"]) == (302, ME)
    assert client.session["_auth_user_id"] == str(account.pk)
    (said,) = told("organization.signed_in")
    assert (said["username"], said["methods"]) == ("wang", ["identity"])
    assert client.get(ME).status_code == 200
    assert account.sessions.count() == 1


def test_the_provider_is_asked_with_pkce_state_and_nonce(client, provider):
    bound(provider)

    round_trip(client)

    (asked,) = provider.asked
    assert asked["code_challenge_method"] == "S256"
    assert min(len(asked["state"]), len(asked["nonce"])) >= 20
    assert asked["redirect_uri"] == "http://testserver/accounts/identity/callback/"


def test_nobody_is_sent_to_another_site_afterwards(client, provider):
    bound(provider)

    response = round_trip(client, f"{START}?next=https://elsewhere.example/")

    assert response["Location"] == "/"


def test_an_unknown_identity_is_refused_with_its_name_and_no_account_is_made(client, provider):
    make.account(username="wang@county")

    response = round_trip(client)

    page = response.content.decode()
    assert response.status_code == 403
    assert "wang@county" in page
    assert "报给安全管理员绑定" in page
    assert Account.objects.count() == 1
    assert "_auth_user_id" not in client.session


def test_an_identity_of_another_issuer_opens_nothing(client, provider):
    account = bound(provider)
    Account.objects.filter(pk=account.pk).update(identity_issuer="https://before.example")

    assert round_trip(client).status_code == 403


def test_a_locked_account_stays_shut(client, provider):
    account = bound(provider)
    Account.objects.filter(pk=account.pk).update(is_locked=True)

    response = round_trip(client)

    assert response.status_code == 403
    assert "_auth_user_id" not in client.session


def test_another_claim_may_name_the_person(client, provider, settings):
    settings.IDENTITY_PROVIDER = IdentityProvider(
        issuer=provider.issuer,
        client_id=oidc.CLIENT,
        kept_secret=oidc.SECRET,
        claim="employee",
        scopes="openid profile",
    )
    bound(provider, subject="0815")
    provider.claims = {"employee": "0815"}

    assert round_trip(client).status_code == 302
    assert provider.asked[0]["scope"] == "openid profile"

    provider.claims = {}
    answer = round_trip(Client())
    assert answer.status_code == 502
    assert "LIANDONG_OIDC_CLAIM" in answer.content.decode()


def test_a_secret_is_read_from_its_file(client, provider, settings, tmp_path):
    file = tmp_path / "secret"
    settings.IDENTITY_PROVIDER = IdentityProvider(
        issuer=provider.issuer, client_id=oidc.CLIENT, secret_file=file
    )
    bound(provider)
    assert client.get(START).status_code == 502

    file.write_text(f"{oidc.SECRET}\n")

    assert round_trip(client).status_code == 302


def test_a_provider_that_takes_the_secret_by_post_only_is_given_it_so(client, provider):
    provider.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    bound(provider)

    assert round_trip(client).status_code == 302


@pytest.mark.parametrize(
    ("lies", "says"),
    [
        ({"nonce": "another"}, "不可信"),
        ({"iss": "http://127.0.0.1:1"}, "不可信"),
        ({"aud": "another-client"}, "不可信"),
        ({"exp": 1_700_000_000}, "已经过期"),
    ],
)
def test_a_token_that_proves_nothing_lets_nobody_in(client, provider, lies, says):
    bound(provider)
    provider.lies = lies

    response = round_trip(client)

    assert response.status_code == 502
    assert says in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_token_signed_by_another_key_lets_nobody_in(client, provider):
    bound(provider)
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})

    response = round_trip(client)

    assert (response.status_code, "不可信" in response.content.decode()) == (502, True)


def test_a_way_back_that_began_elsewhere_is_refused(client, provider):
    bound(provider)
    begun = client.get(START)

    response = Client().get(oidc.visited(begun["Location"]).location)

    assert response.status_code == 403
    assert "请回到登录页重新开始" in response.content.decode()


def test_a_code_is_good_once(client, provider):
    bound(provider)
    back = oidc.visited(client.get(START)["Location"]).location
    client.get(back)

    assert Client().get(back).status_code == 403


def test_a_refusal_by_the_provider_is_a_page_with_a_remedy(client, provider):
    provider.refuses = "access_denied"

    response = round_trip(client)

    assert response.status_code == 403
    assert "改用用户名和口令" in response.content.decode()


def test_a_provider_that_is_down_is_a_page_with_a_remedy(client, settings):
    settings.IDENTITY_PROVIDER = IdentityProvider(
        issuer="http://127.0.0.1:9", client_id=oidc.CLIENT
    )

    response = client.get(START)

    assert response.status_code == 502
    assert "连不上" in response.content.decode()


def test_a_provider_that_calls_itself_otherwise_is_not_asked(client, provider):
    provider.metadata = {"issuer": "https://elsewhere.example"}

    response = client.get(START)

    assert response.status_code == 502
    assert "LIANDONG_OIDC_ISSUER" in response.content.decode()


def test_a_provider_without_https_is_not_asked(client, settings):
    settings.IDENTITY_PROVIDER = IdentityProvider(
        issuer="http://id.example", client_id=oidc.CLIENT
    )

    response = client.get(START)

    assert (response.status_code, "https" in response.content.decode()) == (502, True)


def test_a_second_factor_is_asked_here_unless_the_provider_asked_for_one(
    provider, monkeypatch, django_capture_on_commit_callbacks
):
    at = 1_784_000_010  # in the middle of a period
    hand = SimpleNamespace(now=at)
    monkeypatch.setattr(
        "allauth.mfa.totp.internal.auth.time", SimpleNamespace(time=lambda: hand.now)
    )
    account = bound(provider, make.account(username="wang"))
    secret = bind(signed_in(account), at, django_capture_on_commit_callbacks)

    once = Client()
    response = round_trip(once)
    assert response["Location"] == "/accounts/2fa/authenticate/"
    hand.now += 30
    once.post("/accounts/2fa/authenticate/", {"code": code(secret, hand.now)})
    assert once.session["_auth_user_id"] == str(account.pk)

    provider.claims = {"amr": ["pwd", "otp"]}
    twice = Client()
    assert round_trip(twice)["Location"] == "/"
    assert twice.session["_auth_user_id"] == str(account.pk)


def test_who_must_prove_themselves_twice_is_led_to_it_unless_the_provider_did(provider):
    account = make.security_admin(username="guard")
    bound(provider, account)

    once = Client()
    round_trip(once)
    assert once.get(ME)["Location"] == "/accounts/2fa/totp/activate/"

    provider.claims = {"acr": "mfa"}
    twice = Client()
    round_trip(twice)
    assert twice.get(ME).status_code == 200


def test_a_one_time_password_is_no_matter_to_who_comes_by_the_provider(client, provider):
    account = bound(provider)
    Account.objects.filter(pk=account.pk).update(must_change_password=True)

    round_trip(client)

    assert client.get(ME).status_code == 200


def test_one_binds_ones_own_identity_once(provider):
    account = make.account(username="wang")
    client = signed_in(account)

    assert START in client.get(f"{START}bind/").content.decode()
    response = round_trip(client)

    account.refresh_from_db()
    assert response["Location"] == ME
    assert (account.identity_issuer, account.identity_subject) == (
        provider.issuer,
        "wang@county",
    )
    assert told("organization.identity_bound")[0]["username"] == "wang"
    provider.subject = "somebody-else"
    client.get(f"{START}bind/")
    assert round_trip(client).status_code == 409


def test_without_the_page_that_asks_for_the_password_nothing_is_bound(provider):
    account = make.account(username="wang")

    assert round_trip(signed_in(account)).status_code == 403

    account.refresh_from_db()
    assert account.identity_subject == ""


def test_a_password_asked_anew_may_be_proved_by_the_provider(provider):
    account = bound(provider)
    client = signed_in(account)
    session = client.session
    for one in session["account_authentication_methods"]:
        one["at"] -= 3600
    session.save()
    asks = client.get("/organization/me/pin/")
    page = client.get(asks["Location"]).content.decode()
    assert f"{START}?next=" in page

    response = round_trip(client, f"{START}?next=/organization/me/pin/")

    assert response["Location"] == "/organization/me/pin/"
    assert client.get("/organization/me/pin/").status_code == 200
    assert (provider.asked[0]["prompt"], provider.asked[0]["max_age"]) == ("login", "0")


def test_an_old_proof_or_another_identity_proves_nothing_anew(provider):
    client = signed_in(bound(provider))

    provider.lies = {"auth_time": 1_700_000_000}
    assert round_trip(client).status_code == 403

    provider.lies, provider.subject = {}, "somebody-else"
    assert round_trip(client).status_code == 403


def test_a_release_ends_what_the_identity_opened(client, provider):
    account = bound(provider)
    round_trip(client)
    account.refresh_from_db()

    actions.release_identity(
        allowed(Permission.BIND_IDENTITY),
        account=account,
        reason="换人",
        expected_version=account.version,
    )

    assert client.get(ME).status_code == 302
    assert round_trip(Client()).status_code == 403
