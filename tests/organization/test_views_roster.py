from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.permissions import Role
from liandong.organization import actions
from liandong.organization.models import Shift
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db
URL = "/organization/roster/"


@pytest.fixture
def office():
    return entered(make.holder(Role.HEADQUARTERS_OFFICE, name="周远"))


def lay(*people, role="officer", days=3):
    since = clock.now(ACTUAL) - timedelta(hours=1)
    return actions.lay_shifts(
        make.maker(), shifts=actions.by_turns(role, people, since, days=days)
    )


def page(client, url=URL):
    response = client.get(url)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_the_month_shows_who_is_on_duty(office):
    lay(make.person("王伟"), role="leader")
    lay(make.person("李敏"))

    text = page(office)

    assert ("本班：带班领导 王伟、值班员 李敏" in text, "今天" in text) == (True, True)


def test_the_month_costs_the_same_with_more_shifts(office, django_assert_num_queries):
    lay(make.person("王伟"))
    office.get(URL)
    with CaptureQueriesContext(connection) as before:
        office.get(URL)
    lay(make.person("李敏"), make.person("赵磊"))

    with django_assert_num_queries(len(before)):
        office.get(URL)


@pytest.mark.parametrize("raw", ["x", "2026-13", "0001-01", "9999-12"])
def test_a_month_that_is_none_is_said_to_be_so(office, raw):
    assert office.get(f"{URL}?month={raw}").status_code == 422


def test_the_office_lays_shifts_by_turns(office):
    wang, li = make.person("王伟", at=make.post()), make.person("李敏", at=make.post())
    sent = {
        "role": "leader",
        "since": "2026-07-01",
        "days": "4",
        "at": "08:30",
        "hours": "24",
        "start": "2",
        "people": [str(wang.pk), str(li.pk)],
    }

    done = office.post(f"{URL}lay/", sent)

    laid = [
        (f"{localtime(s.from_at):%m-%d %H:%M}", s.person.name)
        for s in Shift.objects.order_by("from_at")
    ]
    assert (done.status_code, done.url) == (303, f"{URL}?month=2026-07")
    assert [at for at, _name in laid] == [
        "07-01 08:30",
        "07-02 08:30",
        "07-03 08:30",
        "07-04 08:30",
    ]
    assert laid[0][1] == laid[2][1] != laid[1][1]


def test_one_shift_is_laid_by_hand_swapped_and_withdrawn(office):
    wang, li = make.person("王伟"), make.person("李敏")
    now = localtime(clock.now(ACTUAL)).replace(microsecond=0, tzinfo=None)
    times = {"from_at": now.isoformat(), "until_at": (now + timedelta(hours=8)).isoformat()}

    office.post(f"{URL}lay-one/", {"role": "officer", "person": str(wang.pk), **times})
    shift = Shift.objects.get()
    office.post(
        f"/organization/shifts/{shift.pk}/swap/",
        {"person": str(li.pk), "reason": "出差", "expected_version": "1"},
    )
    office.post(
        f"/organization/shifts/{shift.pk}/withdraw/",
        {"reason": "取消", "expected_version": "2"},
    )

    shift.refresh_from_db()
    assert (shift.person.name, shift.withdrawn_at is None) == ("李敏", False)


def test_the_desk_says_who_leads_and_who_is_missing(office):
    lay(make.person("王伟"), role="leader")

    text = page(office, "/")

    assert ("王伟" in text, "值班表里现在没有值班员" in text) == (True, True)


def test_who_may_not_lay_is_refused():
    liaison = entered(make.holder(Role.UNIT_LIAISON))

    assert [liaison.get(f"{URL}{one}/").status_code for one in ("lay", "lay-one", "sheet")] == [
        403
    ] * 3
    assert "按轮次排班" not in page(liaison)
