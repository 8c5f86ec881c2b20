from datetime import timedelta

import pytest

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.models import Shift
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import told
from tests.people import allowed, office

pytestmark = pytest.mark.django_db


def remove(person, *, actor=None, version=None, reason="退休", **more):
    return actions.remove_person(
        actor or office(),
        person=person,
        reason=reason,
        expected_version=version or person.version,
        **more,
    )


def responsible(person, name="青山水库"):
    return actions.assign_responsibility(
        office(),
        object_kind="sharing.reservoir",
        object_id=name,
        object_name=name,
        role="patrol",
        person=person,
    )


def test_whoever_leaves_holds_no_post_and_comes_in_no_more():
    account = make.holder(Role.EXPERT, name="王平")

    remove(account.person)

    account.refresh_from_db()
    assert (account.is_locked, queries.positions_of(account.person)) == (True, [])
    assert list(queries.people_here()) == []
    [fact] = told("organization.person_removed")
    assert (fact["person_name"], fact["reason"]) == ("王平", "退休")


def test_whoever_is_responsible_is_not_removed_without_a_successor():
    wang = make.person("王平")
    responsible(wang)

    with pytest.raises(Invalid) as refused:
        remove(wang)

    assert "青山水库" in refused.value.title
    assert list(refused.value.fields) == ["successor"]
    assert wang in queries.people_here()


def test_a_successor_answers_for_everything():
    wang, li = make.person("王平"), make.person("李梅")
    responsible(wang), responsible(wang, "石桥水库"), responsible(li, "石桥水库")

    remove(wang, successor=li)

    held = queries.responsibilities_held_by(li)
    assert sorted(one.object_name for one in held) == ["石桥水库", "青山水库"]
    assert list(queries.orphaned_responsibilities()) == []


def test_shifts_go_to_the_successor_too():
    wang, li, now = make.person("王平"), make.person("李梅"), clock.now(ACTUAL)
    shifts = actions.by_turns("officer", [wang], now + timedelta(days=1), days=2)
    actions.lay_shifts(make.maker(), shifts=shifts)
    with pytest.raises(Invalid):
        remove(wang)

    remove(wang, successor=li)

    assert {one.person for one in Shift.objects.all()} == {li}


def test_removing_refuses_oneself_twice_no_reason_and_an_older_version():
    wang = make.person("王平")
    with pytest.raises(Invalid):
        remove(wang, reason=" ")
    with pytest.raises(Invalid):
        remove(wang, successor=wang)
    with pytest.raises(Stale):
        remove(wang, version=7)
    remove(wang)

    with pytest.raises(IllegalMove):
        remove(wang)


def test_removing_needs_permission_and_is_not_for_drills():
    wang = make.person("王平")

    with pytest.raises(Forbidden):
        remove(wang, actor=allowed(Permission.CREATE_PERSON))
    with pytest.raises(Forbidden):
        remove(wang, actor=office(realm="drill-1"))


def test_the_office_does_not_remove_an_administrator():
    guard = make.security_admin()

    with pytest.raises(Forbidden):
        remove(guard.person)


def test_one_key_removes_once():
    wang, actor = make.person("王平"), office()

    remove(wang, actor=actor, version=1, idempotency_key="k")
    remove(wang, actor=actor, version=1, idempotency_key="k")

    assert len(told("organization.person_removed")) == 1
