"""Who calls the API."""

import pytest
from django.test import Client, RequestFactory
from ninja.errors import HttpError

from liandong.config.api_auth import AUTH
from liandong.kernel.permissions import Role
from liandong.organization import actions, queries
from liandong.web.requests import STRANGER
from tests.config.browser import signed_in
from tests.factories import organization as make

pytestmark = pytest.mark.django_db
TOKEN = "t" * 40


def called(**headers):
    """A request as the API sees it, from nobody's browser."""
    request = RequestFactory().get("/api/", headers=headers)
    vars(request).update(actor=STRANGER, user=None)
    return request


def let_in(request):
    """What the API's authentication makes of a request."""
    answers = [one(request) for one in AUTH]
    return next((answer for answer in answers if answer), None)


def test_a_device_comes_in_by_its_token():
    device = make.device(token=TOKEN)
    request = called(Authorization=f"Bearer {TOKEN}")

    assert let_in(request) == queries.actor_for(device)
    assert request.actor.kind == "device"


@pytest.mark.parametrize("value", ["Bearer wrong", "Bearer ", f"Basic {TOKEN}", TOKEN, ""])
def test_anything_else_is_a_stranger(value):
    make.device(token=TOKEN)
    request = called(Authorization=value)

    assert let_in(request) is None
    assert request.actor is STRANGER


def test_a_locked_device_is_a_stranger():
    device = make.device(token=TOKEN)
    actions.lock_account(
        make.maker(), account=device, reason="丢失", expected_version=device.version
    )

    assert let_in(called(Authorization=f"Bearer {TOKEN}")) is None


def test_a_person_comes_in_by_the_session_of_the_browser():
    account = make.holder(Role.DUTY_OFFICER)
    request = signed_in(account).get("/").wsgi_request

    assert let_in(request) == queries.actor_for(account)


def test_who_still_owes_a_second_factor_does_not_come_in():
    client = signed_in(make.holder(Role.COMMANDER))

    request = client.get("/api/").wsgi_request

    assert let_in(request) is None


def test_writing_by_session_asks_for_the_csrf_token():
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        make.holder(Role.DUTY_OFFICER), backend="django.contrib.auth.backends.ModelBackend"
    )
    request = client.get("/").wsgi_request
    request.method = "POST"

    with pytest.raises(HttpError) as refused:
        AUTH[1](request)

    assert refused.value.status_code == 403
