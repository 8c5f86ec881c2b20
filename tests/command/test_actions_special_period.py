import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from liandong.command.actions import (
    declare_special_period,
    extend_special_period,
    lapse_special_period,
    lift_special_period,
)
from liandong.command.models import CongressFiling, SpecialPeriod
from liandong.command.permissions import Permission
from liandong.kernel import clock
from liandong.kernel.actors import system_actor
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.timers import Timer

DAY = timedelta(days=1)
CORNERS = [
    (Decimal(lon), Decimal(lat))
    for lon, lat in (("112.4", "27.7"), ("112.5", "27.7"), ("112.5", "27.8"))
]


@pytest.fixture
def now(at):
    return at("2030-03-01T08:00")


def declared(actor, **more):
    said = {
        "kind": "fire_ban",
        "declared_by": "示例县人民政府",
        "paper": "示府令〔2030〕1号",
        "words": "严禁一切野外用火",
        "ends_at": clock.now(actor.realm) + 7 * DAY,
    }
    return declare_special_period(actor, **(said | more))


def extended(actor, period, **more):
    said = {
        "ends_at": period.ends_at + DAY,
        "paper": "示府令〔2030〕2号",
        "reason": "持续晴热",
        "expected_version": period.version,
    }
    return extend_special_period(actor, period=period, **(said | more))


def lifted(actor, period, **more):
    said = {
        "lifted_by": "示例县人民政府",
        "paper": "示府〔2030〕3号",
        "reason": "普降中雨",
        "expected_version": period.version,
    }
    return lift_special_period(actor, period=period, **(said | more))


def lapsed(period, **more):
    timer = system_actor("timer", "时钟", period.realm, Permission.LAPSE_SPECIAL_PERIOD)
    return lapse_special_period(timer, period=period, **more)


def told(name):
    return [json.loads(one.payload.text) for one in Entry.objects.filter(name=name)]


def test_declaring_keeps_it_sets_its_clocks_and_owes_its_filing(county, now):
    period = declared(county.office, townships=["河口镇"], points=CORNERS)

    [said] = told("command.special_period_declared")
    filing = CongressFiling.objects.get()
    assert (period.state, period.area, period.starts_at) == ("in_force", "河口镇", now)
    assert period.points[0] == [112.4, 27.7]
    assert (said["title"], said["paper"]) == ("森林禁火期（河口镇）", "示府令〔2030〕1号")
    assert set(Entry.objects.get(name="command.special_period_declared").audience) == {
        "county",
        "duty",
    }
    assert (filing.kind, filing.decision_paper) == ("declared", "示府令〔2030〕1号")
    assert filing.due_at == now + 5 * DAY
    due = dict(
        Timer.objects.filter(subject_kind="command.special_period").values_list(
            "kind", "due_at"
        )
    )
    assert due == {
        "command.period_over": now + 7 * DAY,
        "command.period_ends_soon": now + 6 * DAY,
    }


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "martial_law"}, "kind"),
        ({"declared_by": " "}, "declared_by"),
        ({"paper": ""}, "paper"),
        ({"words": ""}, "words"),
        ({"ends_at": None}, "ends_at"),
        ({"townships": ["别处镇"]}, "townships"),
        ({"points": CORNERS[:2]}, "points"),
    ],
)
def test_one_that_lacks_what_its_law_wants_is_refused_and_the_field_named(
    county, now, changed, field
):
    with pytest.raises(Invalid) as refused:
        declared(county.office, **changed)

    assert list(refused.value.fields) == [field]
    assert SpecialPeriod.objects.count() == 0


def test_one_that_ends_before_it_starts_or_is_over_is_refused(county, now):
    for more in (
        {"starts_at": now + 8 * DAY},
        {"starts_at": now - 3 * DAY, "ends_at": now - DAY},
    ):
        with pytest.raises(Invalid):
            declared(county.office, **more)


def test_a_quake_foretold_lasts_ten_days_and_may_be_extended_by_ten_once(county, now):
    with pytest.raises(Invalid):
        declared(county.office, kind="pre_quake", ends_at=now + 11 * DAY)
    period = declared(county.office, kind="pre_quake", ends_at=now + 10 * DAY)

    with pytest.raises(Invalid):
        extended(county.office, period, ends_at=now + 21 * DAY)
    extended(county.office, period, ends_at=now + 20 * DAY)
    with pytest.raises(Invalid):
        extended(county.office, period, ends_at=now + 25 * DAY)


def test_an_emergency_flood_period_may_stand_until_it_is_lifted(county, now):
    period = declared(county.chief, kind="emergency_flood", ends_at=None)

    assert period.ends_at is None
    assert not Timer.objects.filter(subject_id=str(period.pk)).exists()


def test_extending_moves_its_clocks_and_owes_a_filing_of_its_own(county, now):
    period = extended(county.office, declared(county.office))

    [said] = told("command.special_period_extended")
    assert (period.ends_at, period.extensions) == (now + 8 * DAY, 1)
    assert said["reason"] == "持续晴热"
    assert [one.kind for one in CongressFiling.objects.order_by("id")] == [
        "declared",
        "extended",
    ]
    assert Timer.objects.get(kind="command.period_over").due_at == now + 8 * DAY


def test_extending_refuses_an_end_that_is_not_later_and_what_is_over(county, now):
    period = declared(county.office)
    with pytest.raises(Invalid):
        extended(county.office, period, ends_at=period.ends_at)
    for missing in ("paper", "reason"):
        with pytest.raises(Invalid):
            extended(county.office, period, **{missing: " "})
    lifted(county.office, period)

    with pytest.raises(IllegalMove):
        extended(county.office, period)


def test_lifting_ends_it_by_a_decision_and_silences_its_clocks(county, now):
    period = lifted(county.chief, declared(county.office))

    [said] = told("command.special_period_lifted")
    assert (period.state, period.lifted_reason) == ("lifted", "普降中雨")
    assert said["paper"] == "示府〔2030〕3号"
    assert CongressFiling.objects.filter(kind="lifted").count() == 1
    assert not Timer.objects.filter(subject_kind="command.special_period").exists()
    with pytest.raises(IllegalMove):
        lifted(county.chief, period)


@pytest.mark.parametrize("missing", ["lifted_by", "paper", "reason"])
def test_lifting_wants_authority_paper_and_reason(county, now, missing):
    with pytest.raises(Invalid) as refused:
        lifted(county.office, declared(county.office), **{missing: ""})

    assert list(refused.value.fields) == [missing]


def test_it_lapses_when_its_end_has_come_and_not_before(county, now, at):
    period = declared(county.office)
    lapsed(period)
    period.refresh_from_db()
    before = period.state
    at("2030-03-08T08:00")

    lapsed(period)
    lapsed(period)

    period.refresh_from_db()
    assert (before, period.state, period.ended_at) == ("in_force", "lapsed", period.ends_at)
    assert len(told("command.special_period_lapsed")) == 1


def test_who_may_not_neither_declares_nor_extends_nor_lifts(county, now):
    period = declared(county.office)

    for act in (declared, lambda who: extended(who, period), lambda who: lifted(who, period)):
        for who in (county.officer, county.water):
            with pytest.raises(Forbidden):
                act(who)
    with pytest.raises(Forbidden):
        lapse_special_period(county.office, period=period)


def test_of_two_who_decide_about_it_at_once_the_second_is_told(county, now):
    period = declared(county.office)
    other = SpecialPeriod.objects.get(pk=period.pk)
    extended(county.office, period)

    with pytest.raises(Stale):
        lifted(county.chief, other)
    with pytest.raises(Stale):
        extended(county.chief, other)


def test_the_same_key_twice_is_once(county, now):
    periods = [declared(county.office, idempotency_key="d") for _time in range(2)]
    for _time in range(2):
        extended(
            county.office,
            periods[0],
            ends_at=now + 9 * DAY,
            expected_version=1,
            idempotency_key="e",
        )
    for _time in range(2):
        lifted(county.office, periods[0], expected_version=2, idempotency_key="l")

    assert periods[0] == periods[1]
    assert CongressFiling.objects.count() == 3


def test_a_drill_does_not_reach_what_is_real(county, now, flood):
    drill, period = replace(county.office, realm="drill-1"), declared(county.office)

    for act in (
        lambda: declared(drill, incident=flood),
        lambda: extended(drill, period),
        lambda: lifted(drill, period),
    ):
        with pytest.raises(Missing):
            act()
    with pytest.raises(Missing):
        lapse_special_period(
            system_actor("timer", "时钟", "drill-1", Permission.LAPSE_SPECIAL_PERIOD),
            period=period,
        )
