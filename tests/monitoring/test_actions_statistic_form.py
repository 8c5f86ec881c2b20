import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.kernel.timers import Timer
from liandong.monitoring.actions import set_statistic_form, withdraw_statistic_form
from liandong.monitoring.models import StatisticForm
from liandong.monitoring.queries import visible_filings
from tests.factories import organization as make
from tests.monitoring.filed import asked, clerk_of, filed, laid_down, liaison_of, spec

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at):
    return at("2026-07-13T08:00")


def test_a_form_is_laid_down_and_its_clock_set(office, cdc):
    form = laid_down(office, [cdc])

    assert [item.key for item in form.asked] == ["flu", "beds", "ready", "said"]
    assert list(form.filers.all()) == [cdc]
    assert Timer.objects.get(kind="monitoring.filings_due").subject_id == str(form.pk)
    entry = Entry.objects.get(name="monitoring.statistic_form_set")
    assert entry.audience == ["county"]


def test_it_is_changed_by_whoever_saw_it_last(office, cdc):
    form = laid_down(office, [cdc])
    clerk = clerk_of(office)

    changed = set_statistic_form(
        clerk,
        key=form.key,
        spec=spec(office, [cdc], name="疾控周报（新）"),
        expected_version=form.version,
    )

    assert StatisticForm.objects.get().name == changed.name == "疾控周报（新）"
    with pytest.raises(Stale):
        set_statistic_form(
            clerk, key=form.key, spec=spec(office, [cdc]), expected_version=form.version
        )


def test_whoever_receives_it_now_sees_what_was_filed_before(office, cdc):
    flood = make.body("flood", name="防指")
    form = asked(office, [cdc])
    filed(form, cdc)
    assert not visible_filings(liaison_of(flood)).exists()

    set_statistic_form(
        clerk_of(office),
        key=form.key,
        spec=spec(office, [cdc], receivers=[flood]),
        expected_version=form.version,
    )

    assert visible_filings(liaison_of(flood)).count() == 1
    assert visible_filings(liaison_of(cdc)).count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"items": []}, "items"),
        ({"period": "hourly"}, "period"),
        ({"filers": []}, "filers"),
        ({"due_days": 40}, "due_days"),
        ({"leader_hours": 30}, "office_hours"),
    ],
)
def test_what_cannot_be_is_named(office, cdc, more, field):
    with pytest.raises(Invalid) as problem:
        laid_down(office, [cdc], **more)

    assert list(problem.value.fields) == [field]


def test_a_key_is_taken_once(office, cdc):
    laid_down(office, [cdc])

    with pytest.raises(Invalid) as problem:
        laid_down(office, [cdc])

    assert list(problem.value.fields) == ["key"]


def test_only_its_office_and_never_in_a_drill(office, cdc):
    with pytest.raises(Forbidden):
        set_statistic_form(liaison_of(cdc), key="x-form", spec=spec(office, [cdc]))
    with pytest.raises(Forbidden):
        set_statistic_form(clerk_of(cdc), key="x-form", spec=spec(office, [cdc]))
    with pytest.raises(Forbidden, match="演练"):
        set_statistic_form(
            clerk_of(office, realm="drill:1"), key="x-form", spec=spec(office, [cdc])
        )


def test_the_same_key_twice_is_once(office, cdc):
    laid = spec(office, [cdc])
    clerk = clerk_of(office)
    one = set_statistic_form(clerk, key="x-form", spec=laid, idempotency_key="k")

    assert set_statistic_form(clerk, key="x-form", spec=laid, idempotency_key="k") == one


def test_a_form_is_withdrawn_with_a_reason_and_rings_no_more(office, cdc):
    form = asked(office, [cdc])
    clerk, more = clerk_of(office), {"expected_version": form.version}
    with pytest.raises(Invalid):
        withdraw_statistic_form(clerk, form=form, reason=" ", **more)

    withdraw_statistic_form(clerk, form=form, reason="并入日报", **more)

    assert not StatisticForm.objects.get().in_force
    assert not Timer.objects.filter(kind="monitoring.filings_due").exists()
    with pytest.raises(IllegalMove):
        withdraw_statistic_form(clerk, form=form, reason="又", expected_version=form.version)
