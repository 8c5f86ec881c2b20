import pytest

from liandong.kernel.permissions import Role
from liandong.organization.states import BodyKind
from liandong.plans import queries
from liandong.plans.language import load
from tests.factories import organization as make

pytestmark = pytest.mark.django_db


def test_every_shipped_plan_becomes_the_countys_own():
    make.body(
        "township-1", name="江安县江安镇人民政府", short_name="江安镇", kind=BodyKind.TOWNSHIP
    )

    for shipped in queries.shipped_plans():
        text = queries.localized(shipped.name, "江安县", "江防指〔2026〕3号")
        plan = load(text)

        assert plan.title.startswith("江安县")
        assert plan.document.number == "江防指〔2026〕3号"
        assert [
            name for name in ("示例县", "城关镇", "河口镇", "柳湾乡", "示防指") if name in text
        ] == []


def test_without_a_number_a_plan_names_none():
    plan = load(queries.localized("flood", "江安县"))

    assert plan.document.number is None


def test_a_post_that_is_missing_vacant_or_answered_is_told_apart():
    plan = load(queries.localized("flood", "江安县"))
    hq = make.body("flood-hq", name="防指")
    vacant = make.post("commander", at=hq, title="指挥长", roles=[Role.COMMANDER])
    answered = make.post("director", at=make.body("flood-office", name="防办"), title="主任")
    make.person("王伟", at=answered)

    gaps = {gap.key: gap for gap in queries.gaps_of(plan)}

    assert (gaps[vacant.key].is_missing, gaps[vacant.key].label) == (False, "防指 指挥长")
    assert answered.key not in gaps
    assert gaps["industry"].is_missing
    assert gaps["industry"].where == ("组织受威胁区域企业停产停工、撤离人员",)
