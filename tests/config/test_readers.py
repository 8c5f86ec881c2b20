"""Who reads a live stream."""

import pytest
from django.conf import settings as django_settings

from liandong.config.readers import reader_of
from liandong.kernel.permissions import Role
from liandong.organization import queries
from liandong.organization.actions import set_second_factor_roles
from liandong.organization.permissions import Permission
from tests.config.browser import signed_in
from tests.factories import organization as make
from tests.people import allowed

pytestmark = pytest.mark.django_db


def cookies_of(account):
    name = django_settings.SESSION_COOKIE_NAME
    return f"{name}={signed_in(account).cookies[name].value}"


def test_a_live_stream_is_read_as_its_page_is():
    account = make.holder(Role.DUTY_OFFICER)

    assert reader_of(cookies_of(account)) == queries.actor_for(account)


@pytest.mark.parametrize("cookies", ["", "sessionid=nobody", "theme=dark"])
def test_nobody_reads_a_stream_of_a_stranger(cookies):
    assert reader_of(cookies) is None


def test_whoever_still_owes_a_second_factor_reads_no_stream():
    guard = allowed(Permission.SET_SECOND_FACTOR_ROLES)
    set_second_factor_roles(guard, roles=[Role.DUTY_OFFICER])

    assert reader_of(cookies_of(make.holder(Role.DUTY_OFFICER))) is None
