"""Whatever is tried in whatever order, a version moves along the table and holds only once it was signed."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liandong.kernel.problems import Problem
from liandong.plans import actions
from liandong.plans.models import PlanVersion
from liandong.plans.states import PROCEDURES, SHORT_WAY, UNDER_WAY, VERSION_MOVES, VersionState
from tests.architecture.world import undone
from tests.factories import organization as make
from tests.people import chief, office
from tests.plans import lives
from tests.plans.example import FOREST
from tests.plans.people import adopted


def short(version):
    actions.take_short_way(
        office(),
        version=version,
        untouched=lives.NOTHING_WEIGHTY,
        reason="改错别字",
        expected_version=version.version,
    )


def back(version):
    actions.return_to_draft(
        office(), version=version, reason="改", expected_version=version.version
    )


def repeal(version):
    actions.repeal_version(
        chief(), version=version, reason="并入", expected_version=version.version
    )


def adopt(version):
    actions.adopt_draft(office(), draft=version, expected_version=version.version)


def replace(version):
    adopted(version.text)


DEEDS = {
    "ask": lambda version: lives.asked(make.body(), version=version),
    "answer": lives.answered,
    "advance": lives.advanced,
    "experts": lives.reviewed,
    "align": lives.aligned,
    "examine": lives.examined,
    "sign": lives.signed,
    "issue": lives.issued,
    "short": short,
    "back": back,
    "adopt": adopt,
    "repeal": repeal,
    "replace": replace,
}
WHOLE_WAY = ["ask", "answer", "advance", "experts", "advance", "align", "advance"]
beginnings = st.integers(0, len(WHOLE_WAY)).map(lambda n: WHOLE_WAY[:n])
sequences = st.tuples(beginnings, st.lists(st.sampled_from(sorted(DEEDS)), max_size=8))


@pytest.mark.django_db
@settings(max_examples=30, suppress_health_check=[*HealthCheck])
@given(sequence=sequences)
def test_a_version_moves_along_the_table_and_holds_only_once_it_was_signed(sequence):
    first, then = sequence
    with undone():
        adopted(FOREST)
        version = lives.draft(FOREST + "\n")
        for name in [*first, *then]:
            was = VersionState(version.state)
            try:
                DEEDS[name](version)
            except Problem:
                version = PlanVersion.objects.get(pk=version.pk)
                assert version.state == was
            version.refresh_from_db()
            now = VersionState(version.state)
            assert now == was or now in VERSION_MOVES.table[was]
            if now == VersionState.IN_FORCE != was and name != "adopt":
                assert version.approvals.filter(round=version.round).exists()
                assert version.examinations.filter(round=version.round, has_passed=True)
            holding = PlanVersion.objects.filter(key=version.key, state=VersionState.IN_FORCE)
            assert holding.count() <= 1


@pytest.mark.parametrize("kind", PROCEDURES)
def test_every_kind_has_a_way_along_the_table(kind):
    for stages in (PROCEDURES[kind].stages, SHORT_WAY):
        way = [VersionState.DRAFT, *stages, VersionState.IN_FORCE]

        assert all(to in VERSION_MOVES.table[one] for one, to in pairwise(way))
        assert stages[-1] == VersionState.APPROVAL


@pytest.mark.parametrize("state", sorted(UNDER_WAY))
def test_whatever_is_not_issued_can_go_back(state):
    assert VersionState.DRAFT in VERSION_MOVES.table[state]
