from datetime import timedelta

import pytest

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.models import Shift, Swap
from liandong.organization.queries import actor_for
from tests.factories import organization as make
from tests.organization.journal import told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def two():
    """王伟 and 李敏, who take turns from tomorrow on."""
    wang = make.holder(Role.DUTY_OFFICER, name="王伟")
    li = make.holder(Role.DUTY_OFFICER, name="李敏")
    since = clock.now(ACTUAL) + DAY
    turns = actions.by_turns("officer", [wang.person, li.person], since, days=4)
    actions.lay_shifts(make.maker(), shifts=turns)
    return wang, li


def shifts():
    return list(Shift.objects.select_related("person").order_by("from_at"))


def names():
    return [one.person.name for one in shifts()]


def ask(asker, taker, *, shift=None, in_return=None, reason="家里有事", **more):
    return actions.ask_swap(
        actor_for(asker),
        shift=shift or shifts()[0],
        person=taker.person,
        in_return=in_return,
        reason=reason,
        **more,
    )


def answer(who, swap, *, agrees=True, version=None, **more):
    return actions.answer_swap(
        actor_for(who),
        swap=swap,
        agrees=agrees,
        expected_version=version or swap.version,
        **more,
    )


def test_nothing_changes_until_the_other_agrees(two):
    wang, li = two
    swap = ask(wang, li)
    before = names()

    waits = list(queries.swaps_waiting(li.person.pk))
    answer(li, swap)

    assert (before[0], waits, names()[0]) == ("王伟", [swap], "李敏")
    [fact] = told("organization.shift_swapped")
    assert (fact["before"], fact["person_name"], fact["reason"]) == ("王伟", "李敏", "家里有事")
    assert list(queries.swaps_waiting(li.person.pk)) == []


def test_two_shifts_change_hands_together(two):
    wang, li = two
    swap = ask(wang, li, in_return=shifts()[1])

    answer(li, swap)

    assert names() == ["李敏", "王伟", "王伟", "李敏"]


def test_whoever_declines_says_why_and_nothing_changes(two):
    wang, li = two
    swap = ask(wang, li)
    with pytest.raises(Invalid):
        answer(li, swap, agrees=False)

    answer(li, swap, agrees=False, answer="当天出差")

    assert names() == ["王伟", "李敏", "王伟", "李敏"]
    assert [fact["answer"] for fact in told("organization.swap_declined")] == ["当天出差"]
    with pytest.raises(IllegalMove):
        answer(li, Swap.objects.select_related("shift", "asked_by", "asked_of").get())


def test_what_was_asked_can_be_taken_back(two):
    wang, li = two
    swap = ask(wang, li)

    actions.withdraw_swap(actor_for(wang), swap=swap, expected_version=swap.version)

    with pytest.raises(IllegalMove):
        answer(li, swap)
    ask(wang, li)


def test_only_the_two_concerned_ask_and_answer(two):
    wang, li = two
    with pytest.raises(Forbidden):
        ask(li, wang)
    swap = ask(wang, li)

    with pytest.raises(Forbidden):
        answer(wang, swap)
    with pytest.raises(Forbidden):
        actions.withdraw_swap(actor_for(li), swap=swap, expected_version=swap.version)


def test_a_shift_that_changed_hands_meanwhile_is_not_swapped(two):
    wang, li = two
    swap = ask(wang, li)
    first = shifts()[0]
    actions.swap_shift(
        make.maker(),
        shift=first,
        person=make.person("赵磊"),
        reason="调整",
        expected_version=first.version,
    )

    with pytest.raises(IllegalMove):
        answer(li, swap)


def test_one_who_is_on_duty_then_cannot_take_it(two):
    wang, li = two
    actions.lay_shifts(
        make.maker(),
        shifts=[
            actions.ShiftSpec(
                role="officer",
                person=li.person,
                from_at=shifts()[0].from_at,
                until_at=shifts()[0].from_at + timedelta(hours=2),
            )
        ],
    )
    swap = ask(wang, li, shift=next(one for one in shifts() if one.person == wang.person))

    with pytest.raises(IllegalMove):
        answer(li, swap)


def test_what_is_asked_wrongly_is_said_at_its_field(two):
    wang, li = two

    for more, field in (
        ({"reason": " "}, "reason"),
        ({"in_return": shifts()[2]}, "in_return"),
    ):
        with pytest.raises(Invalid) as refused:
            ask(wang, li, **more)
        assert list(refused.value.fields) == [field]
    with pytest.raises(Invalid):
        ask(wang, wang)


def test_one_shift_is_asked_for_once(two):
    wang, li = two
    ask(wang, li)

    with pytest.raises(IllegalMove):
        ask(wang, li)


def test_whoever_saw_an_older_version_is_told(two):
    wang, li = two

    with pytest.raises(Stale):
        answer(li, ask(wang, li), version=9)


def test_one_key_asks_and_answers_once(two):
    wang, li = two
    first = shifts()[0]
    swap = ask(wang, li, shift=first, idempotency_key="k")

    assert ask(wang, li, shift=first, idempotency_key="k") == swap
    answer(li, swap, version=1, idempotency_key="a")
    answer(li, swap, version=1, idempotency_key="a")
    assert len(told("organization.swap_agreed")) == 1
