import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.permissions import Role
from liandong.organization import queries
from liandong.organization.models import RollCall
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.organization.test_actions_roll_call import begin, township

pytestmark = pytest.mark.django_db
URL = "/organization/roll-calls/"


@pytest.fixture
def officer():
    return entered(make.holder(Role.DUTY_OFFICER, name="王伟"))


def page(client, url=URL):
    response = client.get(url)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_a_roll_call_is_made_and_answered_on_the_pages(officer):
    near, far = township("河口镇"), township("青山乡")

    made = officer.post(f"{URL}new/", {"name": "", "bodies": [str(near.pk), str(far.pk)]})
    first, second = queries.lines_of(RollCall.objects.get())
    officer.post(f"{URL}lines/{first.pk}/", {"answer": "present", "expected_version": "1"})
    officer.post(f"{URL}lines/{second.pk}/", {"answer": "no_answer", "expected_version": "1"})

    text = page(officer, made.url)
    assert ("镇值班员" in text, "无人接听" in text) == (True, True)
    assert "在岗 1 / 2" in page(officer)
    assert "点名未到：青山乡" in page(officer, "/")


def test_absence_without_a_word_is_said_at_the_field(officer):
    [line] = queries.lines_of(begin(township()))

    refused = officer.post(
        f"{URL}lines/{line.pk}/", {"answer": "absent", "expected_version": "1"}
    )

    assert (refused.status_code, "请写明情况" in refused.content.decode()) == (422, True)


def test_the_list_to_call_by_costs_the_same_with_more_lines(officer, django_assert_num_queries):
    few = begin(township("甲镇"))
    many = begin(*(township(f"{name}乡") for name in "乙丙丁戊"))
    officer.get(f"{URL}{few.pk}/")
    with CaptureQueriesContext(connection) as before:
        officer.get(f"{URL}{few.pk}/")

    with django_assert_num_queries(len(before)):
        officer.get(f"{URL}{many.pk}/")


def test_townships_are_chosen_at_first(officer):
    township("河口镇")
    make.body(name="县水利局")

    text = page(officer, f"{URL}new/")

    assert text.count("checked") == 1
