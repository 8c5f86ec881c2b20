from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.permissions import Role
from liandong.organization import queries
from liandong.organization.models import Leave
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.organization.test_actions_leave import away

pytestmark = pytest.mark.django_db
URL = "/organization/leaves/"


@pytest.fixture
def office():
    return entered(make.holder(Role.HEADQUARTERS_OFFICE, name="周远"))


def page(client, url=URL):
    response = client.get(url)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def filled(person, **more):
    now = localtime(clock.now(ACTUAL)).replace(microsecond=0, tzinfo=None)
    until = now + timedelta(days=2)
    times = {"from_at": now.isoformat(), "until_at": until.isoformat()}
    return {"person": str(person.pk), **times, **more}


def test_the_office_enters_a_leave_and_ends_it(office):
    wang, li = make.person("王平", at=make.post()), make.person("李梅")

    done = office.post(f"{URL}new/", filled(wang, stand_in=str(li.pk), reason="探亲"))
    text = page(office)
    leave = Leave.objects.get()
    office.post(f"{URL}{leave.pk}/end/", {"expected_version": "1"})

    assert (done.status_code, "王平" in text, "李梅" in text) == (303, True, True)
    leave.refresh_from_db()
    assert leave.ended_at is not None


def test_what_is_wrong_stands_at_its_field(office):
    wang = make.person("王平")

    refused = office.post(f"{URL}new/", filled(wang, stand_in=str(wang.pk)))

    assert refused.status_code == 422
    assert "代办人不能是请假人自己" in refused.content.decode()


def test_a_gap_stands_on_the_page_and_on_the_desk(office):
    away(make.person("王平", at=make.post(title="联络员")))

    assert "无人代行" in page(office)
    assert "联络员无人代行" in page(office, "/")


def test_the_desk_of_others_shows_no_gaps_they_cannot_fill():
    away(make.person("王平", at=make.post(title="联络员")))

    assert "联络员无人代行" not in page(entered(make.holder(Role.EXPERT)), "/")


def test_the_page_costs_the_same_with_more_leaves(office, django_assert_num_queries):
    away(make.person("王平", at=make.post()))
    office.get(URL)
    with CaptureQueriesContext(connection) as before:
        office.get(URL)
    for name in ("李梅", "赵磊"):
        away(make.person(name, at=make.post()))

    with django_assert_num_queries(len(before)):
        office.get(URL)


def test_everybody_sees_their_own_form(office):
    expert = make.holder(Role.EXPERT, name="王平")

    assert page(entered(expert), f"{URL}new/").count("王平") > 0
    assert queries.leaves_of(expert.person) == []
