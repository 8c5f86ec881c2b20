from datetime import timedelta

import pytest

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.actions import ShiftSpec
from liandong.organization.models import Shift
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import told
from tests.people import allowed

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def lay(*people, role="officer", days=4, hours=24, since=None, actor=None, **more):
    since = since or clock.now(ACTUAL) - HOUR
    shifts = actions.by_turns(role, people, since, days=days, hours=hours)
    return actions.lay_shifts(actor or allowed(Permission.LAY_ROSTER), shifts=shifts, **more)


def swap(shift, person, *, actor=None, version=1, reason="出差", **more):
    return actions.swap_shift(
        actor or allowed(Permission.SWAP_SHIFT),
        shift=shift,
        person=person,
        reason=reason,
        expected_version=version,
        **more,
    )


def withdraw(shift, *, actor=None, version=1, reason="节日调休", **more):
    return actions.withdraw_shift(
        actor or allowed(Permission.LAY_ROSTER),
        shift=shift,
        reason=reason,
        expected_version=version,
        **more,
    )


def test_lay_shifts_lets_people_take_turns():
    wang, li = make.person("王伟"), make.person("李敏")

    lay(wang, li)

    assert [one.person.name for one in Shift.objects.order_by("from_at")] == [
        "王伟",
        "李敏",
        "王伟",
        "李敏",
    ]
    (fact,) = told("organization.shifts_laid")
    assert (fact["role"], fact["count"], fact["people"]) == ("值班员", 4, ["王伟", "李敏"])


def test_lay_shifts_needs_permission():
    with pytest.raises(Forbidden):
        lay(make.person(), actor=allowed(Permission.SWAP_SHIFT))


def test_lay_shifts_is_not_for_drills():
    with pytest.raises(Forbidden):
        lay(make.person(), actor=allowed(Permission.LAY_ROSTER, realm="drill-1"))


def test_lay_shifts_refuses_one_person_twice_at_once():
    wang = make.person("王伟")
    lay(wang)

    with pytest.raises(IllegalMove):
        lay(wang)

    assert Shift.objects.count() == 4


def test_lay_shifts_lets_two_be_on_duty_together():
    lay(make.person("王伟"))
    lay(make.person("李敏"))

    assert [one.person.name for one in queries.shifts_now()] == ["王伟", "李敏"]


@pytest.mark.parametrize(
    ("length", "role", "field"),
    [
        (timedelta(), "officer", "until_at"),
        (timedelta(days=9), "officer", "until_at"),
        (HOUR, "cook", "role"),
    ],
)
def test_lay_shifts_names_what_is_wrong(length, role, field):
    now = clock.now(ACTUAL)
    one = ShiftSpec(role=role, person=make.person(), from_at=now, until_at=now + length)

    with pytest.raises(Invalid) as refused:
        actions.lay_shifts(allowed(Permission.LAY_ROSTER), shifts=[one])

    assert list(refused.value.fields) == [field]


def test_lay_shifts_refuses_none_at_all():
    with pytest.raises(Invalid):
        lay()


def test_lay_shifts_twice_with_one_key_is_once():
    wang, actor, since = make.person("王伟"), allowed(Permission.LAY_ROSTER), clock.now(ACTUAL)

    first = lay(wang, actor=actor, since=since, idempotency_key="k")
    second = lay(wang, actor=actor, since=since, idempotency_key="k")

    assert (first, Shift.objects.count()) == (second, 4)


def test_swap_shift_gives_it_to_another():
    shift = lay(make.person("王伟"))

    swap(shift, make.person("李敏"))

    shift.refresh_from_db()
    (fact,) = told("organization.shift_swapped")
    assert shift.person.name == "李敏"
    assert (fact["before"], fact["person_name"], fact["reason"]) == ("王伟", "李敏", "出差")


def test_swap_shift_needs_permission_and_is_not_for_drills():
    shift, li = lay(make.person("王伟")), make.person("李敏")

    with pytest.raises(Forbidden):
        swap(shift, li, actor=allowed(Permission.LAY_ROSTER))
    with pytest.raises(Forbidden):
        swap(shift, li, actor=allowed(Permission.SWAP_SHIFT, realm="drill-1"))


def test_swap_shift_refuses_the_same_person_and_a_blank_reason():
    wang = make.person("王伟")
    shift = lay(wang)

    with pytest.raises(IllegalMove):
        swap(shift, wang)
    with pytest.raises(Invalid):
        swap(shift, make.person("李敏"), reason=" ")


def test_swap_shift_refuses_what_is_over():
    shift = lay(make.person("王伟"), since=clock.now(ACTUAL) - timedelta(days=9))

    with pytest.raises(IllegalMove):
        swap(shift, make.person("李敏"))


def test_swap_shift_refuses_who_saw_an_older_version():
    shift = lay(make.person("王伟"))
    swap(shift, make.person("李敏"))

    with pytest.raises(Stale):
        swap(shift, make.person("赵磊"))


def test_swap_shift_twice_with_one_key_is_once():
    shift, li, actor = (
        lay(make.person("王伟")),
        make.person("李敏"),
        allowed(Permission.SWAP_SHIFT),
    )

    swap(shift, li, actor=actor, idempotency_key="k")
    swap(shift, li, actor=actor, idempotency_key="k")

    assert len(told("organization.shift_swapped")) == 1


def test_withdraw_shift_takes_it_off_and_keeps_the_row():
    shift = lay(make.person("王伟"), days=1)

    withdraw(shift)

    assert (queries.shifts_now(), Shift.objects.count()) == ([], 1)
    assert [fact["reason"] for fact in told("organization.shift_withdrawn")] == ["节日调休"]


def test_withdraw_shift_refuses_a_second_time_and_an_older_version():
    shift = lay(make.person("王伟"), days=1)
    withdraw(shift)

    with pytest.raises(IllegalMove):
        withdraw(shift, version=2)
    fresh = lay(make.person("李敏"), days=1)
    with pytest.raises(Stale):
        withdraw(fresh, version=7)


def test_withdraw_shift_needs_permission_and_is_not_for_drills():
    shift = lay(make.person("王伟"), days=1)

    with pytest.raises(Forbidden):
        withdraw(shift, actor=allowed(Permission.SWAP_SHIFT))
    with pytest.raises(Forbidden):
        withdraw(shift, actor=allowed(Permission.LAY_ROSTER, realm="drill-1"))


def test_withdraw_shift_twice_with_one_key_is_once():
    shift, actor = lay(make.person("王伟"), days=1), allowed(Permission.LAY_ROSTER)

    withdraw(shift, actor=actor, idempotency_key="k")
    withdraw(shift, actor=actor, idempotency_key="k")

    assert len(told("organization.shift_withdrawn")) == 1


def test_the_leader_of_the_shift_is_asked_first():
    first = make.post("leader", title="带班领导", roles=[Role.DUTY_LEADER])
    second = make.post("leader", title="带班领导", roles=[Role.DUTY_LEADER])
    make.person("王伟", at=first)
    li = make.person("李敏", at=second)
    before = queries.leading_posts()

    lay(li, role="leader")

    assert (before, queries.leading_posts()) == ([first, second], [second, first])
