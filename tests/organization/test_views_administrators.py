import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.permissions import Role
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db
PAGE = "/organization/administrators/"


def test_the_page_says_who_is_who_and_what_is_vacant():
    text = entered(make.security_admin(username="guard")).get(PAGE).content.decode()

    assert ("安全员" in text, "guard" in text, "空缺" in text) == (True, True, True)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.SYSTEM_ADMIN, 200),
        (Role.AUDIT_ADMIN, 200),
        (Role.COMMANDER, 403),
        (Role.DUTY_OFFICER, 403),
    ],
)
def test_the_three_see_each_other_and_nobody_else_does(role, status):
    assert entered(make.holder(role)).get(PAGE).status_code == status


def test_the_page_costs_the_same_with_more_holders():
    client = entered(make.security_admin())
    client.get(PAGE)
    with CaptureQueriesContext(connection) as before:
        client.get(PAGE)
    for _number in range(3):
        make.audit_admin()

    with CaptureQueriesContext(connection) as after:
        client.get(PAGE)

    assert len(after) == len(before)
