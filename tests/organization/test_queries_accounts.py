import pytest

from liandong.organization import actions, queries
from liandong.organization.models import Secret
from tests.factories import organization as make

pytestmark = pytest.mark.django_db


def test_a_user_name_means_the_same_whatever_its_case():
    account = make.account(username="WangPing")

    assert queries.account_by_username(" wangPING ") == account


def test_an_unknown_user_name_finds_nobody():
    assert queries.account_by_username("nobody") is None


def test_a_token_finds_its_device():
    device = make.device(token="a" * 40)
    make.device("gauge-2", token="b" * 40)

    assert queries.account_by_token("a" * 40) == device
    assert queries.account_by_token("c" * 40) is None


def test_the_token_of_a_locked_device_is_worth_nothing():
    device = make.device(token="a" * 40)

    actions.lock_account(
        make.maker(), account=device, reason="被盗", expected_version=device.version
    )

    assert queries.account_by_token("a" * 40) is None


def test_a_token_that_was_rotated_is_worth_nothing():
    device = make.device(token="a" * 40)

    actions.rotate_token(
        make.maker(), account=device, token=Secret("b" * 40), expected_version=device.version
    )

    assert queries.account_by_token("a" * 40) is None
    assert queries.account_by_token("b" * 40) == device


def test_a_new_node_has_no_accounts():
    assert not queries.has_accounts()


def test_a_person_has_one_account():
    account = make.account()

    assert queries.account_of(account.person) == account
    assert queries.accounts_of_people([account.person_id]) == [account]
