"""What a browser does at the door."""

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from tests.factories.organization import PASSWORD

LOGIN = "/accounts/login/"


def typed(client, account, password=PASSWORD, **headers):
    """Send the sign-in form."""
    username = account if isinstance(account, str) else account.username
    return client.post(LOGIN, {"login": username, "password": password}, **headers)


def signed_in(account, password=PASSWORD):
    """A browser of its own in which this account has signed in."""
    client = Client()
    response = typed(client, account, password)
    assert response.status_code == 302, response.content.decode()
    return client


def code(secret, at):
    """What an authenticator shows at a moment."""
    return format_hotp_value(hotp_value(secret, int(at) // 30))


def bind(client, at, execute_on_commit):
    """Set a second factor up; return its secret."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    with execute_on_commit(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret, at)})
    assert answer.status_code == 302, answer.content.decode()
    return secret
