import pytest

from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.organization import actions, queries
from liandong.organization.actions import Administrator
from liandong.organization.models import Account, Body, Secret
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import everything, told
from tests.people import allowed

pytestmark = pytest.mark.django_db
THREE = [
    Administrator(Role.SYSTEM_ADMIN, "系统员", "system", Secret("system-one-time")),
    Administrator(Role.SECURITY_ADMIN, "安全员", "security", Secret("security-one-time")),
    Administrator(Role.AUDIT_ADMIN, "审计员", "audit", Secret("audit-one-time")),
]


def found(*, actor=None, administrators=THREE, **more):
    actor = actor or system_actor("node", "初始化", ACTUAL, Permission.FOUND_COUNTY)
    return actions.found_county(actor, county="清溪县", administrators=administrators, **more)


def test_found_county_lets_three_administrators_in():
    body = found()

    accounts = {one.username: one for one in queries.all_accounts()}
    roles = {name: queries.roles_of_person(one.person) for name, one in accounts.items()}
    assert roles == {
        "system": {Role.SYSTEM_ADMIN},
        "security": {Role.SECURITY_ADMIN},
        "audit": {Role.AUDIT_ADMIN},
    }
    assert accounts["audit"].check_password("audit-one-time")
    assert accounts["audit"].must_change_password
    assert told("organization.county_founded") == [
        {
            "subject_id": str(body.pk),
            "county": "清溪县",
            "administrators": ["system", "security", "audit"],
        }
    ]
    assert "one-time" not in everything()


def test_the_three_cannot_do_each_others_work():
    found()
    can = {
        one.username: {grant.permission for grant in queries.actor_for(one).grants}
        for one in queries.all_accounts()
    }

    assert Permission.CREATE_BODY in can["system"]
    assert can["system"] & {Permission.CREATE_ACCOUNT, Permission.SET_ROLES} == set()
    assert Permission.READ_ACCOUNTS not in can["system"]
    assert Permission.CREATE_ACCOUNT in can["security"]
    assert "kernel:journal:read" not in can["security"] | can["system"]
    assert "kernel:journal:read" in can["audit"]
    assert can["audit"] & {Permission.CREATE_BODY, Permission.LOCK_ACCOUNT} == set()


def test_found_county_refuses_a_node_that_has_accounts():
    make.account()

    with pytest.raises(IllegalMove):
        found()


@pytest.mark.parametrize("administrators", [[], THREE[:2], [*THREE, THREE[0]]])
def test_found_county_asks_for_one_of_each(administrators):
    with pytest.raises(Invalid):
        found(administrators=administrators)

    assert (Account.objects.count(), Body.objects.count()) == (0, 0)


def test_found_county_is_all_or_nothing():
    twice = [*THREE[:2], Administrator(Role.AUDIT_ADMIN, "审计员", "system", Secret("x" * 12))]

    with pytest.raises(Invalid):
        found(administrators=twice)

    assert (Account.objects.count(), Body.objects.count()) == (0, 0)


def test_found_county_needs_permission():
    with pytest.raises(Forbidden):
        found(actor=allowed(Permission.CREATE_ACCOUNT))


def test_found_county_twice_with_one_key_is_once():
    actor = system_actor("node", "初始化", ACTUAL, Permission.FOUND_COUNTY)

    assert found(actor=actor, idempotency_key="k") == found(actor=actor, idempotency_key="k")
    assert Account.objects.count() == 3


def test_found_county_is_not_for_drills():
    with pytest.raises(Forbidden):
        found(actor=system_actor("node", "初始化", "drill-1", Permission.FOUND_COUNTY))
