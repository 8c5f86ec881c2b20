import pytest

from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.permissions import SECOND_FACTOR_ROLES, Permission
from liandong.organization.queries import standing_of
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.organization.journal import audience, told
from tests.people import allowed

pytestmark = pytest.mark.django_db


def require(*roles, actor=None, **more):
    guard = actor or allowed(Permission.SET_SECOND_FACTOR_ROLES)
    return actions.set_second_factor_roles(guard, roles=roles, **more)


def test_a_county_asks_more_roles_for_a_second_factor():
    officer = make.holder(Role.DUTY_OFFICER)
    before = standing_of(officer).asks_twice

    require(Role.DUTY_OFFICER)

    assert (before, standing_of(officer).asks_twice) == (False, True)
    assert queries.second_factor_roles() == SECOND_FACTOR_ROLES | {"duty_officer"}
    [fact] = told("organization.second_factor_roles_set")
    assert (fact["before"], fact["roles"]) == ([], ["duty_officer"])
    assert audience("organization.second_factor_roles_set") == {"audit", "security"}
    assert [one["username"] for one in told("organization.rights_changed")][
        -1
    ] == officer.username
    assert list(queries.without_second_factor()) == [officer]


def test_those_that_always_ask_cannot_be_left_out():
    row = require(Role.DUTY_OFFICER)

    require(expected_version=row.version)

    assert queries.second_factor_roles() == SECOND_FACTOR_ROLES


def test_a_role_no_post_holds_and_an_older_version_are_refused():
    with pytest.raises(Invalid):
        require(Role.DEVICE)
    require(Role.EXPERT)
    with pytest.raises(Stale):
        require(expected_version=9)


def test_only_the_security_administrator_requires_it():
    with pytest.raises(Forbidden):
        require(actor=allowed(Permission.SET_ROLES))
    with pytest.raises(Forbidden):
        require(actor=allowed(Permission.SET_SECOND_FACTOR_ROLES, realm="drill-1"))


def test_one_key_requires_once():
    guard = allowed(Permission.SET_SECOND_FACTOR_ROLES)

    require(Role.EXPERT, actor=guard, idempotency_key="k")
    require(Role.EXPERT, actor=guard, idempotency_key="k")

    assert len(told("organization.second_factor_roles_set")) == 1


def test_the_security_administrator_settles_it_on_the_page():
    client = entered(make.security_admin())

    done = client.post("/organization/administrators/second-factor/", {"roles": ["township"]})

    assert done.status_code == 303
    assert "乡镇" in client.get("/organization/administrators/").content.decode()
