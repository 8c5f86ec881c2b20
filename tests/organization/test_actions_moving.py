import pytest

from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.models import Appointment
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import told
from tests.people import allowed, office

pytestmark = pytest.mark.django_db


def seated(name="王平", **more):
    """Somebody's chair at a post of their own."""
    return make.appointed(make.person(name), make.post(title="值班员", **more))


def move(chair, to, *, actor=None, version=None, **more):
    return actions.move_person(
        actor or office(),
        appointment=chair,
        to=to,
        expected_version=version or chair.version,
        **more,
    )


def test_a_successor_takes_over_in_the_same_deed():
    chair, to, successor = seated(), make.post(title="带班"), make.person("李梅")

    move(chair, to, successor=successor)

    assert queries.holders(chair.post) == [successor]
    assert queries.holders(to) == [chair.person]
    [fact] = told("organization.person_moved")
    assert (fact["subject_id"], fact["successor"]) == (str(chair.person_id), "李梅")
    assert (fact["from_post_id"], fact["to_post_id"]) == (str(chair.post_id), str(to.pk))


def test_a_deputy_who_succeeds_becomes_the_holder():
    chair, to = seated(), make.post()
    deputy = make.person("李梅", at=chair.post, is_deputy=True)

    move(chair, to, successor=deputy)

    [one] = queries.staffed([chair.post])[chair.post_id]
    assert (one.person, one.is_deputy) == (deputy, False)


def test_without_a_successor_the_deputies_act():
    chair = seated()
    deputy = make.person("李梅", at=chair.post, is_deputy=True)

    move(chair, make.post())

    assert queries.holders(chair.post) == [deputy]


def test_a_post_is_not_left_empty_by_oversight():
    chair, to = seated(), make.post()

    with pytest.raises(Invalid) as refused:
        move(chair, to)

    assert set(refused.value.fields) == {"successor"}
    assert queries.holders(chair.post) == [chair.person]


def test_a_post_is_left_empty_when_that_is_meant():
    chair = seated()

    move(chair, make.post(), leave_vacant=True)

    assert queries.is_vacant(chair.post)


def test_nobody_succeeds_themselves_or_moves_to_where_they_are():
    chair = seated()

    with pytest.raises(Invalid):
        move(chair, make.post(), successor=chair.person)
    with pytest.raises(IllegalMove):
        move(chair, chair.post, successor=make.person())


def test_a_taken_post_undoes_the_whole_move():
    chair, to = seated(), make.post()
    make.person("占着", at=to)

    with pytest.raises(IllegalMove):
        move(chair, to, successor=make.person())

    assert queries.holders(chair.post) == [chair.person]
    assert told("organization.appointment_ended") == []


def test_an_administrator_does_not_become_two():
    account = make.audit_admin()
    chair = make.appointed(account.person, make.post())
    to = make.post(roles=[Role.SYSTEM_ADMIN])

    with pytest.raises(Forbidden):
        move(chair, to, actor=make.maker(), leave_vacant=True)


def test_moving_needs_the_permission():
    with pytest.raises(Forbidden):
        move(seated(), make.post(), actor=allowed(Permission.MAKE_APPOINTMENT))


def test_moving_is_not_for_drills():
    with pytest.raises(Forbidden):
        move(seated(), make.post(), actor=office(realm="drill-1"), leave_vacant=True)


def test_who_saw_an_older_version_does_not_move_anybody():
    chair = seated()

    with pytest.raises(Stale):
        move(chair, make.post(), version=9, leave_vacant=True)


def test_moving_twice_with_one_key_is_once():
    chair, to, actor = seated(), make.post(), office()

    move(chair, to, actor=actor, leave_vacant=True, version=1, idempotency_key="k")
    move(chair, to, actor=actor, leave_vacant=True, version=1, idempotency_key="k")

    assert Appointment.objects.count() == 2
