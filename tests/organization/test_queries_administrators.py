import pytest
from allauth.mfa.models import Authenticator

from liandong.kernel.permissions import Role
from liandong.organization import actions, queries
from liandong.organization.models import PostRole
from tests.factories import organization as make

pytestmark = pytest.mark.django_db


def test_each_of_the_three_has_its_holders():
    guard, audit = make.security_admin(), make.audit_admin()

    found = {one.role: one for one in queries.administrations()}

    assert [account for _c, account in found[Role.SECURITY_ADMIN].chairs] == [guard]
    assert [account for _c, account in found[Role.AUDIT_ADMIN].chairs] == [audit]
    assert [found[role].is_vacant for role in found] == [True, False, False]


def test_an_administrator_who_is_locked_out_leaves_the_place_vacant():
    guard = make.security_admin()
    actions.lock_account(
        make.maker(), account=guard, reason="休假", expected_version=guard.version
    )

    found = {one.role: one for one in queries.administrations()}

    assert found[Role.SECURITY_ADMIN].is_vacant


def test_one_who_holds_two_is_named():
    guard = make.security_admin()
    PostRole.objects.create(  # as no action would
        post=queries.positions_of(guard.person)[0].post, role=Role.AUDIT_ADMIN
    )

    found = {one.role: one.doubled for one in queries.administrations()}

    assert found == {
        Role.SYSTEM_ADMIN: [],
        Role.SECURITY_ADMIN: ["安全员"],
        Role.AUDIT_ADMIN: ["安全员"],
    }


def test_the_three_cost_the_same_with_more_holders(django_assert_num_queries):
    make.security_admin()
    make.audit_admin()
    make.now()

    with django_assert_num_queries(3):
        queries.administrations()


def test_accounts_that_owe_a_second_factor_are_listed():
    commander, bound = make.holder(Role.COMMANDER), make.holder(Role.COMMANDER)
    Authenticator.objects.create(user=bound, type="totp", data={"secret": "x"})
    make.holder(Role.DUTY_OFFICER)

    assert list(queries.without_second_factor()) == [commander]
