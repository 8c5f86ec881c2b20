import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.actions import ResponsibilitySpec
from liandong.organization.models import Responsibility
from liandong.organization.permissions import Permission
from liandong.organization.queries import actor_for
from tests.factories import organization as make
from tests.organization.journal import told
from tests.people import allowed, office

pytestmark = pytest.mark.django_db
DAM = {"object_kind": "sharing.reservoir", "object_id": "7", "object_name": "青山水库"}


def assign(*, actor=None, role="patrol", **more):
    return actions.assign_responsibility(actor or office(), role=role, **{**DAM, **more})


def end(row, *, actor=None, version=1, **more):
    return actions.end_responsibility(
        actor or office(), responsibility=row, expected_version=version, **more
    )


def hand_on(row, *, actor=None, version=1, **more):
    return actions.hand_on_responsibility(
        actor or office(), responsibility=row, expected_version=version, **more
    )


def orphans():
    return list(queries.orphaned_responsibilities())


def test_somebody_is_made_to_answer_for_an_object():
    wang = make.person("王平")

    row = assign(person=wang)

    assert queries.responsibilities_of("sharing.reservoir", ["7", "8"]) == {"7": [row]}
    assert queries.responsibilities_held_by(wang) == [row]
    [fact] = told("organization.responsibility_assigned")
    assert (fact["object_name"], fact["role"], fact["who"]) == (
        "青山水库",
        "巡查责任人",
        "王平",
    )


def test_what_is_asked_for_many_objects_costs_one_query(django_assert_num_queries):
    for n in range(3):
        assign(person=make.person(), object_id=str(n))

    with django_assert_num_queries(1):
        found = queries.responsibilities_of("sharing.reservoir", ["0", "1", "2"])
        assert [one.person.name for some in found.values() for one in some] == ["李明"] * 3


def test_a_relation_flags_itself_when_its_person_leaves_the_post():
    post = make.post()
    chair = make.appointed(make.person("王平"), post)
    row = assign(person=chair.person, post=post)
    before = orphans()

    actions.end_appointment(make.maker(), appointment=chair, expected_version=chair.version)

    assert (before, orphans()) == ([], [row])


def test_a_relation_of_a_post_flags_itself_when_nobody_holds_it():
    post = make.post()
    row = assign(post=post)
    vacant = orphans()

    make.person(at=post)

    assert (vacant, orphans(), queries.responsibilities_at(post)) == ([row], [], [row])


def test_it_is_flagged_until_it_is_handed_on():
    post = make.post()
    row = assign(post=post)
    li = make.person("李梅")

    fresh = hand_on(row, person=li)

    assert (orphans(), fresh.person, fresh.object_name) == ([], li, "青山水库")
    [fact] = told("organization.responsibility_ended")
    assert fact["successor"] == "李梅"


def test_handing_on_refuses_the_same_person_and_an_older_version():
    wang = make.person("王平")
    row = assign(person=wang)

    with pytest.raises(IllegalMove):
        hand_on(row, person=wang)
    with pytest.raises(Stale):
        hand_on(row, person=make.person("李梅"), version=7)


def test_what_ended_is_over():
    row = assign(person=make.person())
    end(row)

    assert queries.responsibilities_of("sharing.reservoir", ["7"]) == {}
    with pytest.raises(IllegalMove):
        end(row, version=2)


def test_somebody_must_be_named_and_be_there():
    gone = make.person("王平")
    actions.remove_person(office(), person=gone, reason="退休", expected_version=1)

    for who in ({}, {"person": gone}):
        with pytest.raises(Invalid) as refused:
            assign(**who)
        assert list(refused.value.fields) == ["person"]


def test_the_same_relation_twice_is_refused():
    wang = make.person()
    assign(person=wang)

    with pytest.raises(Invalid):
        assign(person=wang)


def test_a_liaison_names_people_of_the_own_unit_only():
    body = make.body()
    role = actions.RoleScope(Role.UNIT_LIAISON, body=str(body.pk))
    liaison = actor_for(make.account(make.person("赵云", at=make.post(at=body, roles=[role]))))
    own = make.person("王平", at=make.post(at=body))

    row = assign(actor=liaison, person=own)
    with pytest.raises(Forbidden):
        assign(actor=liaison, person=make.person("李梅", at=make.post()), object_id="8")

    end(row, actor=liaison)


def test_responsibility_needs_permission_and_is_not_for_drills():
    row = assign(person=make.person())

    for actor in (allowed(Permission.LAY_ROSTER), office(realm="drill-1")):
        with pytest.raises(Forbidden):
            assign(actor=actor, person=make.person(), object_id="9")
        with pytest.raises(Forbidden):
            end(row, actor=actor)
        with pytest.raises(Forbidden):
            hand_on(row, actor=actor, person=make.person())


def test_a_list_takes_as_many_statements_as_one():
    def specs(*people):
        return [
            ResponsibilitySpec(**{**DAM, "object_id": one.pk}, role="patrol", person=one)
            for one in people
        ]

    def take(*people):
        with CaptureQueriesContext(connection) as counted:
            actions.assign_responsibilities(office(), specs=specs(*people))
        return len(counted)

    first, second = [make.person()], [make.person() for _n in range(5)]

    assert take(*first) == take(*second)
    assert Responsibility.objects.count() == 6


def test_one_key_is_one_relation():
    wang, actor = make.person(), office()

    first = assign(person=wang, actor=actor, idempotency_key="k")
    second = assign(person=wang, actor=actor, idempotency_key="k")

    assert first == second
