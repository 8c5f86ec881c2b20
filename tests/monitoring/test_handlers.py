import pytest

from liandong.monitoring.actions import issue_warning
from liandong.monitoring.models import Warning
from liandong.monitoring.states import ThresholdKind
from tests.monitoring.conftest import bound, flowed, rained, send
from tests.monitoring.people import forecaster, gauge
from tests.monitoring.test_signals_rainstorm import FLOOD

pytestmark = pytest.mark.django_db


def issue(draft, body):
    return issue_warning(forecaster(body), warning=draft, expected_version=draft.version)


def test_a_rainstorm_proposes_one_warning_at_the_gravest_level(work, rain, signals, weather):
    send(rained(FLOOD))

    work()

    draft = Warning.objects.get()
    assert (draft.state, draft.category, draft.level, draft.hazard) == (
        "draft",
        "暴雨",
        "橙",
        "11B03",
    )
    assert (draft.issuing_body, draft.areas, draft.scope) == (weather, ["城关镇"], "城关镇")
    assert draft.cautions.startswith("上游3 小时雨量 55.02 mm，达到暴雨信号橙阈值 50 mm。")
    assert issue(draft, weather).state == "issued"


def test_a_rise_while_the_draft_waits_raises_the_draft(work, rain, signals):
    for n, mm in enumerate(FLOOD):
        send(rained([mm], since=n))
        work()

    assert [row.level for row in Warning.objects.all()] == ["橙"]


def test_a_rise_while_it_is_in_force_proposes_to_adjust_it(work, rain, signals, weather):
    send(rained(FLOOD[:12]))
    work()
    yellow = issue(Warning.objects.get(), weather)

    send(rained(FLOOD[12:], since=12))
    work()

    proposal = Warning.objects.exclude(pk=yellow.pk).get()
    assert (proposal.state, proposal.level, proposal.replaces) == ("draft", "橙", yellow)
    assert issue(proposal, weather).chain == yellow.pk
    yellow.refresh_from_db()
    assert yellow.state == "adjusted"


def test_the_river_is_the_water_bureaus(work, flow, warning_line, water):
    send(flowed([1000]))

    work()

    draft = Warning.objects.get()
    assert (draft.category, draft.level, draft.issuing_body) == ("洪水", "黄", water)
    assert (draft.scope, draft.starts_at) == ("城关镇、河口镇", draft.crossing.began_at)


def test_the_guarantee_raises_the_flood_warning(work, flow, warning_line, water):
    bound(flow, ThresholdKind.GUARANTEE, 2000, issuer=water)
    send(flowed([1000]))
    work()
    yellow = issue(Warning.objects.get(), water)

    send(flowed([2000], since=1))
    work()

    proposal = Warning.objects.get(state="draft")
    assert (proposal.level, proposal.replaces, proposal.areas) == ("橙", yellow, yellow.areas)


def test_as_grave_again_is_no_news(work, flow, warning_line, water):
    send(flowed([1000]))
    work()
    issue(Warning.objects.get(), water)

    send(flowed([800, 800, 800, 1000], since=1))
    work()

    assert Warning.objects.count() == 1


def test_what_is_over_already_when_it_is_told_proposes_nothing(work, flow, warning_line):
    send(flowed([1000, 800, 800, 800]))

    work()

    assert not Warning.objects.exists()


def test_when_nothing_is_crossed_any_more_lifting_is_proposed_and_not_done(
    work, flow, warning_line, water
):
    send(flowed([1000]))
    work()
    warning = issue(Warning.objects.get(), water)

    send(flowed([800, 800, 800], since=1))
    work()

    warning.refresh_from_db()
    assert (warning.state, warning.lifting_proposed_at is None) == ("issued", False)
    assert warning.lifting_reason.startswith("出口已回落到 1000 m³/s 以下（800 m³/s）")


def test_while_another_bound_is_crossed_nothing_is_proposed_to_be_lifted(
    work, flow, warning_line, water
):
    bound(flow, ThresholdKind.GUARANTEE, 2000, issuer=water)
    send(flowed([2000]))
    work()
    warning = issue(Warning.objects.get(), water)

    send(flowed([1500], since=1))
    work()

    warning.refresh_from_db()
    assert warning.lifting_proposed_at is None


def test_a_drills_crossing_proposes_in_the_drill(work, flow, warning_line, at):
    at("2012-08-05T12:00", realm="drill-1")
    send(flowed([1000]), actor=gauge("drill-1"))

    work()

    assert Warning.objects.get().realm == "drill-1"
