import pytest

from liandong.kernel.problems import Invalid
from liandong.kernel.timers import Timer
from liandong.plans import queries
from liandong.plans.actions import advance_version, return_to_draft, take_short_way
from liandong.plans.states import VersionState, Weighty
from tests.people import office
from tests.plans import lives
from tests.plans.example import FOREST
from tests.plans.people import adopted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-09-28T10:00")


def short(version, untouched=lives.NOTHING_WEIGHTY, reason="改错别字"):
    return take_short_way(
        office(),
        version=version,
        untouched=untouched,
        reason=reason,
        expected_version=version.version,
    )


def test_a_draft_begins_with_opinions():
    draft = lives.draft()

    with pytest.raises(Invalid, match="要先书面征求意见"):
        advance_version(office(), version=draft, expected_version=1)


def test_a_stage_is_left_when_every_opinion_is_settled():
    version = lives.asked()

    with pytest.raises(Invalid, match="还有意见没有办完"):
        advance_version(office(), version=version, expected_version=version.version)
    assert lives.advanced(lives.answered(version)).state == "experts"


def test_a_special_plan_goes_through_all_stages():
    version = lives.issued()

    assert [one.stage for one in version.passages.order_by("id")] == [
        VersionState.OPINIONS,
        VersionState.EXPERTS,
        VersionState.ALIGNMENT,
        VersionState.APPROVAL,
        VersionState.IN_FORCE,
    ]


def test_a_township_s_plan_goes_from_opinions_to_its_approval():
    version = lives.draft(FOREST.replace("kind: special", "kind: township"))

    assert lives.advanced(lives.answered(lives.asked(version=version))).state == "approval"


def test_measures_for_a_warning_ask_nobody():
    text = FOREST.replace("kind: special", "kind: warning")

    assert lives.advanced(lives.draft(text)).state == "approval"


def test_a_minor_revision_goes_the_short_way_with_its_reason():
    adopted(FOREST)

    version = short(lives.draft(FOREST + "\n"))

    assert (version.state, version.way, version.way_reason) == ("approval", "short", "改错别字")
    assert version.passages.get().reason == "改错别字"


@pytest.mark.parametrize("touched", Weighty)
def test_what_touches_one_of_the_four_goes_the_whole_way(touched):
    adopted(FOREST)
    draft = lives.draft(FOREST + "\n")

    with pytest.raises(Invalid, match=str(touched.label)):
        short(draft, untouched=[one for one in Weighty if one != touched])


def test_the_short_way_is_for_revisions_with_a_reason():
    draft = lives.draft()

    with pytest.raises(Invalid, match="没有写理由"):
        short(draft, reason=" ")
    with pytest.raises(Invalid, match="还没有现行版本，不是修订"):
        short(draft)


@pytest.mark.parametrize(
    ("old", "new", "touched"),
    [
        ("burned_ha: {at_least: 10", "burned_ha: {at_least: 12", [Weighty.GRADING]),
        ("expected: P2D", "expected: P3D", [Weighty.PROCEDURE]),
        ("headquarters: forest-fire-hq", "headquarters: fire-hq", [Weighty.COMMAND]),
        ("text: 通知各成员单位", "text: 电话通知各成员单位", [Weighty.MEASURES]),
        ("title: 森林火灾", "title: 县森林火灾", []),
    ],
)
def test_what_a_draft_seems_to_touch_is_found_for_a_person_to_judge(old, new, touched):
    before = adopted(FOREST)

    assert queries.weighty_changes(lives.draft(FOREST.replace(old, new)), before) == touched


def test_what_went_back_begins_anew_and_keeps_what_was_said():
    version = lives.at_experts()

    return_to_draft(
        office(), version=version, reason="分级要改", expected_version=version.version
    )

    assert (version.state, version.round) == ("draft", 2)
    assert version.passages.latest("id").reason == "分级要改"
    assert (version.opinions.count(), queries.opinions_of(version).count()) == (1, 0)
    again = lives.asked(version.opinions.get().body, version=version)
    with pytest.raises(Invalid, match="还有意见没有办完"):
        advance_version(office(), version=again, expected_version=again.version)


def test_what_was_signed_counts_no_longer_once_it_went_back():
    version = lives.signed()
    return_to_draft(office(), version=version, reason="改", expected_version=version.version)

    assert queries.approval_of(version) is None
    assert queries.latest_examination(version) is None


def test_what_goes_back_says_why_and_stops_its_clocks():
    version = lives.asked()

    with pytest.raises(Invalid, match="没有写退回的理由"):
        return_to_draft(office(), version=version, reason="", expected_version=version.version)
    return_to_draft(office(), version=version, reason="改", expected_version=version.version)

    assert not Timer.objects.filter(kind="plans.duty_due").exists()
