import pytest
from django.urls import reverse

from liandong.command.actions import assign_resource
from liandong.command.models import Assignment
from liandong.organization.models import Person
from tests.command import county as places

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"command:{name}", args=args)


@pytest.fixture
def engineer(county):
    return Person.objects.get(name="李明")


def test_somebody_is_given_to_an_order_and_taken_back(enter, county, order, engineer):
    client = enter("office")

    given = client.post(url("assign_to_order", order.pk), {"person": str(engineer.pk)})
    page = client.get(url("order", order.pk)).content.decode()
    row = Assignment.objects.get()
    back = client.post(
        url("release_resource", row.pk), {"reason": "已归队", "expected_version": 1}
    )

    assert (given.status_code, back.status_code) == (303, 303)
    assert "李明" in page
    assert Assignment.objects.get().state == "released"


def test_who_is_out_already_is_refused_by_name(enter, county, flood, order, engineer):
    assign_resource(county.office, incident=flood, person=engineer, order=order)

    answer = enter("office").post(url("assign", flood.pk), {"person": str(engineer.pk)})

    assert answer.status_code == 422
    assert "“李明”已经派给县水利局 · 1号令，到任务结束。" in answer.content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_who_is_where_is_asked_in_as_few_queries_for_three_as_for_one(
    many, enter, county, flood, order, django_assert_max_num_queries
):
    for person in Person.objects.order_by("id")[:many]:
        assign_resource(county.office, incident=flood, person=person, order=order)
    client = enter("officer")
    text = client.get(url("assignments")).content.decode()

    with django_assert_max_num_queries(10):
        client.get(url("assignments"))

    assert "清溪河洪水" in text


def test_a_unit_sees_what_came_with_its_own_order_only(enter, county, flood, order, engineer):
    assign_resource(county.office, incident=flood, person=engineer, order=order)
    chief = Person.objects.get(name="郑平")
    assign_resource(county.office, incident=flood, person=chief)

    text = enter("water").get(url("assignments")).content.decode()

    assert "李明" in text
    assert "郑平" not in text


def test_a_unit_gives_nothing_out(enter, flood, order):
    assert enter("water").get(url("assign", flood.pk)).status_code == 403
    assert enter("water").get(url("assign_to_order", order.pk)).status_code == 403
    assert places.STAFF["water"]
