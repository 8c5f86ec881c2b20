import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel import clock
from liandong.kernel.divisions import Division
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.messaging import actions
from liandong.messaging.actions import PhoneRow
from liandong.messaging.models import ContactPoint
from liandong.messaging.permissions import Permission
from liandong.organization import queries
from liandong.organization.models import Appointment, Intake, Person
from liandong.organization.permissions import Permission as Organization
from tests.factories import organization as make
from tests.organization.journal import told
from tests.people import allowed

pytestmark = pytest.mark.django_db
PLACE = Division(county="江安县", city="宜宾市", province="四川省")
MAY = (
    Permission.TAKE_PHONE_BOOK,
    Permission.EDIT_CONTACT,
    Permission.EDIT_ANY_CONTACT,
    Organization.CREATE_PERSON,
    Organization.MAKE_APPOINTMENT,
    Organization.END_APPOINTMENT,
    Organization.RECORD_INTAKE,
)


@pytest.fixture
def water():
    return make.body("water", name="江安县水利局", short_name="县水利局", aliases=["县水电局"])


@pytest.fixture
def liaison(water):
    return make.post("liaison", at=water, title="联络员")


def row(number=2, name="王伟", mobile="13900000001", **more):
    return PhoneRow(
        row=number,
        unit=more.pop("unit", "县水利局"),
        post=more.pop("post", "联络员"),
        name=name,
        ways=((("mobile", mobile),) if mobile else ()) + tuple(more.pop("ways", ())),
        letters=(("unit", "A"), ("post", "B"), ("name", "C"), ("mobile", "D"), ("deputy", "E")),
        **more,
    )


def plan(*rows, actor=None):
    return actions.plan_phone_book(actor or allowed(*MAY), PLACE, rows).draft


def take(*rows, actor=None, seen=None, **more):
    actor = actor or allowed(*MAY)
    return actions.take_phone_book(
        actor,
        place=PLACE,
        rows=rows,
        seen=plan(*rows, actor=actor).fingerprint if seen is None else seen,
        name="通讯录.xlsx",
        digest="d",
        **more,
    )


def kinds(drafted):
    return [one.kind for one in drafted.changes]


def found(drafted):
    return [str(one) for one in drafted.findings]


def test_take_phone_book_enters_appoints_and_reaches(liaison):
    taken = take(row(ways=[("phone", "08312620000")]))

    person = Person.objects.get(name="王伟")
    assert [chair.post for chair in queries.positions_of(person)] == [liaison]
    assert sorted(ContactPoint.objects.values_list("channel", "address", "rank")) == [
        ("mobile", "13900000001", 1),
        ("phone", "08312620000", 2),
    ]
    assert (taken.new, taken.changed, taken.unchanged) == (1, 0, 0)
    assert told("organization.sheet_taken") == [
        {
            "subject_id": str(taken.pk),
            "kind": "人员与电话",
            "file_name": "通讯录.xlsx",
            "digest": "d",
            "new": 1,
            "changed": 0,
            "unchanged": 0,
        }
    ]


def test_the_same_list_again_changes_nothing(liaison):
    take(row())

    drafted = plan(row())

    assert kinds(drafted) == ["same"]


@pytest.mark.parametrize(
    "unit", ["江安县水利局", "县水利局", "水利局", "县水电局", "水电局", "江安县 水利局"]
)
def test_a_unit_is_known_by_any_of_its_names(liaison, unit):
    assert kinds(plan(row(unit=unit))) == ["new"]


def test_a_unit_nobody_knows_is_named_with_the_nearest(liaison):
    assert found(plan(row(unit="县水利水务局"))) == [
        "第 2 行 A 列：没有“县水利水务局”这个单位。是不是“县水利局”？没有设立的，请系统管理员先设立机构。"
    ]


def test_a_post_nobody_set_up_is_named_with_those_there_are(liaison):
    assert found(plan(row(post="总工程师"))) == [
        "第 2 行 B 列：“县水利局”没有“总工程师”这个岗位；现有：联络员。"
    ]


def test_a_post_is_known_by_what_it_is_often_called(liaison):
    drafted = plan(row(post="联系人"))

    assert (kinds(drafted), drafted.changes[0].detail) == (
        ["new"],
        "表中写“联系人”；新号码 1 个",
    )


def test_somebody_new_at_a_held_post_takes_over(liaison):
    before = make.person("李敏", at=liaison)

    take(row())

    chairs = {one.person.name: one.until_at is None for one in Appointment.objects.all()}
    assert chairs == {"李敏": False, "王伟": True}
    assert Person.objects.filter(pk=before.pk).exists()


def test_deputies_sit_beside_the_holder(liaison):
    take(row(), row(3, "李敏", "13900000002", is_deputy=True))

    chairs = sorted((one.person.name, one.is_deputy) for one in Appointment.objects.all())
    assert chairs == [("李敏", True), ("王伟", False)]


def test_two_holders_of_one_post_are_refused(liaison):
    drafted = plan(row(), row(3, "李敏", "13900000002"))

    assert [one.place for one in drafted.findings] == ["第 3 行 C 列"]


def test_one_number_is_not_two_peoples(liaison):
    drafted = plan(row(), row(3, "李敏", is_deputy=True))

    assert found(drafted) == ["第 3 行 D 列：13900000001 在第 2 行是王伟的。"]


def test_a_number_that_is_somebody_elses_already_is_refused(liaison):
    take(row())

    drafted = plan(row(2, "赵磊"))

    assert [one.place for one in drafted.findings] == ["第 2 行 D 列"]


def test_people_of_one_name_are_told_apart_by_number(liaison, water):
    make.post("head", at=water, title="主要负责人")

    take(row(), row(3, post="主要负责人", mobile="13900000009"))

    assert Person.objects.filter(name="王伟").count() == 2


def test_one_person_in_two_rows_is_one_person(liaison, water):
    make.post("head", at=water, title="主要负责人")

    take(row(), row(3, post="主要负责人"), row(4, post="", unit="", mobile=""))

    assert Person.objects.filter(name="王伟").count() == 1
    assert ContactPoint.objects.count() == 1


def test_a_known_person_gains_a_number(liaison):
    make.person("王伟", at=liaison)

    drafted = plan(row())

    assert (kinds(drafted), drafted.changes[0].detail) == (["changed"], "新号码 1 个")


def test_vacancies_are_passed_over(liaison):
    assert kinds(plan(row(name="", mobile=""))) == ["skipped"]


def test_nobody_appoints_themselves_by_list(liaison):
    me = make.person("王伟")
    actor = allowed(*MAY)
    actor = type(actor)(**{**vars(actor), "person": str(me.pk)})

    drafted = plan(row(mobile=""), actor=actor)

    assert [one.place for one in drafted.findings] == ["第 2 行 B 列"]


def test_administrators_are_not_appointed_by_list(water):
    make.post("guard", at=water, title="安全管理员", roles=[Role.SECURITY_ADMIN])

    assert [one.place for one in plan(row(post="安全管理员")).findings] == ["第 2 行 B 列"]


def test_a_list_with_something_wrong_is_taken_in_not_at_all(liaison):
    rows = (row(), row(3, "李敏", "13900000002", unit="县畜牧局"))

    with pytest.raises(Invalid):
        take(*rows)

    assert (Person.objects.count(), Intake.objects.count()) == (0, 0)


def test_who_looked_at_another_draft_is_told(liaison):
    seen = plan(row()).fingerprint
    make.person("李敏", at=liaison)

    with pytest.raises(Stale):
        take(row(), seen=seen)


def test_take_phone_book_needs_permission(liaison):
    with pytest.raises(Forbidden):
        take(row(), actor=allowed(*MAY[1:]))


def test_take_phone_book_is_not_for_drills(liaison):
    with pytest.raises(Forbidden):
        take(row(), actor=allowed(*MAY, realm="drill-1"))


def test_take_phone_book_twice_with_one_key_is_once(liaison):
    actor = allowed(*MAY)
    seen = plan(row()).fingerprint

    first = take(row(), actor=actor, seen=seen, idempotency_key="k")
    second = take(row(), actor=actor, seen=seen, idempotency_key="k")

    assert (first, Person.objects.count()) == (second, 1)


def test_a_plan_costs_the_same_for_many_rows(liaison, django_assert_max_num_queries):
    rows = [row(n, f"王{n}", f"139{n:08}", is_deputy=True) for n in range(2, 300)]

    with django_assert_max_num_queries(9):
        plan(*rows)


def many(count, *, since=2):
    """So many rows: a holder who takes over, deputies, and people without a post."""
    made = [row(since, f"李{since}", f"138{since:08}")]
    for n in range(since + 1, since + count):
        post = {} if n % 2 else {"unit": "", "post": ""}
        made.append(row(n, f"王{n}", f"139{n:08}", is_deputy=True, **post))
    return made


def test_many_rows_cost_no_more_than_a_few(liaison):
    make.account(make.person("李敏", at=liaison))
    costs = []
    for rows in (many(10), many(30, since=40)):
        seen = plan(*rows).fingerprint
        clock.forget()
        with CaptureQueriesContext(connection) as found:
            take(*rows, seen=seen)
        costs.append(len(found))

    assert costs[0] == costs[1]
    assert Person.objects.count() == 1 + 40
    assert len(told("organization.person_added")) == 1 + 40
    assert len(told("messaging.contact_point_added")) == 40
    assert len(told("organization.appointment_made")) == 1 + (1 + 5) + (1 + 15)
    assert len(told("organization.appointment_ended")) == 2


def test_whoever_replaces_another_ends_their_time_and_begins_their_own(liaison):
    before = make.person("李敏", at=liaison)

    take(row())

    ended, made = told("organization.appointment_ended"), told("organization.appointment_made")
    assert [(one["person_id"], one["post_title"]) for one in ended] == [
        (str(before.pk), "县水利局联络员")
    ]
    assert [one["person_name"] for one in made] == ["李敏", "王伟"]


def test_numbers_are_ranked_after_those_there_are(liaison):
    take(row(ways=[("phone", "08312620000")]))

    take(row(ways=[("phone", "08312620001"), ("email", "wang@example.gov.cn")]))

    assert sorted(ContactPoint.objects.values_list("rank", "address")) == [
        (1, "13900000001"),
        (2, "08312620000"),
        (3, "08312620001"),
        (4, "wang@example.gov.cn"),
    ]


def test_one_post_twice_for_one_person_is_refused_and_nothing_is_written(liaison):
    with pytest.raises(IllegalMove):
        take(row(), row(3))

    assert (Person.objects.count(), Appointment.objects.count()) == (0, 0)
