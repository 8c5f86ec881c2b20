import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, Invalid, Stale
from liandong.sharing import queries
from liandong.sharing.actions import drop_goods_name, name_goods
from liandong.sharing.models import GoodsAlias
from tests.people import actor
from tests.sharing.people import neighbor
from tests.sharing.test_actions_sheet import office

pytestmark = pytest.mark.django_db


def test_a_name_means_goods_from_then_on():
    alias = name_goods(office(), name="雨 棚", code="1010200")

    assert (alias.name, queries.goods_codes()["雨棚"]) == ("雨棚", "1010200")
    assert Entry.objects.filter(name="sharing.goods_named", subject_id=alias.pk).count() == 1


def test_a_name_is_changed_by_saying_it_anew():
    name_goods(office(), name="雨棚", code="1010200")
    name_goods(office(), name="雨棚", code="1010100")

    assert list(GoodsAlias.objects.values_list("code", flat=True)) == ["1010100"]


@pytest.mark.parametrize(
    ("name", "code"), [("雨棚", "9999999"), (" ", "1010200"), ("雨" * 61, "1010200")]
)
def test_what_names_nothing_is_refused(name, code):
    with pytest.raises(Invalid):
        name_goods(office(), name=name, code=code)

    assert not GoodsAlias.objects.exists()


def test_a_name_is_dropped_by_whoever_saw_it():
    alias = name_goods(office(), name="雨棚", code="1010200")

    with pytest.raises(Stale):
        drop_goods_name(office(), alias=alias, expected_version=9)
    drop_goods_name(office(), alias=alias, expected_version=1)

    assert not GoodsAlias.objects.exists()
    assert Entry.objects.filter(name="sharing.goods_name_dropped").count() == 1


def test_the_same_key_twice_is_once():
    for _time in range(2):
        name_goods(office(), name="雨棚", code="1010200", idempotency_key="a")

    assert Entry.objects.filter(name="sharing.goods_named").count() == 1


def test_only_an_office_names_goods_and_not_in_a_drill():
    alias = name_goods(office(), name="雨棚", code="1010200")
    drilling = actor(Role.HEADQUARTERS_OFFICE, realm="drill-1")

    for who in (neighbor(), drilling):
        with pytest.raises(Forbidden):
            name_goods(who, name="蓬", code="1010200")
        with pytest.raises(Forbidden):
            drop_goods_name(who, alias=alias, expected_version=1)
