import pytest

from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing
from liandong.sharing.actions import (
    accept_return,
    approve_bulletin,
    change_record,
    compile_bulletin,
    distribute_bulletin,
    reject_bulletin,
    sign_bulletin,
    withdraw_record,
)
from liandong.sharing.models import Bulletin, Receipt, Record, Round
from liandong.sharing.states import BulletinState
from tests.sharing.conftest import RISK, row
from tests.sharing.people import keeper_of
from tests.sharing.rounds import clerk_of, entered, opened, return_of, submitted

pytestmark = pytest.mark.django_db


def compiled(office, round_, **more):
    now = Round.objects.select_related("office").get(pk=round_.pk)
    clerk = clerk_of(office, person="compiler")
    return compile_bulletin(clerk, round=now, expected_version=now.version, **more)


def given(office, committee_office, round_, bodies):
    row = compiled(office, round_, without="不等")
    clerk = clerk_of(committee_office)
    approve_bulletin(clerk, bulletin=row, expected_version=1)
    return distribute_bulletin(clerk, bulletin=row, bodies=bodies, expected_version=2)


def test_a_bulletin_waits_for_every_return_or_says_why_not(office, land, water):
    entered(land)
    round_ = opened(office, [land, water])
    submitted(round_, land)
    accept_return(clerk_of(office), row=return_of(round_, land), expected_version=2)
    with pytest.raises(Invalid) as problem:
        compiled(office, round_)

    made = compiled(office, round_, without="水利局系统检修，下期补报")

    assert "县水利局" in str(problem.value)
    assert made.state == BulletinState.COMPILED
    assert [one["name"] for one in made.content["risk_source"]] == ["后山滑坡"]


def test_nothing_sensitive_is_in_a_bulletin(office, land):
    entered(land)
    entered(land, "限知的", sensitivity="restricted")
    round_ = opened(office, [land])

    made = compiled(office, round_, without="不等")

    assert RISK["owner"]["phone"] not in str(made.content)
    assert "限知的" not in str(made.content)


def test_the_next_bulletin_says_what_differs(office, committee_office, land):
    first, second = entered(land, "甲"), entered(land, "乙")
    given(office, committee_office, opened(office, [land]), [land])
    new = row(land, name="甲", values={**RISK, "grade": "1"})
    change_record(keeper_of(land), record=first, row=new, expected_version=1)
    withdraw_record(keeper_of(land), record=second, reason="销号", expected_version=1)
    entered(land, "丙")

    made = compiled(office, opened(office, [land], title="三季度"), without="不等")

    said = made.differences["risk_source"]
    assert [one["name"] for one in said["new"]] == ["丙"]
    assert [one["name"] for one in said["gone"]] == ["乙"]
    assert said["changed"][0]["fields"] == [["危险等级", "较大风险", "重大风险"]]


def test_only_the_committee_office_approves_and_never_its_own_work(
    office, committee_office, land
):
    made = compiled(office, opened(office, [land]), without="不等")

    with pytest.raises(Forbidden):
        approve_bulletin(clerk_of(office, "other"), bulletin=made, expected_version=1)
    with pytest.raises(Forbidden):
        approve_bulletin(
            clerk_of(committee_office, "compiler"), bulletin=made, expected_version=1
        )

    done = approve_bulletin(clerk_of(committee_office), bulletin=made, expected_version=1)
    assert done.state == BulletinState.APPROVED


def test_without_a_committee_office_another_person_approves(office, land):
    made = compiled(office, opened(office, [land]), without="不等")

    with pytest.raises(Forbidden):
        approve_bulletin(clerk_of(office, "compiler"), bulletin=made, expected_version=1)

    approve_bulletin(clerk_of(office, "another"), bulletin=made, expected_version=1)


def test_a_rejected_bulletin_is_compiled_anew_and_no_other(office, committee_office, land):
    round_ = opened(office, [land])
    made = compiled(office, round_, without="不等")
    with pytest.raises(IllegalMove):
        compiled(office, round_, without="不等")
    with pytest.raises(Invalid):
        reject_bulletin(
            clerk_of(committee_office), bulletin=made, reason=" ", expected_version=1
        )
    reject_bulletin(
        clerk_of(committee_office), bulletin=made, reason="缺水库", expected_version=1
    )

    assert compiled(office, round_, without="不等").edition == 2


def test_those_it_was_given_to_sign_once(office, committee_office, land, water):
    made = given(office, committee_office, opened(office, [land]), [land])

    first = sign_bulletin(keeper_of(land), bulletin=made, body=land)
    again = sign_bulletin(keeper_of(land), bulletin=made, body=land)

    assert first.signed_at == again.signed_at
    assert Receipt.objects.filter(signed_at=None).count() == 0
    with pytest.raises(Missing):
        sign_bulletin(keeper_of(water), bulletin=made, body=water)
    with pytest.raises(Forbidden):
        sign_bulletin(keeper_of(water), bulletin=made, body=land)


def test_what_is_not_approved_is_given_to_nobody(office, committee_office, land):
    made = compiled(office, opened(office, [land]), without="不等")

    with pytest.raises(IllegalMove):
        distribute_bulletin(
            clerk_of(committee_office), bulletin=made, bodies=[land], expected_version=1
        )

    approve_bulletin(clerk_of(committee_office), bulletin=made, expected_version=1)
    with pytest.raises(Invalid):
        distribute_bulletin(
            clerk_of(committee_office), bulletin=made, bodies=[], expected_version=2
        )
    assert Bulletin.objects.get().state == BulletinState.APPROVED
    assert not Record.objects.exists()
