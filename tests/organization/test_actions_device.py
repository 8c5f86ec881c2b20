import pytest

from liandong.kernel.journal.models import Call
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.models import Account, Secret
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import everything, told
from tests.people import allowed

pytestmark = pytest.mark.django_db
TOKEN = Secret("t" * 40)


def register(*, actor=None, token=TOKEN, **more):
    return actions.register_device(
        actor or allowed(Permission.REGISTER_DEVICE),
        username="Gauge-1",
        title="城关雨量计",
        token=token,
        **more,
    )


def test_register_device_gives_it_an_account_and_a_token():
    body = make.body()

    account = register(body=body)

    assert (account.kind, account.username, account.body) == ("device", "gauge-1", body)
    assert not account.has_usable_password()
    assert queries.account_by_token(TOKEN) == account
    assert told("organization.device_registered") == [
        {
            "subject_id": str(account.pk),
            "username": "gauge-1",
            "title": "城关雨量计",
            "body_id": str(body.pk),
        }
    ]


def test_no_token_stands_in_the_tables():
    account = register(idempotency_key="k")

    kept = everything() + repr(list(Call.objects.values())) + repr(vars(account))
    assert str(TOKEN) not in kept


def test_register_device_needs_permission():
    with pytest.raises(Forbidden):
        register(actor=allowed(Permission.CREATE_ACCOUNT))


def test_register_device_refuses_a_token_that_could_be_guessed():
    with pytest.raises(Invalid) as refused:
        register(token=Secret("short"))

    assert list(refused.value.fields) == ["token"]
    assert Account.objects.count() == 0


def test_register_device_refuses_a_name_in_use():
    register()

    with pytest.raises(Invalid):
        register(token=Secret("u" * 40))


def test_register_device_twice_with_one_key_is_once():
    actor = allowed(Permission.REGISTER_DEVICE)

    register(actor=actor, idempotency_key="k")
    register(actor=actor, idempotency_key="k")

    assert Account.objects.count() == 1


def test_register_device_is_not_for_drills():
    with pytest.raises(Forbidden):
        register(actor=allowed(Permission.REGISTER_DEVICE, realm="drill-1"))


def rotate(account, *, actor=None, version=1, **more):
    return actions.rotate_token(
        actor or allowed(Permission.ROTATE_TOKEN),
        account=account,
        token=Secret("n" * 40),
        expected_version=version,
        **more,
    )


def test_rotate_token_replaces_it():
    account = make.device(token="o" * 40)

    rotate(account)

    assert queries.account_by_token("n" * 40) == account
    assert queries.account_by_token("o" * 40) is None
    assert told("organization.token_rotated") == [
        {"subject_id": str(account.pk), "username": "gauge-1"}
    ]


def test_rotate_token_is_not_for_people():
    with pytest.raises(IllegalMove):
        rotate(make.account())


def test_rotate_token_needs_permission():
    with pytest.raises(Forbidden):
        rotate(make.device(), actor=allowed(Permission.REGISTER_DEVICE))


def test_rotate_token_refuses_who_saw_an_older_version():
    account = make.device()
    rotate(account)

    with pytest.raises(Stale):
        rotate(account, version=1)


def test_rotate_token_twice_with_one_key_is_once():
    account, actor = make.device(), allowed(Permission.ROTATE_TOKEN)

    rotate(account, actor=actor, idempotency_key="k")
    rotate(account, actor=actor, idempotency_key="k")

    assert len(told("organization.token_rotated")) == 1


def test_rotate_token_is_not_for_drills():
    with pytest.raises(Forbidden):
        rotate(make.device(), actor=allowed(Permission.ROTATE_TOKEN, realm="drill-1"))
