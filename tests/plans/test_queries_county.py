from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.messaging import actions as messaging
from liandong.messaging.states import Channel
from liandong.organization import actions as organization
from liandong.organization.states import BodyKind, Phase, ShiftRole
from liandong.plans.queries import county
from tests.factories import organization as make
from tests.people import office
from tests.plans import lives

pytestmark = pytest.mark.django_db


def test_a_post_is_read_with_who_sits_there_and_can_be_reached():
    post = make.post("liaison", at=make.body("forestry", name="县林业局"), title="联络员")
    holder = make.person("王伟", at=post)
    make.person("李敏", at=post, is_deputy=True)
    make.account(holder)
    messaging.add_contact_point(
        office(), owner=holder, channel=Channel.MOBILE, address="13800000001"
    )

    chair = county().chairs[post.key]

    assert chair.label == "县林业局联络员"
    told = [(s.name, s.is_deputy, s.has_phone, s.has_account) for s in chair.seated]
    assert told == [("王伟", False, True, True), ("李敏", True, False, False)]


def test_a_post_nobody_holds_is_empty():
    post = make.post("liaison", at=make.body("forestry"))

    assert county().chairs[post.key].seated == ()


def test_a_body_receives_at_its_liaison_or_else_at_its_office():
    water = make.body("water", name="县水利局")
    make.post("head", at=water, rank=0)
    liaison = make.post("liaison", at=water, rank=1, is_liaison=True)
    hq = make.body("flood-hq", name="防指", kind=BodyKind.SPECIAL_HEADQUARTERS)
    office_body = make.body(
        "flood-office", name="防办", kind=BodyKind.HEADQUARTERS_OFFICE, parent=hq
    )
    make.post("commander", at=hq)
    director = make.post("director", at=office_body)

    here = county()

    assert (here.units["water"].receives, here.units["flood-hq"].receives) == (
        liaison.key,
        director.key,
    )


def test_a_superior_is_elsewhere_and_duties_in_the_response_count():
    make.body("city-emergency", name="市应急局", kind=BodyKind.SUPERIOR)
    forestry = make.body("forestry", name="县林业局")
    for hazard, phase in (("11G", Phase.RESPONSE), ("11A", Phase.PREVENTION)):
        organization.set_duty(
            make.maker(),
            body=forestry,
            hazard=hazard,
            phase=phase,
            text="扑救",
            expected_version=0,
        )

    units = county().units

    assert (units["city-emergency"].is_elsewhere, units["forestry"].is_elsewhere) == (
        True,
        False,
    )
    assert units["forestry"].hazards == {"11G"}


def test_turns_that_nobody_takes_until_the_morning_are_named():
    person, now = make.person("王伟"), make.now()
    shift = organization.ShiftSpec(
        role=ShiftRole.OFFICER, person=person, from_at=now, until_at=now + timedelta(hours=36)
    )
    organization.lay_shifts(make.maker(), shifts=[shift])

    assert county().unwatched == ("带班领导",)


def test_a_larger_county_takes_as_many_queries():
    def grow():
        post = make.post(at=make.body())
        make.account(make.person("王伟", at=post))

    grow()
    with CaptureQueriesContext(connection) as small:
        county()
    for _ in range(3):
        grow()
    with CaptureQueriesContext(connection) as larger:
        county()

    assert len(larger) == len(small)


def test_what_is_overdue_for_a_plan_is_read_with_its_day(at):
    at("2026-09-28T10:00")
    lives.filed(lives.issued())
    assert county().overdue == {}

    at("2026-11-02T10:00")

    assert county().overdue == {"forest-fire": {"publication": date(2026, 10, 30)}}
