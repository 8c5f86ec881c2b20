from decimal import Decimal

import pytest

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.monitoring.actions import (
    Observation,
    file_statistics,
    record_readings,
    set_threshold,
    sign_filings,
)
from liandong.monitoring.models import Crossing, Filing, FilingReceipt, Reading, Series, Warning
from liandong.monitoring.queries import filing_for, unsigned_filings
from liandong.monitoring.states import SourceStatus, ThresholdKind, WarningState
from tests.factories import organization as make
from tests.monitoring.filed import (
    GOOD,
    NEXT_WEEK,
    WEEK,
    asked,
    asked_again,
    clerk_of,
    filed,
    filing_of,
    liaison_of,
)
from tests.monitoring.people import gauge, keeper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


@pytest.fixture
def form(office, cdc):
    return asked(office, [cdc])


def test_what_is_filed_is_kept_told_and_a_series(form, cdc):
    row = filed(form, cdc)

    assert (row.state, row.edition, row.is_late) == ("filed", 1, False)
    assert row.values == {"flu": "12", "beds": "30", "ready": True}
    assert row.editions.get().values == row.values
    entry = Entry.objects.get(name="monitoring.statistics_filed")
    assert entry.audience == row.audience
    flu = Series.objects.get(quantity="flu")
    assert (flu.label, flu.unit, str(flu.station)) == ("流感样病例", "例", "县疾控中心疾控周报")
    assert [one.value for one in Reading.objects.filter(series=flu)] == [Decimal(12)]


def test_nothing_to_report_is_one_word_once_what_there_is_is_known(form, cdc, at):
    with pytest.raises(Invalid) as problem:
        filed(form, cdc, {}, is_nil=True)
    assert list(problem.value.fields) == ["beds"]
    filed(form, cdc)
    at("2026-07-20T08:00")
    asked_again(form)

    row = filed(form, cdc, {}, from_on=NEXT_WEEK, is_nil=True)

    assert row.values == {"flu": "0", "beds": "30", "ready": False}


def test_late_wants_a_reason_and_stays_late(form, cdc, at):
    at("2026-07-13T10:01")
    with pytest.raises(Invalid) as problem:
        filed(form, cdc)
    assert list(problem.value.fields) == ["reason"]

    row = filed(form, cdc, reason="停电")

    assert row.is_late
    assert row.editions.get().reason == "停电"


def test_a_correction_is_another_edition_with_a_reason(form, cdc):
    filed(form, cdc)
    with pytest.raises(Invalid):
        filed(form, cdc, GOOD | {"flu": "13"})
    with pytest.raises(Invalid, match="完全一样"):
        filed(form, cdc, reason="手误")

    row = filed(form, cdc, GOOD | {"flu": "13"}, reason="漏一例")

    assert row.values["flu"] == "13"
    flu = Series.objects.get(quantity="flu")
    assert [one.value for one in Reading.objects.filter(series=flu)] == [Decimal(13)]
    assert [(one.number, one.values["flu"]) for one in row.editions.all()] == [
        (2, "13"),
        (1, "12"),
    ]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"flu": "很多"}, "flu"),
        ({"flu": "9999"}, "flu"),
        ({"beds": ""}, "beds"),
        ({"other": "1"}, "other"),
    ],
)
def test_what_does_not_fit_is_refused_by_item(form, cdc, said, field):
    with pytest.raises(Invalid) as problem:
        filed(form, cdc, GOOD | said)

    assert list(problem.value.fields) == [field]
    assert not Reading.objects.exists()


def test_a_leap_is_looked_at_twice(form, cdc, at):
    filed(form, cdc)
    at("2026-07-20T08:00")
    asked_again(form)
    leap = GOOD | {"flu": "120"}
    with pytest.raises(Invalid) as problem:
        filed(form, cdc, leap, from_on=NEXT_WEEK)
    assert set(problem.value.fields) == {"flu", "is_checked"}

    assert filed(form, cdc, leap, from_on=NEXT_WEEK, is_checked=True).values["flu"] == "120"


def test_nobody_files_for_another_but_the_office_takes_it_down(form, cdc, office):
    other = make.body("water", name="县水利局")
    with pytest.raises(Forbidden):
        filed(form, cdc, by=liaison_of(other))

    row = filed(form, cdc, by=clerk_of(office))

    assert row.filed_by.endswith("（代报）")


def test_not_before_the_last_day_nor_in_a_drill(form, cdc, at):
    at("2026-07-11T08:00")
    with pytest.raises(IllegalMove):
        filed(form, cdc)
    at("2026-07-13T08:00")
    with pytest.raises(Forbidden, match="演练"):
        filed(form, cdc, by=liaison_of(cdc, realm="drill:1"))

    assert not Reading.objects.exists()


def test_of_two_who_file_one_is_told_and_the_same_key_is_once(form, cdc):
    seen = filing_of(form, cdc)
    again = {"filing": seen, "values": GOOD, "expected_version": 1, "idempotency_key": "k"}
    one = file_statistics(liaison_of(cdc), **again)

    with pytest.raises((Stale, Invalid)):
        file_statistics(
            liaison_of(cdc), filing=filing_of(form, cdc), values=GOOD, expected_version=1,
            reason="再报",
        )  # fmt: skip
    assert file_statistics(liaison_of(cdc), **again | {"filing": seen}) == one
    assert Filing.objects.get().edition == 1


def test_a_stranger_does_not_see_it(form, cdc):
    row = filed(form, cdc)

    with pytest.raises(Missing):
        filing_for(liaison_of(make.body("water", name="县水利局")), row.pk)


def test_a_receiver_signs_and_signs_again_for_a_correction(form, cdc, office):
    filed(form, cdc)
    clerk = clerk_of(office)

    sign_filings(clerk, form=form, from_on=WEEK, body=office)
    assert not unsigned_filings(form, WEEK, office).exists()
    with pytest.raises(IllegalMove):
        sign_filings(clerk, form=form, from_on=WEEK, body=office)
    filed(form, cdc, GOOD | {"flu": "13"}, reason="漏一例")
    assert unsigned_filings(form, WEEK, office).count() == 1
    sign_filings(clerk, form=form, from_on=WEEK, body=office)

    assert FilingReceipt.objects.get().edition == 2
    assert Entry.objects.filter(name="monitoring.filings_signed").count() == 2


def test_only_receivers_sign_and_only_for_themselves(form, cdc, office):
    filed(form, cdc)

    with pytest.raises(Forbidden):
        sign_filings(liaison_of(cdc), form=form, from_on=WEEK, body=cdc)
    with pytest.raises(Forbidden):
        sign_filings(liaison_of(cdc), form=form, from_on=WEEK, body=office)
    with pytest.raises(Forbidden):
        sign_filings(clerk_of(office, realm="drill:1"), form=form, from_on=WEEK, body=office)


def test_nobody_writes_a_units_figures_past_its_filing(form, cdc):
    filed(form, cdc)
    flu = Series.objects.select_related("station").get(quantity="flu")

    batch = record_readings(
        gauge(),
        readings=[Observation(flu.station.code, "flu", clock.now(ACTUAL), Decimal(99))],
        source="遥测",
    )

    assert (batch.count, batch.rejected) == (0, 1)
    assert [one.value for one in Reading.objects.filter(series=flu)] == [Decimal(12)]


def test_a_filed_figure_over_its_bound_becomes_a_proposal(form, cdc, at, work):
    filed(form, cdc)
    flu = Series.objects.get(quantity="flu")
    set_threshold(
        keeper(),
        series=flu,
        kind=ThresholdKind.OWN,
        hazard="13A",
        name="传染病疫情",
        level="黄",
        bound=Decimal(30),
        status=SourceStatus.ASSUMED,
        issuer=cdc,
        areas=["全县"],
    )
    at("2026-07-20T08:00")
    asked_again(form)

    filed(form, cdc, GOOD | {"flu": "36"}, from_on=NEXT_WEEK)
    work()

    assert Crossing.objects.get().value == Decimal(36)
    draft = Warning.objects.get()
    assert (draft.state, draft.issuing_body) == (WarningState.DRAFT, cdc)
    assert (draft.category, draft.level) == ("传染病疫情", "黄")
    assert "流感样病例 36 例" in draft.reason
