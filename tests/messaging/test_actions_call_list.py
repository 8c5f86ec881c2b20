import pytest

from liandong.kernel.divisions import Division
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid, Stale
from liandong.messaging.actions import (
    CallRow,
    plan_call_list,
    retire_call_listing,
    take_call_list,
)
from liandong.messaging.models import CallListing
from tests.messaging.callees import VILLAGE, listed
from tests.messaging.people import person
from tests.people import office, visitor

pytestmark = pytest.mark.django_db
PLACE = Division(county="勉县", city="汉中市", province="陕西省")


def row(name="王伟", number=2, **more):
    given = {
        "row": number,
        "tier": 3,
        "area": VILLAGE,
        "area_name": "沔阳镇一村",
        "unit": "",
        "post": "",
        "name": name,
        "mobile": "",
        "hazards": (),
        "from_urgency": 3,
        "deputy": "",
        "superior": "",
    }
    return CallRow(**{**given, **more})


def take(*rows, who=None, **more):
    seen = plan_call_list(PLACE, rows).draft.fingerprint
    given = {
        "place": PLACE,
        "rows": list(rows),
        "seen": seen,
        "name": "a.xlsx",
        "digest": "d" * 64,
    }
    return take_call_list(who or office(), **{**given, **more})


def test_a_list_is_taken_in_and_nobody_is_taken_off(db):
    listed("在册")
    person("王伟")
    person("李敏")

    take(row(deputy="李敏"))

    assert sorted(one.person.name for one in CallListing.objects.all()) == ["在册", "王伟"]
    assert CallListing.objects.get(person__name="王伟").deputy.name == "李敏"
    assert Entry.objects.filter(name="messaging.call_listing_entered").count() == 1


def test_what_is_wrong_or_was_not_seen_is_refused_whole(db):
    person("王伟")
    with pytest.raises(Invalid):
        take(row(), row("没有的人", 3))
    with pytest.raises(Invalid):
        take(row(), row(number=3))
    with pytest.raises(Stale):
        take(row(), seen="other")
    with pytest.raises(Forbidden):
        take(row(), who=visitor())
    with pytest.raises(Forbidden):
        take(row(), who=office(realm="drill-1"))
    assert not CallListing.objects.exists()


def test_the_same_key_takes_once(db):
    person("王伟")

    first = take(row(), idempotency_key="k")
    seen = plan_call_list(PLACE, [row()]).draft.fingerprint

    assert first.new == 1
    assert seen


def test_somebody_is_taken_off_once(db):
    one = listed("甲")

    with pytest.raises(Stale):
        retire_call_listing(office(), listing=one, expected_version=7)
    with pytest.raises(Forbidden):
        retire_call_listing(office(realm="drill-1"), listing=one, expected_version=1)
    retire_call_listing(office(), listing=one, expected_version=1)
    with pytest.raises(Invalid):
        retire_call_listing(office(), listing=one, expected_version=2)

    assert Entry.objects.filter(name="messaging.call_listing_retired").count() == 1
