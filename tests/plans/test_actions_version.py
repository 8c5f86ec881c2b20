import json

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, KeyReused, Stale
from liandong.plans.actions import adopt_draft, adopt_version, draft_version, revise_draft
from liandong.plans.models import PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.queries import active_version, plan_of, shipped_text
from tests.people import allowed, duty_officer, office
from tests.plans import lives
from tests.plans.example import FOREST
from tests.plans.people import adopted

pytestmark = pytest.mark.django_db


def told(name):
    entries = Entry.objects.filter(name=name).order_by("id")
    return [json.loads(entry.payload.text) for entry in entries]


def test_adopt_version_puts_a_plan_into_force(at):
    now = at("2026-07-14T04:07")

    version = adopt_version(office(), text=FOREST)

    assert (version.key, version.number, version.state) == ("forest-fire", 1, "in_force")
    assert (version.in_force_from, version.text) == (now, FOREST)
    assert version.document["levels"]["IV"]["expected"] == "P2D"
    assert plan_of(version).title == "森林火灾应急预案"
    assert active_version("forest-fire") == version
    fact = told("plans.version_adopted")[0]
    assert (fact["subject_id"], fact["number"], fact["replaces"]) == (str(version.pk), 1, "")


def test_adopt_version_supersedes_the_one_before(at):
    now = at("2026-07-14T04:07")
    first = adopted(FOREST)

    second = adopted(FOREST.replace("PT10M", "PT15M"))

    first.refresh_from_db()
    assert (first.state, first.superseded_at, second.number) == ("superseded", now, 2)
    assert active_version("forest-fire") == second
    assert told("plans.version_adopted")[1]["replaces"] == str(first.pk)


def test_adopt_version_takes_the_plan_that_ships():
    version = adopted(shipped_text("flood"))

    assert (version.key, version.title) == ("flood-drought", "示例县防汛抗旱应急预案")


def test_adopt_version_refuses_a_flawed_text_with_place_and_remedy():
    with pytest.raises(Invalid) as refused:
        adopt_version(office(), text=FOREST.replace("burned_ha", "burnd_ha"))

    assert refused.value.place == "levels.IV.when.any[0].burnd_ha"
    assert refused.value.title == "预案文本有 1 处不能成立。"
    assert "是否应为 burned_ha" in refused.value.fields["text"]
    assert not PlanVersion.objects.exists()
    assert not Entry.objects.exists()


def test_adopt_version_is_refused_without_the_permission():
    with pytest.raises(Forbidden):
        adopt_version(duty_officer(), text=FOREST)


def test_adopt_version_reaches_no_further_than_the_grant():
    from liandong.kernel.actors import Actor, Grant

    grant = Grant(permission=str(Permission.ADOPT_VERSION), hazard="11A")

    with pytest.raises(Forbidden):
        adopt_version(Actor(label="防办", grants=frozenset({grant})), text=FOREST)


def test_adopt_version_is_refused_from_a_drill():
    with pytest.raises(Forbidden, match="演练中不能改动预案"):
        adopt_version(office(realm="drill-1"), text=FOREST)


def test_adopt_version_with_the_same_key_is_once():
    first = adopt_version(office(), text=FOREST, idempotency_key="k")

    again = adopt_version(office(), text=FOREST, idempotency_key="k")

    assert again == first
    assert PlanVersion.objects.count() == 1
    with pytest.raises(KeyReused):
        adopt_version(office(), text=FOREST + "\n", idempotency_key="k")


def test_draft_version_does_not_hold_until_adopted():
    version = adopted(FOREST)

    draft = draft_version(office(), text=FOREST.replace("P2D", "P3D"))

    assert (draft.state, draft.number, active_version("forest-fire")) == ("draft", 2, version)
    assert told("plans.version_drafted")[0]["number"] == 2


def test_adopt_draft_puts_it_into_force():
    before = adopted(FOREST)
    draft = draft_version(office(), text=FOREST.replace("P2D", "P3D"))

    adopt_draft(office(), draft=draft, expected_version=1)

    before.refresh_from_db()
    assert (draft.state, before.state) == ("in_force", "superseded")
    assert active_version("forest-fire") == draft


def test_adopt_draft_refuses_what_holds_already_and_who_saw_an_older_state():
    version = adopted(FOREST)
    draft = draft_version(office(), text=FOREST)

    with pytest.raises(IllegalMove):
        adopt_draft(office(), draft=version, expected_version=2)
    with pytest.raises(Stale):
        adopt_draft(office(), draft=draft, expected_version=9)
    assert active_version("forest-fire") == version


@pytest.mark.parametrize("deed", [draft_version, adopt_version])
def test_writing_plans_is_for_those_who_may_only_that(deed):
    wrong = Permission.ADOPT_VERSION if deed is draft_version else Permission.DRAFT_VERSION

    with pytest.raises(Forbidden):
        deed(allowed(wrong), text=FOREST)


def test_what_is_adopted_says_that_it_was_issued_on_paper_before(at):
    at("2026-07-14T10:00")

    version = adopt_version(office(), text=FOREST)

    assert (version.way, str(version.issued_on), version.issue_number) == (
        "before",
        "2025-09-28",  # as its text says
        "示府办〔2025〕12号",
    )
    passage = version.passages.get()
    assert (passage.was, passage.stage, passage.reason) == (
        "draft",
        "in_force",
        "登记已经印发的预案",
    )
    fact = told("plans.version_adopted")[0]
    assert (fact["way"], fact["issued_on"], fact["paper"]) == (
        "before",
        "2025-09-28",
        "示府办〔2025〕12号",
    )


def test_adopt_draft_takes_day_and_number_of_the_paper(at):
    from datetime import date

    at("2026-07-14T10:00")
    draft = lives.draft()

    adopt_draft(
        office(), draft=draft, expected_version=1, issued_on=date(2026, 7, 1), paper="县办 7 号"
    )

    assert (str(draft.issued_on), draft.issue_number) == ("2026-07-01", "县办 7 号")


def test_adopt_draft_refuses_a_day_to_come_and_a_number_that_is_none(at):
    from datetime import date

    at("2026-07-14T10:00")
    draft = lives.draft()

    with pytest.raises(Invalid) as refused:
        adopt_draft(
            office(), draft=draft, expected_version=1, issued_on=date(2026, 7, 15), paper="1"
        )
    assert refused.value.fields == {"issued_on": "不能晚于今天"}
    with pytest.raises(Invalid, match="文号太长"):
        adopt_draft(office(), draft=draft, expected_version=1, paper="号" * 101)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_revise_draft_replaces_the_text_and_keeps_the_number():
    draft = lives.draft()
    before, text = draft.digest, FOREST.replace("森林火灾应急预案", "森林草原火灾应急预案")

    revise_draft(office(), draft=draft, text=text, expected_version=1)

    draft.refresh_from_db()
    assert (draft.number, draft.title, draft.text) == (1, "森林草原火灾应急预案", text)
    assert plan_of(draft).title == "森林草原火灾应急预案"
    fact = told("plans.draft_revised")[0]
    assert (fact["before"], fact["after"]) == (before, draft.digest)


def test_revise_draft_refuses_a_flawed_text_and_that_of_another_plan():
    draft = lives.draft()

    with pytest.raises(Invalid, match="不能成立"):
        revise_draft(
            office(),
            draft=draft,
            text=FOREST.replace("burned_ha", "burnd_ha"),
            expected_version=1,
        )
    with pytest.raises(Invalid, match="这不是“forest-fire”的文本"):
        revise_draft(office(), draft=draft, text=shipped_text("flood"), expected_version=1)
    draft.refresh_from_db()
    assert (draft.text, draft.version) == (FOREST, 1)


def test_revise_draft_refuses_what_is_on_its_way_or_in_force():
    for version in (lives.asked(), adopted(shipped_text("flood"))):
        with pytest.raises(IllegalMove) as refused:
            revise_draft(
                office(), draft=version, text=version.text, expected_version=version.version
            )
        assert "退回起草后再改" in refused.value.remedy


def test_what_was_drafted_earlier_does_not_replace_what_is_newer():
    older = draft_version(office(), text=FOREST)
    newer = adopted(FOREST.replace("火情续报", "火情和气象续报"))

    with pytest.raises(IllegalMove, match="第 2 版比这份第 1 版新"):
        adopt_draft(office(), draft=older, expected_version=older.version)

    newer.refresh_from_db()
    assert newer.state == "in_force"
