"""What holds of every deed by which a version goes from its draft to the archive."""

from datetime import date

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, KeyReused, Problem, Stale
from liandong.plans import actions
from liandong.plans.models import PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.states import VersionState
from tests.factories import organization as make
from tests.people import allowed, chief, office
from tests.plans import lives
from tests.plans.example import FOREST
from tests.plans.people import adopted

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 28)


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-09-28T10:00")


def revision():
    adopted(FOREST)
    return lives.draft(FOREST.replace("扑灭", "扑救"))


# The action, the point at which it may be done, what is said, and a permission that is not enough.
DEEDS = {
    "revise": (actions.revise_draft, lives.draft, {"text": FOREST + "\n"}),
    "ask": (actions.ask_opinions, lives.draft, {"units": [], "due_on": TODAY}),
    "advance": (actions.advance_version, lambda: lives.answered(lives.asked()), {}),
    "short way": (
        actions.take_short_way,
        revision,
        {"untouched": lives.NOTHING_WEIGHTY, "reason": "改错别字"},
    ),
    "return": (actions.return_to_draft, lives.asked, {"reason": "分级要改"}),
    "experts": (
        actions.record_expert_review,
        lives.at_experts,
        {"reviewed_on": TODAY, "experts": "王工", "conclusion": "passed"},
    ),
    "align": (
        actions.record_alignment,
        lives.at_alignment,
        {
            "aligned_on": TODAY,
            "aligned_with": "mobilization",
            "whom": "县人武部",
            "result": "不抵触",
        },
    ),
    "examine": (
        actions.examine_version,
        lives.at_approval,
        {"examined_on": TODAY, "points": lives.EVERY_POINT},
    ),
    "approve": (
        actions.approve_version,
        lambda: lives.examined(lives.at_approval()),
        {"signatory": "headquarters", "signed_by": "县长 张三", "signed_on": TODAY},
    ),
    "issue": (actions.issue_version, lives.signed, {"paper": "1号", "issued_on": TODAY}),
    "file": (
        actions.file_version,
        lives.issued,
        {"filed_with": "市林业局", "papers": "文本", "sent_on": TODAY},
    ),
    "publish": (
        actions.publish_version,
        lives.issued,
        {"openness": "full", "published_on": TODAY, "address": "网站"},
    ),
    "drill": (
        actions.record_plan_drill,
        lives.issued,
        {"drilled_on": TODAY, "kind": "tabletop"},
    ),
    "evaluate": (
        actions.evaluate_version,
        lives.issued,
        {"evaluated_on": TODAY, "findings": "可行", "outcome": "keep"},
    ),
    "repeal": (actions.repeal_version, lives.issued, {"reason": "职责并入总体预案"}),
}
OF_THE_CHIEF = {"approve", "repeal"}


def ready(name, **more):
    """A deed at the point at which it may be done, to be called."""
    act, build, said = DEEDS[name]
    version, said = build(), dict(said)
    if name == "ask":
        said["units"] = [make.body(name="县林业局")]
    who = chief() if name in OF_THE_CHIEF else office()
    word = "draft" if name == "revise" else "version"

    def do(actor=who, **other):
        given = {word: version, "expected_version": version.version, **said, **more, **other}
        return act(actor, **given)

    return version, do


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_told_and_changes_the_version(name):
    version, do = ready(name)
    before, told = version.version, Entry.objects.count()

    do()

    version.refresh_from_db()
    assert (version.version, Entry.objects.count()) == (before + 1, told + 1)
    entry = Entry.objects.latest("id")
    assert (entry.subject_kind, entry.subject_id) == ("plans.plan_version", str(version.pk))


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_refused_to_whoever_may_not(name):
    _version, do = ready(name)

    with pytest.raises(Forbidden):
        do(allowed(Permission.RECORD_FACTS))


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_refused_from_within_a_drill(name):
    _version, do = ready(name)
    who = chief if name in OF_THE_CHIEF else office

    with pytest.raises(Forbidden, match="演练中不能改动预案"):
        do(who(realm="drill-1"))


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_refused_to_whoever_saw_an_older_state(name):
    version, do = ready(name)

    with pytest.raises(Stale):
        do(expected_version=version.version - 1)


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_with_the_same_key_is_done_once(name):
    version, do = ready(name)
    seen = version.version

    first = do(idempotency_key="k", expected_version=seen)
    again = do(idempotency_key="k", expected_version=seen)

    assert again == first
    with pytest.raises(KeyReused):
        do(idempotency_key="k", expected_version=seen + 7)


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_refused_where_the_version_has_not_come_so_far_or_is_past_it(name):
    version, do = ready(name)
    PlanVersion.objects.filter(pk=version.pk).update(state=VersionState.SUPERSEDED)
    version.refresh_from_db()

    with pytest.raises(IllegalMove, match="已由新版替代"):
        do()


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_that_is_refused_leaves_nothing_behind(name):
    version, do = ready(name)
    told = Entry.objects.count()

    with pytest.raises(Problem):
        do(expected_version=version.version - 1)

    assert Entry.objects.count() == told
    assert version.passages.count() == PlanVersion.objects.get(pk=version.pk).passages.count()
