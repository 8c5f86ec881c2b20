import pytest

from liandong.kernel.problems import Forbidden
from liandong.organization import actions
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import audience, told
from tests.people import allowed, duty_officer

pytestmark = pytest.mark.django_db
DOOR = Permission.RECORD_SIGN_IN


def came(account, actor, **more):
    return actions.sign_in(
        actor, account=account, address="10.0.0.7", methods=["password", "totp"], **more
    )


def failed(account, actor, **more):
    return actions.record_failed_sign_in(
        actor, account=account, address="10.0.0.7", step="password", **more
    )


def shut(account, actor, **more):
    return actions.record_locked_sign_in(
        actor, account=account, address="10.0.0.7", minutes=15, **more
    )


TOLD = {
    came: ("organization.signed_in", {"methods": ["password", "totp"]}),
    failed: ("organization.sign_in_failed", {"step": "password"}),
    shut: ("organization.sign_in_locked", {"minutes": 15}),
}


@pytest.mark.parametrize("deed", TOLD)
def test_the_door_tells_what_it_saw(deed):
    account = make.account(username="wang")
    name, more = TOLD[deed]

    deed(account, allowed(DOOR))

    assert told(name) == [
        {"subject_id": str(account.pk), "username": "wang", "address": "10.0.0.7", **more}
    ]
    assert audience(name) == {"audit", "security", f"account:{account.pk}"}


@pytest.mark.parametrize("deed", TOLD)
def test_only_the_door_tells(deed):
    with pytest.raises(Forbidden):
        deed(make.account(), duty_officer())


@pytest.mark.parametrize("deed", TOLD)
def test_each_is_once_for_one_key(deed):
    account, actor = make.account(), allowed(DOOR)

    deed(account, actor, idempotency_key="k")
    deed(account, actor, idempotency_key="k")

    assert len(told(TOLD[deed][0])) == 1
