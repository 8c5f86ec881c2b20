import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.permissions import Role
from liandong.organization import actions, queries
from liandong.organization.models import Handover
from liandong.organization.queries import actor_for
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.organization.test_actions_handover import begin
from tests.organization.test_actions_phone_record import take

pytestmark = pytest.mark.django_db
URL = "/organization/roster/handover/"


@pytest.fixture
def two():
    """Accounts of 王伟, who goes, and 李敏, who comes."""
    return [make.holder(Role.DUTY_OFFICER, name=name) for name in ("王伟", "李敏")]


def page(client, url=URL):
    response = client.get(url)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def deed(client, handover, what, **data):
    handover.refresh_from_db()
    return client.post(
        f"/organization/handovers/{handover.pk}/{what}/",
        {"expected_version": str(handover.version), **data},
    )


def test_the_page_names_both_sides(two):
    now = make.now()
    people = [one.person for one in two]
    actions.lay_shifts(make.maker(), shifts=actions.by_turns("officer", people, now, days=2))

    text = page(entered(two[0]))

    assert ("王伟" in text, "李敏" in text) == (True, True)


def test_a_shift_is_handed_over_on_the_pages(two, work):
    goes, comes = (entered(one) for one in two)
    take(actor=actor_for(two[0]), what="柳湾桥头积水")

    goes.post(f"{URL}begin/", {"to": str(two[1].person.pk)})
    handover = Handover.objects.get()
    refused = deed(goes, handover, "give", weather="夜间有雨")
    [left] = queries.still_to_hand_on(actor_for(two[0]), handover)
    deed(goes, handover, "items", places=[left.place], note="等抽水车")
    given = deed(goes, handover, "give", weather="夜间有雨")
    work()
    taken = deed(comes, handover, "take")

    assert (refused.status_code, "还有 1 项未办结" in refused.content.decode()) == (409, True)
    assert (given.status_code, taken.status_code) == (303, 303)
    sheet = page(comes, taken.url)
    assert all(one in sheet for one in ("柳湾桥头积水", "等抽水车", "夜间有雨", "流水链头"))
    assert "王伟 → 李敏" in page(comes)


def test_the_page_costs_the_same_with_more_that_is_open(two, django_assert_num_queries):
    officer = actor_for(two[0])
    begin(officer)
    take(actor=officer)
    client = entered(two[0])
    client.get(URL)
    with CaptureQueriesContext(connection) as before:
        client.get(URL)
    take(actor=officer), take(actor=officer)

    with django_assert_num_queries(len(before)):
        client.get(URL)


def test_whoever_may_not_sign_sees_no_forms(two):
    begin(actor_for(two[0]))

    text = page(entered(make.holder(Role.EXPERT)))

    assert ("交班签字</button>" in text, "开始交班" in text) == (False, False)
