"""A night with one duty officer: forty calls, six of them of something told already, none lost."""

from collections import Counter

import pytest
from django.urls import reverse

from liandong.command import actions
from liandong.command.models import Call, Incident, Signal
from liandong.command.permissions import Permission
from liandong.command.queries import desk_items, ring_of
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.journal.models import Entry
from liandong.kernel.worker import work_until_quiet
from tests.command import county as places
from tests.organization.browser import entered

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]
CALLS, DOUBLED = 40, 6


@pytest.fixture
def county(db):
    return places.found()


@pytest.fixture
def desk(county):
    """The browser of the one officer who is there."""
    return entered(county.accounts["officer"])


def place(number):
    """Villages whose names share no two characters with one another."""
    return "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥东西南北上下左右前后天地"[number] + "村"


def rings(county, number, words):
    """A call comes in from outside, by the exchange's device."""
    return actions.raise_signal(
        system_actor("device", "总机", ACTUAL, *Permission),
        channel="phone",
        caller=f"村民{number}",
        number=f"1380000{number:04d}",
        words=words,
        idempotency_key=f"call-{number}",
    )


def told(number, at, **more):
    return {
        "channel": "phone",
        "caller": f"村民{number}",
        "number": f"1380000{number:04d}",
        "hazard": "11A",
        "place": place(at),
        "what": f"{place(at)}进水",
    } | more


def test_forty_calls_six_of_them_doubled_are_all_answered_and_none_is_lost(county, desk):
    # The first thirty-four are of as many places, the last six of places told of before.
    about = [*range(CALLS - DOUBLED), *range(DOUBLED)]
    asked, joined = 0, []
    for number, at in enumerate(about):
        signal = rings(county, number, f"{place(at)}进水")
        assert ring_of(county.officer).signal == signal
        desk.post(reverse("command:take", args=[signal.pk]))
        said = told(number, at)
        alike = desk.get(reverse("command:alike"), said).content.decode()
        before = Incident.objects.filter(place=place(at)).first()
        if before is not None:
            # It only asks; the officer sees that it is the same and adds the call to it.
            assert str(before.pk) in alike, place(at)
            asked += 1
            joined.append(before.pk)
            said["incident"] = str(before.pk)
        else:
            assert "可能是同一事件" not in alike
        answer = desk.post(
            f"{reverse('command:new_call')}?signal={signal.pk}",
            said | {"signal": str(signal.pk), "idempotency_key": f"k{number}"},
        )
        assert answer.status_code in {200, 204, 302, 303}, answer.content.decode()[:2000]
    work_until_quiet(epoch=1)

    assert (asked, Call.objects.count()) == (DOUBLED, CALLS)
    assert Counter(Signal.objects.values_list("state", flat=True)) == {"registered": CALLS}
    assert Incident.objects.count() == CALLS - DOUBLED
    doubled = Counter(Call.objects.values_list("incident", flat=True))
    assert {pk for pk, count in doubled.items() if count == 2} == set(joined)
    # Each call stands in the journal as raised, taken and registered, by whom and when.
    for name in ("signal_raised", "signal_taken", "call_registered", "signal_registered"):
        assert Entry.objects.filter(name=f"command.{name}").count() == CALLS, name
    taken = Entry.objects.filter(name="command.signal_taken")
    assert {one.actor["label"] for one in taken} == {county.officer.label}
    assert not [
        one for one in desk_items(county.officer, clock.now(ACTUAL)) if one.page == "signal"
    ]


def test_the_same_call_sent_again_by_the_exchange_rings_once(county):
    first = rings(county, 1, "进水")
    again = rings(county, 1, "进水")

    assert (first, Signal.objects.count()) == (again, 1)
