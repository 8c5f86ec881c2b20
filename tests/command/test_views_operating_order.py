from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from liandong.command.models import OperatingOrder
from liandong.kernel import clock

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"command:{name}", args=args)


def test_a_reservoir_is_ordered_and_those_below_are_confirmed(enter, county, flood):
    client = enter("office")
    at = timezone.localtime(clock.now("actual") + timedelta(hours=1))

    given = client.post(
        url("operate", flood.pk),
        {
            "to_post": str(county.posts["water"].pk),
            "reservoir": "青山水库",
            "gates": "2 号闸开 0.5 m",
            "outflow_m3s": "120",
            "starts_at": f"{at:%Y-%m-%dT%H:%M:%S}",
            "downstream": [str(county.posts["riverside"].pk)],
        },
    )
    made = OperatingOrder.objects.get()
    page = client.get(url("order", made.order_id)).content.decode()
    early = client.post(url("confirm_downstream", made.pk), {"expected_version": 1})
    done = client.post(
        url("confirm_downstream", made.pk),
        {"expected_version": 1, "reached_otherwise": "14:05 电话 王强接"},
    )

    assert (given.status_code, given.url) == (303, url("order", made.order_id))
    for said in ("未确认，不得动闸", "河口镇", "2 号闸开 0.5 m"):
        assert said in page
    assert early.status_code == 409
    assert "没有复诵" in early.content.decode()
    assert done.status_code == 303


def test_a_unit_orders_no_reservoir(enter, flood):
    assert enter("water").get(url("operate", flood.pk)).status_code == 403
