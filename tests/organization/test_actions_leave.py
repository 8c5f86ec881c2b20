from datetime import timedelta

import pytest

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.models import Leave, Shift
from liandong.organization.permissions import Permission
from liandong.organization.queries import actor_for
from tests.factories import organization as make
from tests.organization.journal import told
from tests.people import allowed, office

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def away(person, *, actor=None, since=None, days=3, **more):
    since = since or clock.now(ACTUAL)
    return actions.enter_leave(
        actor or office(), person=person, from_at=since, until_at=since + days * DAY, **more
    )


def back(leave, *, actor=None, version=1, **more):
    return actions.end_leave(actor or office(), leave=leave, expected_version=version, **more)


def test_what_comes_to_a_post_goes_to_the_deputy_while_the_holder_is_away():
    post = make.post()
    holder = make.person("王平", at=post)
    deputy = make.person("李梅", at=post, is_deputy=True)

    away(holder)

    assert queries.holders(post) == [deputy]
    [fact] = told("organization.leave_entered")
    assert (fact["person_name"], fact["posts"], fact["shifts"]) == ("王平", [], 0)


def test_a_stand_in_holds_the_chair_for_that_time_and_ends_by_the_clock(at, work):
    at("2026-07-14T18:00")
    post = make.post(title="联络员")
    holder, stand_in = make.person("王平", at=post), make.account(name="李梅")
    away(holder, since=clock.now(ACTUAL) + DAY, days=1, stand_in=stand_in.person)
    seen = []

    for hour in ("2026-07-14T19:00", "2026-07-15T19:00", "2026-07-16T19:00"):
        at(hour)
        work()
        seen.append((queries.holders(post), actor_for(stand_in).post == str(post.pk)))

    assert seen == [([holder], False), ([stand_in.person], True), ([holder], False)]
    assert len(told("organization.leave_begun")) == 1
    assert [fact["early"] for fact in told("organization.leave_ended")] == [False]


def test_nobody_standing_in_is_a_gap():
    post = make.post(title="联络员")
    leave = away(make.person("王平", at=post))

    [gap] = queries.gaps()

    assert (gap.chair.post, gap.until_at, queries.is_vacant(post)) == (
        post,
        leave.until_at,
        True,
    )
    [fact] = told("organization.leave_entered")
    assert fact["posts"] == [f"{post.body.short_name}联络员"]


def test_gaps_cost_the_same_with_more_of_them(django_assert_num_queries):
    for _n in range(3):
        away(make.person(at=make.post()))

    with django_assert_num_queries(2):
        assert len(queries.gaps()) == 3


def test_coming_back_sooner_ends_the_stand_in_too():
    post = make.post()
    holder, stand_in = make.person("王平", at=post), make.person("李梅")
    leave = away(holder, stand_in=stand_in)

    back(leave)

    assert queries.holders(post) == [holder]
    assert [fact["early"] for fact in told("organization.leave_ended")] == [True]
    assert len(told("organization.appointment_ended")) == 1


def test_a_stand_in_takes_over_the_shifts_that_begin_in_the_leave():
    wang, li, now = make.person("王平"), make.person("李梅"), clock.now(ACTUAL)
    shifts = actions.by_turns("officer", [wang], now + 1.5 * DAY, days=4)
    actions.lay_shifts(make.maker(), shifts=shifts)

    away(wang, days=3, stand_in=li)

    names = [one.person.name for one in Shift.objects.order_by("from_at")]
    assert names == ["李梅", "李梅", "王平", "王平"]
    assert [fact["reason"] for fact in told("organization.shift_swapped")] == ["请假"] * 2


def test_shifts_nobody_took_over_are_found():
    wang, now = make.person("王平"), clock.now(ACTUAL)
    shifts = actions.by_turns("officer", [wang], now + 1.5 * DAY, days=4)
    actions.lay_shifts(make.maker(), shifts=shifts)

    away(wang, days=3)

    assert queries.shifts_of_absent().count() == 2
    assert [fact["shifts"] for fact in told("organization.leave_entered")] == [2]


def test_a_deputy_already_there_needs_no_second_chair():
    post = make.post()
    holder = make.person("王平", at=post)
    deputy = make.person("李梅", at=post, is_deputy=True)

    away(holder, stand_in=deputy)

    assert (queries.holders(post), told("organization.deputy_named")) == ([deputy], [])


def test_everybody_enters_their_own_leave_and_not_anothers():
    account = make.holder(Role.EXPERT, name="王平")

    away(account.person, actor=actor_for(account))
    with pytest.raises(Forbidden):
        away(make.person("李梅"), actor=actor_for(account))

    assert [one.person for one in Leave.objects.all()] == [account.person]


def test_a_liaison_enters_leave_for_the_own_unit_only():
    body = make.body()
    role = actions.RoleScope(Role.UNIT_LIAISON, body=str(body.pk))
    liaison = make.account(make.person("赵云", at=make.post(at=body, roles=[role])))
    colleague = make.person("王平", at=make.post(at=body))

    away(colleague, actor=actor_for(liaison))
    with pytest.raises(Forbidden):
        away(make.person("李梅", at=make.post()), actor=actor_for(liaison))

    assert Leave.objects.count() == 1


def test_nobody_seats_a_stand_in_of_their_own_without_the_right():
    account = make.holder(Role.UNIT_LIAISON, name="王平")

    with pytest.raises(Forbidden):
        away(account.person, actor=actor_for(account), stand_in=make.person("李梅"))

    assert Leave.objects.count() == 0


def test_leave_is_not_for_drills_and_needs_permission():
    person = make.person()

    with pytest.raises(Forbidden):
        away(person, actor=office(realm="drill-1"))
    with pytest.raises(Forbidden):
        away(person, actor=allowed(Permission.LAY_ROSTER))


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_leave_ends_after_it_begins_and_within_a_year(days):
    with pytest.raises(Invalid) as refused:
        away(make.person(), days=days)

    assert list(refused.value.fields) == ["until_at"]


def test_a_second_leave_in_the_same_time_is_refused():
    person = make.person()
    away(person)

    with pytest.raises(IllegalMove):
        away(person)


def test_a_stand_in_is_somebody_else_who_is_there():
    wang, li = make.person("王平"), make.person("李梅")
    away(li)

    for stand_in in (wang, li):
        with pytest.raises(Invalid) as refused:
            away(wang, stand_in=stand_in)
        assert list(refused.value.fields) == ["stand_in"]


def test_coming_back_twice_or_having_seen_an_older_version_is_refused():
    leave = away(make.person())
    with pytest.raises(Stale):
        back(leave, version=7)
    back(leave)

    with pytest.raises(IllegalMove):
        back(leave, version=2)


def test_one_key_is_one_leave():
    person, since, actor = make.person(), clock.now(ACTUAL), office()

    first = away(person, since=since, actor=actor, idempotency_key="k")
    second = away(person, since=since, actor=actor, idempotency_key="k")
    back(first, actor=actor, idempotency_key="e")
    back(first, actor=actor, idempotency_key="e")

    assert (first, len(told("organization.leave_ended"))) == (second, 1)


def test_settle_leave_is_for_the_clock():
    leave = away(make.person())

    actions.settle_leave(allowed(Permission.ENTER_LEAVE), leave=leave)

    assert len(told("organization.leave_begun")) == 1
