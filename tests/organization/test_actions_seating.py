import pytest

from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.actions import Seat
from liandong.organization.models import Appointment, Person
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import told
from tests.people import allowed

pytestmark = pytest.mark.django_db


def enter(*names, actor=None, **more):
    people = [Person(name=name) for name in names]
    actor = actor or allowed(Permission.CREATE_PERSON)
    actions.create_people(actor, people=people, **more)
    return people


def seat(*seats, actor=None, **more):
    actor = actor or allowed(Permission.MAKE_APPOINTMENT)
    return actions.appoint_people(actor, seats=seats, **more)


def end(*chairs, actor=None, **more):
    actor = actor or allowed(Permission.END_APPOINTMENT)
    return actions.end_appointments(actor, appointments=chairs, **more)


def chairs():
    return list(Appointment.objects.select_related("person", "post__body").order_by("id"))


def test_create_people_enters_all_and_tells_of_each():
    people = enter(" 王平 ", "李敏")

    assert sorted(Person.objects.values_list("pk", "name")) == sorted(
        (one.pk, name) for one, name in zip(people, ["王平", "李敏"], strict=True)
    )
    assert [fact["person_name"] for fact in told("organization.person_added")] == [
        "王平",
        "李敏",
    ]


def test_create_people_enters_nobody_where_one_has_no_name():
    with pytest.raises(Invalid):
        enter("王平", " ")

    assert Person.objects.count() == 0


def test_create_people_needs_permission_and_is_not_for_drills():
    with pytest.raises(Forbidden):
        enter("王平", actor=allowed())
    with pytest.raises(Forbidden):
        enter("王平", actor=allowed(Permission.CREATE_PERSON, realm="drill-1"))


def test_appoint_people_seats_all_and_cuts_each_ones_streams_once():
    first, second, who = make.post(), make.post("two"), make.account().person
    other = make.person("李敏")

    seat(
        Seat(post=first, person=who),
        Seat(post=second, person=who),
        Seat(post=first, person=other, is_deputy=True),
    )

    assert [(one.person, one.post, one.is_deputy) for one in chairs()] == [
        (who, first, False),
        (who, second, False),
        (other, first, True),
    ]
    assert len(told("organization.appointment_made")) == 3
    assert len(told("organization.rights_changed")) == 1


def test_appoint_people_counts_those_before_in_the_list():
    post, people = make.post(), [make.person("王平"), make.person("李敏")]

    with pytest.raises(IllegalMove, match="现由王平担任"):
        seat(*(Seat(post=post, person=one) for one in people))
    with pytest.raises(IllegalMove, match="已在这个岗位任职"):
        seat(*(Seat(post=post, person=people[0], is_deputy=one) for one in (False, True)))

    assert chairs() == []


def test_appoint_people_makes_nobody_two_administrators():
    posts = [
        make.post(str(role), roles=[role]) for role in (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)
    ]
    who = make.person()

    with pytest.raises(Forbidden, match="三种管理员"):
        seat(
            *(Seat(post=post, person=who) for post in posts),
            actor=allowed(Permission.MAKE_APPOINTMENT, Permission.SET_ROLES),
        )

    assert chairs() == []


def test_appoint_people_needs_permission():
    with pytest.raises(Forbidden):
        seat(Seat(post=make.post(), person=make.person()), actor=allowed())


def test_appoint_people_twice_with_one_key_is_once():
    one, actor = (
        Seat(post=make.post(), person=make.person()),
        allowed(Permission.MAKE_APPOINTMENT),
    )

    seat(one, actor=actor, idempotency_key="k")
    seat(one, actor=actor, idempotency_key="k")

    assert len(chairs()) == 1


def test_end_appointments_empties_the_posts():
    first, second = make.post(), make.post("two")
    make.person("王平", at=first)
    make.person("李敏", at=second)

    end(*chairs())

    assert (queries.is_vacant(first), queries.is_vacant(second)) == (True, True)
    assert [fact["person_name"] for fact in told("organization.appointment_ended")] == [
        "王平",
        "李敏",
    ]
    assert [one.version for one in chairs()] == [2, 2]


def test_end_appointments_refuses_rows_changed_since_and_ends_none():
    first, second = make.post(), make.post("two")
    make.person("王平", at=first)
    make.person("李敏", at=second)
    seen = chairs()
    Appointment.objects.filter(pk=seen[1].pk).update(version=5)

    with pytest.raises(Stale):
        end(*seen)

    assert (queries.is_vacant(first), queries.is_vacant(second)) == (False, False)


def test_end_appointments_refuses_what_is_over():
    make.person("王平", at=make.post())
    end(*chairs())

    with pytest.raises(IllegalMove):
        end(*chairs())


def test_end_appointments_keeps_a_security_administrator():
    post = make.post(roles=[Role.SECURITY_ADMIN])
    make.person("王平", at=post)

    with pytest.raises(IllegalMove, match="唯一的安全管理员"):
        end(*chairs(), actor=allowed(Permission.END_APPOINTMENT, Permission.SET_ROLES))


def test_end_appointments_needs_permission_and_is_not_for_drills():
    make.person("王平", at=make.post())

    with pytest.raises(Forbidden):
        end(*chairs(), actor=allowed())
    with pytest.raises(Forbidden):
        end(*chairs(), actor=allowed(Permission.END_APPOINTMENT, realm="drill-1"))
