import pytest

from liandong.documents.sheets import blank_workbook
from liandong.kernel.problems import Forbidden, Invalid, Stale
from liandong.organization import actions
from liandong.organization.adapters.roster_sheet import LAYOUT, read_roster
from liandong.organization.models import Shift
from liandong.organization.permissions import Permission
from tests.documents.workbooks import workbook
from tests.factories import organization as make
from tests.people import allowed

pytestmark = pytest.mark.django_db
HEAD = ("日期", "带班领导", "值班员", "接班时间", "备注")
MAY = (Permission.LAY_ROSTER, Permission.RECORD_INTAKE)
DAY = ("2026-07-01", "王伟", "李敏、赵磊")


def read(*rows):
    return read_roster(workbook(HEAD, *rows, sheet="值班表"), "值班表.xlsx")


def take(*rows, actor=None, seen=None, **more):
    read_rows, _ = read(*rows)
    return actions.take_roster(
        actor or allowed(*MAY),
        rows=read_rows,
        seen=actions.plan_roster(read_rows).draft.fingerprint if seen is None else seen,
        name="值班表.xlsx",
        digest="d",
        **more,
    )


@pytest.fixture
def _people():
    for name in ("王伟", "李敏", "赵磊"):
        make.person(name)


@pytest.mark.usefixtures("_people")
def test_take_roster_lays_each_day():
    taken = take(DAY, ("2026/7/2", "李敏", "赵磊", "09:00"))

    laid = sorted((one.role, one.person.name) for one in Shift.objects.all())
    assert taken.new == 2
    assert laid == [
        ("leader", "李敏"),
        ("leader", "王伟"),
        ("officer", "李敏"),
        ("officer", "赵磊"),
        ("officer", "赵磊"),
    ]


@pytest.mark.usefixtures("_people")
def test_the_same_roster_again_adds_nothing():
    take(DAY)

    again = take(DAY)

    assert (again.new, again.unchanged, Shift.objects.count()) == (0, 1, 3)


def test_a_name_nobody_bears_is_named_by_its_place():
    rows, findings = read(("2026-07-01", "王伟", ""))

    drafted = actions.plan_roster(rows, findings).draft

    assert [str(one) for one in drafted.findings] == [
        "第 2 行 B 列：通讯录里没有王伟，请先登记人员。"
    ]


@pytest.mark.parametrize("on", ["7月1日", "2026-13-01", "0001-01-01"])
def test_a_day_that_is_none_is_named_by_its_place(on):
    _rows, findings = read((on, "王伟", ""))

    assert [one.place for one in findings] == ["第 2 行 A 列"]


def test_a_day_without_anybody_is_named():
    _rows, findings = read(("2026-07-01", "", "", "", "放假"))

    assert [one.place for one in findings] == ["第 2 行 C 列"]


def test_two_of_one_name_are_not_guessed_at():
    make.person("王伟")
    make.person("王伟")

    with pytest.raises(Invalid):
        take(("2026-07-01", "王伟", ""))


@pytest.mark.usefixtures("_people")
def test_take_roster_needs_permission_and_is_not_for_drills():
    with pytest.raises(Forbidden):
        take(DAY, actor=allowed(Permission.RECORD_INTAKE))
    with pytest.raises(Forbidden):
        take(DAY, actor=allowed(*MAY, realm="drill-1"))


@pytest.mark.usefixtures("_people")
def test_take_roster_refuses_who_saw_another_draft():
    with pytest.raises(Stale):
        take(DAY, seen="x")


@pytest.mark.usefixtures("_people")
def test_take_roster_twice_with_one_key_is_once():
    rows, _ = read(DAY)
    actor, seen = allowed(*MAY), actions.plan_roster(rows).draft.fingerprint

    first = take(DAY, actor=actor, seen=seen, idempotency_key="k")
    second = take(DAY, actor=actor, seen=seen, idempotency_key="k")

    assert (first, Shift.objects.count()) == (second, 3)


def test_the_blank_roster_reads_back_as_empty():
    assert read_roster(blank_workbook([LAYOUT]), "x.xlsx") == ([], [])
