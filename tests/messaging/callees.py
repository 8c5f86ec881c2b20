"""People on the call list, and how they are called in a test."""

from itertools import count

from liandong.messaging.actions import start_call_out
from liandong.messaging.models import CallListing, ContactPoint
from liandong.messaging.states import Tier
from tests.messaging.people import person, post
from tests.people import duty_officer

COUNTY, TOWN, VILLAGE = "610725", "610725101", "610725101201"
_numbers = count(13_800_000_000)


def listed(name="甲", *, tier=Tier.VILLAGE, area=VILLAGE, numbers=None, at=None, **more):
    """Somebody on the list, with a mobile number unless others are given."""
    who = person(name, at=at, account=False)
    for rank, number in enumerate([str(next(_numbers))] if numbers is None else numbers, 1):
        ContactPoint.objects.create(person=who, channel="mobile", address=number, rank=rank)
    return CallListing.objects.create(
        person=who, tier=tier, area=area, area_name=more.pop("area_name", "沔阳镇一村"), **more
    )


def seat(title="镇长", *, name="乙", number=None, account=True, superior=None, **more):
    """A post on the list, with its holder."""
    chair = post(title, superior=superior)
    who = person(name, at=chair, account=account)
    ContactPoint.objects.create(
        person=who, channel="mobile", address=number or str(next(_numbers))
    )
    given = {"tier": Tier.TOWN, "area": TOWN, "area_name": "沔阳镇", **more}
    return CallListing.objects.create(post=chair, **given)


def number_of(listing):
    return listing.person.contact_points.order_by("rank").first().address


def call(actor=None, **more):
    """A call-out of an orange rainstorm for the township."""
    given = {
        "subject_kind": "x",
        "subject_id": "1",
        "title": "暴雨橙色预警",
        "text": "县气象台发布暴雨橙色预警，请立即上岗，组织危险区群众转移。",
        "seconds": 20,
        "urgency": 3,
        "hazard": "11B03",
        "areas": [TOWN],
        "audience": ["duty"],
        **more,
    }
    return start_call_out(actor or duty_officer(), **given)
