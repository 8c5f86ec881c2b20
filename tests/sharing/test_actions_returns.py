import pytest

from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.sharing.actions import accept_return, send_back_return, submit_return
from liandong.sharing.models import Record
from liandong.sharing.states import ReturnState
from tests.sharing.people import keeper_of
from tests.sharing.rounds import clerk_of, entered, opened, return_of, submitted

pytestmark = pytest.mark.django_db


def test_a_unit_answers_once_everything_is_looked_at(office, land):
    entered(land)
    round_ = opened(office, [land])

    with pytest.raises(Invalid) as problem:
        submitted(round_, land, confirms_rest=False)
    done = submitted(round_, land)

    assert "confirms_rest" in problem.value.fields
    assert done.counts == {"risk_source": 1}
    assert Record.objects.get().confirmed_at >= round_.opened_at


def test_nothing_to_report_is_said_and_only_where_it_is_true(office, land, water):
    entered(land)
    round_ = opened(office, [land, water])

    with pytest.raises(Invalid):
        submitted(round_, land, is_nil=True)
    with pytest.raises(Invalid):
        submitted(round_, water)

    assert submitted(round_, water, is_nil=True).is_nil


def test_nobody_answers_for_another_unit(office, land, water):
    round_ = opened(office, [land, water])

    with pytest.raises(Forbidden):
        submit_return(
            keeper_of(water), row=return_of(round_, land), is_nil=True, expected_version=1
        )


def test_late_is_late(office, land, at):
    at("2026-07-01T08:00")
    round_ = opened(office, [land], days=1)
    at("2026-07-03T08:00")

    assert submitted(round_, land, is_nil=True).is_late


def test_the_office_sends_back_with_a_reason_and_accepts_what_comes_again(office, land):
    round_ = opened(office, [land])
    submitted(round_, land, is_nil=True)
    clerk = clerk_of(office)
    with pytest.raises(Invalid):
        send_back_return(clerk, row=return_of(round_, land), reason=" ", expected_version=2)

    send_back_return(
        clerk, row=return_of(round_, land), reason="应有滑坡点", expected_version=2
    )
    entered(land)
    submitted(round_, land)
    accept_return(clerk, row=return_of(round_, land), expected_version=4)

    done = return_of(round_, land)
    assert (done.state, done.sent_back) == (ReturnState.ACCEPTED, 1)


def test_another_office_does_not_check(office, committee_office, land):
    round_ = opened(office, [land])
    submitted(round_, land, is_nil=True)

    with pytest.raises(Forbidden):
        accept_return(
            clerk_of(committee_office), row=return_of(round_, land), expected_version=2
        )


def test_what_was_not_returned_is_not_checked(office, land):
    round_ = opened(office, [land])

    with pytest.raises(IllegalMove):
        accept_return(clerk_of(office), row=return_of(round_, land), expected_version=1)


def test_of_two_who_submit_one_is_told(office, land):
    round_ = opened(office, [land])
    seen = return_of(round_, land)
    submitted(round_, land, is_nil=True)

    with pytest.raises((Stale, IllegalMove)):
        submit_return(keeper_of(land), row=seen, is_nil=True, expected_version=seen.version)
