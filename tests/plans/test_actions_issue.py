from datetime import date

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Invalid
from liandong.plans import queries
from liandong.plans.actions import approve_version, issue_version, repeal_version
from liandong.plans.states import PROCEDURES, PlanKind, Signatory
from tests.people import chief, office
from tests.plans import lives
from tests.plans.example import FOREST
from tests.plans.people import adopted, started

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-09-28T10:00")


def approve(version, **more):
    said = {
        "signatory": "government_office",
        "signed_by": "县长 张三",
        "signed_on": queries.today(),
        "expected_version": version.version,
    }
    return approve_version(chief(), version=version, **(said | more))


def test_approve_version_keeps_who_signed_in_whose_name():
    approval = lives.signed().approvals.get()

    assert (approval.signatory, approval.signed_by, str(approval.signed_on)) == (
        "government_office",
        "县长 张三",
        "2026-09-28",
    )


def test_approve_version_refuses_what_has_not_passed_its_examination():
    version = lives.at_approval()

    with pytest.raises(Invalid, match="审核还没有通过"):
        approve(version)
    with pytest.raises(Invalid, match="审核还没有通过"):
        approve(lives.examined(version, points=[], remark="不合上位预案"))


@pytest.mark.parametrize("kind", PlanKind)
@pytest.mark.parametrize("name", Signatory)
def test_a_plan_is_signed_in_the_name_that_must_sign_it(kind, name):
    from liandong.plans.models import PlanVersion
    from liandong.plans.rules import demand_signatory

    version = PlanVersion(document={"kind": kind})
    if name in PROCEDURES[kind].signed_by:
        demand_signatory(version, name)
        return

    with pytest.raises(Invalid) as refused:
        demand_signatory(version, name)

    assert "signatory" in refused.value.fields


def test_issue_version_puts_it_into_force_and_supersedes_the_one_before(at):
    before = adopted(FOREST)
    version = lives.signed()

    lives.issued(version)

    before.refresh_from_db()
    assert (version.state, version.way, version.issue_number) == (
        "in_force",
        "full",
        "江政办发〔2026〕12号",
    )
    assert (before.state, queries.active_version("forest-fire")) == ("superseded", version)
    assert Entry.objects.latest("id").name == "plans.version_adopted"


def test_issue_version_refuses_what_nobody_has_signed():
    version = lives.examined(lives.at_approval())

    with pytest.raises(Invalid, match="还没有签发"):
        issue_version(
            office(),
            version=version,
            paper="1",
            issued_on=queries.today(),
            expected_version=version.version,
        )


def test_issue_version_refuses_a_day_before_the_signature():
    version = lives.signed()

    with pytest.raises(Invalid) as refused:
        issue_version(
            office(),
            version=version,
            paper="1",
            issued_on=date(2026, 9, 27),
            expected_version=version.version,
        )

    assert refused.value.fields == {"issued_on": "不能早于签发日期（2026-09-28）"}


def repeal(version, reason="并入总体预案"):
    return repeal_version(
        chief(), version=version, reason=reason, expected_version=version.version
    )


def test_repeal_version_leaves_no_plan_in_force(at):
    now = at("2026-09-28T11:00")
    version = repeal(adopted(FOREST))

    assert (version.state, version.superseded_at, version.repeal_reason) == (
        "repealed",
        now,
        "并入总体预案",
    )
    assert not queries.versions_in_force().exists()
    assert queries.owed_of(version) == []


def test_repeal_version_says_why():
    with pytest.raises(Invalid, match="没有写废止的理由"):
        repeal(adopted(FOREST), reason="")


@pytest.mark.parametrize("how", ["revised", "superseded", "repealed"])
def test_a_run_keeps_its_version_whatever_becomes_of_the_plan(how):
    version = adopted()
    run = started(version)
    steps = [(one.id, one.text) for one in queries.steps_of(run)]
    if how == "revised":
        lives.draft(version.text.replace("24 小时不间断巡堤查险", "每日巡堤两次"))
    elif how == "superseded":
        adopted(version.text.replace("24 小时不间断巡堤查险", "每日巡堤两次"))
    else:
        repeal(version)

    run.refresh_from_db()
    assert (run.plan_version_id, run.state) == (version.pk, "running")
    assert [(one.id, one.text) for one in queries.steps_of(run)] == steps


def test_no_run_begins_by_a_plan_that_was_repealed():
    version = repeal(adopted())

    with pytest.raises(Invalid, match="不是现行版本"):
        started(version)
