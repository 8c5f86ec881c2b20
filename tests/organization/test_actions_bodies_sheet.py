import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel import clock
from liandong.kernel.divisions import Division
from liandong.kernel.problems import Forbidden, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.actions import BodyRow
from liandong.organization.models import Body, Intake
from liandong.organization.permissions import Permission
from tests.factories import organization as make
from tests.organization.journal import told
from tests.people import allowed

pytestmark = pytest.mark.django_db
PLACE = Division(county="江安县", city="宜宾市", province="四川省")
MAY = (Permission.CREATE_BODY, Permission.CREATE_POST, Permission.RECORD_INTAKE)
TOWN = "江安县铁清镇人民政府"


def row(number=2, name=TOWN, **more):
    return BodyRow(row=number, name=name, letters=(("name", "A"), ("kind", "C")), **more)


def take(*rows, actor=None, seen=None, **more):
    return actions.take_bodies(
        actor or allowed(*MAY),
        place=PLACE,
        rows=rows,
        seen=actions.plan_bodies(PLACE, rows).fingerprint if seen is None else seen,
        name="机构.xlsx",
        digest="d",
        **more,
    )


def test_take_bodies_sets_up_townships_with_their_posts():
    take(row(code="511523100"), row(3, "江安县四面山镇人民政府"))

    first, second = Body.objects.order_by("key")
    assert (first.key, first.short_name, first.kind, first.division_code) == (
        "township-1",
        "铁清镇",
        "township",
        "511523100",
    )
    assert second.key == "township-2"
    assert [post.key for post in queries.posts_of_body(first)] == [
        "township-1.head",
        "township-1.deputy",
        "township-1.liaison",
    ]
    assert [fact["new"] for fact in told("organization.sheet_taken")] == [2]


@pytest.mark.parametrize("name", [TOWN, "铁清镇", "铁清镇政府", "铁清 镇人民政府"])
def test_what_is_there_is_left_alone(name):
    take(row())

    drafted = actions.plan_bodies(PLACE, [row(name="".join(name.split()))])

    assert [one.kind for one in drafted.changes] == ["same"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("铁清村", "village"), ("江安竹浆厂", "unit"), ("阳春街道办事处", "township")],
)
def test_a_kind_is_heard_from_the_name(name, kind):
    take(row(name=name))

    assert Body.objects.get().kind == kind


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"kind": "帮会"}, "第 2 行 C 列"),
        ({"code": "12"}, "第 2 行"),
        ({"parent": "无此县"}, "第 2 行"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_set_up(more, place):
    drafted = actions.plan_bodies(PLACE, [row(**more)])

    with pytest.raises(Invalid):
        take(row(**more))

    assert [one.place for one in drafted.findings] == [place]
    assert (Body.objects.count(), Intake.objects.count()) == (0, 0)


def test_one_name_twice_is_refused():
    with pytest.raises(Invalid):
        take(row(), row(3))


def test_take_bodies_needs_permission():
    with pytest.raises(Forbidden):
        take(row(), actor=allowed(*MAY[1:]))


def test_take_bodies_refuses_who_saw_another_draft():
    with pytest.raises(Stale):
        take(row(), seen="other")


def test_take_bodies_is_not_for_drills():
    with pytest.raises(Forbidden):
        take(row(), actor=allowed(*MAY, realm="drill-1"))


def test_take_bodies_twice_with_one_key_is_once():
    actor, seen = allowed(*MAY), actions.plan_bodies(PLACE, [row()]).fingerprint

    first = take(row(), actor=actor, seen=seen, idempotency_key="k")
    second = take(row(), actor=actor, seen=seen, idempotency_key="k")

    assert (first, Body.objects.count()) == (second, 1)


def test_a_village_belongs_to_its_township():
    make.body("township-1", name="江安县铁清镇人民政府", short_name="铁清镇", kind="township")

    take(row(name="高石梯村", parent="铁清镇"))

    assert Body.objects.get(key="village-1").parent == queries.body_by_key("township-1")


def test_a_village_belongs_to_the_township_that_its_code_says():
    """Two townships have a village of one name, which are two villages."""
    for code, name in (("511523100", "铁清镇"), ("511523101", "夕佳山镇")):
        make.body(f"township-{code}", name=name, kind="township", division_code=code)
    rows = [
        row(2, name="新村村", code="511523100201"),
        row(3, name="新村村", code="511523101201"),
        row(4, name="临江社区居委会", code="511523101001"),
    ]

    take(*rows)

    villages = Body.objects.filter(kind="village").values_list("name", "parent__name")
    assert set(villages) == {
        ("新村村", "铁清镇"),
        ("新村村", "夕佳山镇"),
        ("临江社区居委会", "夕佳山镇"),
    }
    assert actions.plan_bodies(PLACE, rows).same == 3


def test_a_village_written_once_by_its_township_and_once_by_its_code_is_one_twice():
    make.body("township-1", name="铁清镇", kind="township", division_code="511523100")
    rows = [row(2, name="新村村", parent="铁清镇"), row(3, name="新村村", code="511523100201")]

    [finding] = actions.plan_bodies(PLACE, rows).findings

    assert (finding.row, finding.text) == (3, "与第 2 行重复。")


def test_a_village_of_a_township_that_is_not_there_is_refused():
    drafted = actions.plan_bodies(PLACE, [row(name="新村村", code="511523199201")])

    assert "511523199 不是本县已有的乡镇" in drafted.findings[0].text


def test_record_intake_keeps_who_took_what_in():
    kept = actions.record_intake(
        allowed(Permission.RECORD_INTAKE, label="值班室"),
        kind="roster",
        name="排班.xlsx",
        digest="d",
        new=1,
        changed=0,
        unchanged=0,
    )

    assert (kept.by, kept.get_kind_display()) == ("值班室", "值班表")


def test_record_intake_needs_permission():
    with pytest.raises(Forbidden):
        actions.record_intake(
            allowed(), kind="roster", name="x", digest="", new=0, changed=0, unchanged=0
        )


def test_many_rows_cost_no_more_than_a_few():
    costs = []
    for first, count in ((2, 10), (50, 30)):
        rows = [row(n, f"江安县柳{n}村", parent="") for n in range(first, first + count)] + [
            row(first + count, f"江安县第{first}镇人民政府")
        ]
        seen = actions.plan_bodies(PLACE, rows).fingerprint
        clock.forget()
        with CaptureQueriesContext(connection) as found:
            take(*rows, seen=seen)
        costs.append(len(found))

    assert costs[0] == costs[1]
    assert len(told("organization.body_created")) == Body.objects.count() == 42
    assert len(told("organization.post_created")) == 6
