from datetime import timedelta

import pytest

from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.models import Appointment, Person
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import told
from tests.people import allowed, office

pytestmark = pytest.mark.django_db


def test_create_person_enters_a_name():
    person = actions.create_person(allowed(Permission.CREATE_PERSON), name=" 王平 ")

    assert person.name == "王平"
    assert told("organization.person_added") == [
        {"subject_id": str(person.pk), "person_name": "王平"}
    ]


def test_create_person_needs_permission():
    with pytest.raises(Forbidden):
        actions.create_person(allowed(Permission.CREATE_POST), name="王平")


@pytest.mark.parametrize("name", ["", "  ", "长" * 61])
def test_create_person_refuses_names_nobody_has(name):
    with pytest.raises(Invalid):
        actions.create_person(allowed(Permission.CREATE_PERSON), name=name)

    assert Person.objects.count() == 0


def test_create_person_twice_with_one_key_is_once():
    actor = allowed(Permission.CREATE_PERSON)

    actions.create_person(actor, name="王平", idempotency_key="k")
    actions.create_person(actor, name="王平", idempotency_key="k")

    assert Person.objects.count() == 1


def test_create_person_is_not_for_drills():
    with pytest.raises(Forbidden):
        actions.create_person(allowed(Permission.CREATE_PERSON, realm="drill-1"), name="王平")


def appoint(post, person, *, actor=None, **more):
    return actions.appoint(
        actor or allowed(Permission.MAKE_APPOINTMENT), post=post, person=person, **more
    )


def test_appoint_puts_a_person_into_a_post():
    post, person = make.post(title="科长"), make.person("王平")

    chair = appoint(post, person)

    assert queries.holders(post) == [person]
    assert told("organization.appointment_made") == [
        {
            "subject_id": str(post.pk),
            "appointment_id": str(chair.pk),
            "person_id": str(person.pk),
            "person_name": "王平",
            "post_title": "县水利局科长",
            "is_deputy": False,
            "from_at": chair.from_at.isoformat(),
        }
    ]


def test_appoint_cuts_the_streams_of_who_gains_rights():
    account = make.account()

    appoint(make.post(), account.person)

    assert told("organization.rights_changed") == [
        {"subject_id": str(account.pk), "username": account.username}
    ]


def test_appoint_needs_permission():
    with pytest.raises(Forbidden):
        appoint(make.post(), make.person(), actor=allowed(Permission.CREATE_PERSON))


def test_appoint_refuses_a_second_holder():
    post = make.post()
    make.person("王平", at=post)

    with pytest.raises(IllegalMove) as refused:
        appoint(post, make.person("李明"))

    assert "王平" in refused.value.title


def test_appoint_takes_several_deputies():
    post = make.post()
    holder = make.person("甲", at=post)
    deputies = [make.person("乙"), make.person("丙")]

    for deputy in deputies:
        appoint(post, deputy, is_deputy=True)

    assert queries.holders(post) == [holder, *deputies]


def test_appoint_refuses_the_same_person_twice():
    post = make.post()
    person = make.person(at=post)

    with pytest.raises(IllegalMove):
        appoint(post, person, is_deputy=True)


def test_nobody_appoints_themselves():
    account = make.security_admin()

    with pytest.raises(Forbidden):
        appoint(make.post(), account.person, actor=queries.actor_for(account))


def test_an_office_appoints_to_ordinary_posts_only():
    ordinary = make.post(roles=[Role.DUTY_OFFICER])
    administrator = make.post(roles=[Role.AUDIT_ADMIN])

    appoint(ordinary, make.person(), actor=office())
    with pytest.raises(Forbidden):
        appoint(administrator, make.person(), actor=office())


def test_one_person_is_not_two_administrators():
    account = make.audit_admin()
    post = make.post(roles=[Role.SYSTEM_ADMIN])

    with pytest.raises(Forbidden):
        appoint(
            post,
            account.person,
            actor=allowed(Permission.MAKE_APPOINTMENT, Permission.SET_ROLES),
        )


def test_appoint_twice_with_one_key_is_once():
    post, person, actor = make.post(), make.person(), allowed(Permission.MAKE_APPOINTMENT)

    appoint(post, person, actor=actor, idempotency_key="k")
    appoint(post, person, actor=actor, idempotency_key="k")

    assert Appointment.objects.count() == 1


def test_appoint_is_not_for_drills():
    actor = allowed(Permission.MAKE_APPOINTMENT, realm="drill-1")

    with pytest.raises(Forbidden):
        appoint(make.post(), make.person(), actor=actor)


def end(chair, *, actor=None, version=1, **more):
    return actions.end_appointment(
        actor or allowed(Permission.END_APPOINTMENT, Permission.SET_ROLES),
        appointment=chair,
        expected_version=version,
        **more,
    )


def test_end_appointment_empties_the_post():
    post, person = make.post(title="科长"), make.person("王平")
    chair = make.appointed(person, post)

    end(chair)

    assert queries.is_vacant(post)
    assert told("organization.appointment_ended") == [
        {
            "subject_id": str(post.pk),
            "appointment_id": str(chair.pk),
            "person_id": str(person.pk),
            "person_name": "王平",
            "post_title": "县水利局科长",
            "until_at": chair.until_at.isoformat(),
        }
    ]


def test_end_appointment_cuts_the_streams_of_who_loses_rights():
    account = make.account()
    chair = make.appointed(account.person, make.post())
    before = len(told("organization.rights_changed"))

    end(chair)

    assert len(told("organization.rights_changed")) == before + 1


def test_end_appointment_needs_permission():
    chair = make.appointed(make.person(), make.post())

    with pytest.raises(Forbidden):
        end(chair, actor=allowed(Permission.MAKE_APPOINTMENT))


def test_end_appointment_refuses_one_that_has_ended():
    chair = make.appointed(make.person(), make.post())
    end(chair)

    with pytest.raises(IllegalMove):
        end(chair, version=2)


def test_end_appointment_refuses_who_saw_an_older_version():
    chair = make.appointed(make.person(), make.post())
    stale = Appointment.objects.get()
    end(chair)

    with pytest.raises(Stale):
        end(stale)


def test_the_last_security_administrator_stays():
    account = make.security_admin()
    [chair] = queries.positions_of(account.person)

    with pytest.raises(IllegalMove):
        end(chair)

    make.security_admin()
    end(chair)
    assert queries.positions_of(account.person) == []


def test_an_office_does_not_dismiss_administrators():
    account = make.audit_admin()
    [chair] = queries.positions_of(account.person)

    with pytest.raises(Forbidden):
        end(chair, actor=office())


def test_end_appointment_twice_with_one_key_is_once():
    chair = make.appointed(make.person(), make.post())
    actor = allowed(Permission.END_APPOINTMENT)

    end(chair, actor=actor, idempotency_key="k")
    end(chair, actor=actor, idempotency_key="k")

    assert len(told("organization.appointment_ended")) == 1


def test_end_appointment_is_not_for_drills():
    chair = make.appointed(make.person(), make.post())

    with pytest.raises(Forbidden):
        end(chair, actor=allowed(Permission.END_APPOINTMENT, realm="drill-1"))


def stand_in(post, person, *, hours=12, **more):
    until = make.now() + timedelta(hours=hours)
    return appoint(post, person, **{"is_deputy": True, "until_at": until, **more})


def test_a_deputy_stands_in_for_a_time():
    post, person = make.post(title="值班员"), make.person("李梅")

    chair = stand_in(post, person)

    assert queries.holders(post) == [person]
    assert queries.holders(post, chair.until_at) == []
    [fact] = told("organization.deputy_named")
    assert (fact["subject_id"], fact["person_name"]) == (str(post.pk), "李梅")


@pytest.mark.parametrize(
    ("hours", "more"), [(-1, {}), (0, {}), (24 * 32, {}), (12, {"is_deputy": False})]
)
def test_a_time_that_makes_no_sense_is_refused(hours, more):
    with pytest.raises(Invalid):
        stand_in(make.post(), make.person(), hours=hours, **more)


def test_nobody_stands_in_twice_at_once_but_may_again_later():
    post, person = make.post(), make.person()
    chair = stand_in(post, person)

    with pytest.raises(IllegalMove):
        stand_in(post, person, hours=5)
    later = chair.until_at + timedelta(hours=12)
    stand_in(post, person, from_at=later, until_at=later + timedelta(hours=12))

    assert Appointment.objects.count() == 2


def test_standing_in_is_ended_early():
    post, person = make.post(), make.person()
    chair = stand_in(post, person)

    end(chair)

    assert queries.holders(post) == []


def test_settle_appointment_tells_that_a_deputys_time_is_over(at):
    now = at("2026-07-14T20:00")
    chair = stand_in(make.post(), make.account().person, until_at=now + timedelta(hours=12))
    clockwork = allowed(Permission.END_APPOINTMENT)

    actions.settle_appointment(clockwork, appointment=chair)
    at("2026-07-15T08:00")
    actions.settle_appointment(clockwork, appointment=chair, idempotency_key="k")
    actions.settle_appointment(clockwork, appointment=chair, idempotency_key="k")

    assert len(told("organization.appointment_ended")) == 1


def test_settle_appointment_needs_permission():
    with pytest.raises(Forbidden):
        actions.settle_appointment(
            allowed(Permission.MAKE_APPOINTMENT),
            appointment=stand_in(make.post(), make.person()),
        )
