from datetime import timedelta

import pytest

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.problems import Forbidden, Invalid
from liandong.kernel.timers import due_times
from liandong.sharing.actions import (
    open_round,
    remind_of_receipts,
    remind_of_returns,
    sign_bulletin,
)
from liandong.sharing.actions.round import RETURN_DUE, SUBJECT
from liandong.sharing.models import Return, Round
from liandong.sharing.permissions import Permission
from liandong.sharing.states import ReturnState
from tests.organization.journal import told
from tests.sharing.people import keeper_of
from tests.sharing.rounds import clerk_of, opened, submitted
from tests.sharing.test_actions_bulletin import given

pytestmark = pytest.mark.django_db


def test_a_round_asks_each_unit_once_and_sets_its_clocks(office, land, water):
    row = opened(office, [land, water, land])

    assert set(Return.objects.values_list("state", flat=True)) == {ReturnState.AWAITED}
    assert row.returns.count() == 2
    clocks = due_times(RETURN_DUE, realm=ACTUAL, subject_kind=SUBJECT, subject_id=str(row.pk))
    assert set(clocks) == {"early", "over"}
    assert told("sharing.round_opened")[0]["title"] == row.title


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"title": " "}, "title"),
        ({"kinds": []}, "kinds"),
        ({"kinds": ["nonsense"]}, "kinds"),
        ({"bodies": []}, "bodies"),
        ({"due_at": None}, "due_at"),
    ],
)
def test_a_round_that_asks_nothing_is_refused(office, land, wrong, where):
    now = clock.now(ACTUAL)
    asked = {
        "title": "报送",
        "kinds": ["team"],
        "bodies": [land],
        "due_at": now + timedelta(days=1),
        **({"due_at": now} if "due_at" in wrong else wrong),
    }

    with pytest.raises(Invalid) as problem:
        open_round(clerk_of(office), office=office, **asked)

    assert where in problem.value.fields


def test_nobody_opens_a_round_of_another_office(office, committee_office, land):
    with pytest.raises(Forbidden):
        open_round(
            clerk_of(committee_office),
            office=office,
            title="报送",
            kinds=["team"],
            bodies=[land],
            due_at=clock.now(ACTUAL) + timedelta(days=1),
        )


def test_a_unit_opens_none(office, land):
    with pytest.raises(Forbidden):
        open_round(
            keeper_of(land),
            office=office,
            title="报送",
            kinds=["team"],
            bodies=[land],
            due_at=clock.now(ACTUAL) + timedelta(days=1),
        )
    assert not Round.objects.exists()


def reminder():
    return system_actor("timer", "报送日历", ACTUAL, Permission.REMIND_ROUND)


def test_only_those_who_owe_are_reminded(office, land, water):
    row = opened(office, [land, water])
    submitted(row, land, is_nil=True)

    remind_of_returns(reminder(), round=row)

    assert told("sharing.units_reminded")[0]["bodies"] == [str(water.pk)]


def test_nobody_is_reminded_who_has_signed(office, committee_office, land):
    made = given(office, committee_office, opened(office, [land]), [land])
    sign_bulletin(keeper_of(land), bulletin=made, body=land)

    remind_of_receipts(reminder(), bulletin=made)

    assert told("sharing.units_reminded") == []
