from decimal import Decimal

import pytest

from liandong.command.actions import draw_route
from liandong.command.models import Route

POINTS = "112.4,27.7\n112.41，27.7\n"
WAY = [(Decimal("112.4"), Decimal("27.7")), (Decimal("112.41"), Decimal("27.7"))]


def address(incident):
    return f"/command/incidents/{incident.pk}/routes/"


def given(**more):
    return {"kind": "closed", "name": "县道二线", "points": POINTS, "read_from": "wgs84"} | more


def test_a_route_is_written_down_point_by_point_and_listed(enter, flood):
    client = enter("officer")

    sent = client.post(address(flood), given())

    page = client.get(address(flood)).content.decode()
    assert sent.status_code == 303
    assert Route.objects.get().points == [[112.4, 27.7], [112.41, 27.7]]
    assert "封控路段 县道二线" in page


@pytest.mark.parametrize(
    "line", ["112.41 27.7", "东岭", "112.41,", "200,27", "nan,27", "1,2,3"]
)
def test_a_line_that_is_no_place_is_named_and_what_was_typed_stays(enter, flood, line):
    sent = enter("officer").post(address(flood), given(points=f"112.4,27.7\n{line}"))

    page = sent.content.decode()
    assert sent.status_code == 422
    assert f"第 2 行“{line}”" in page
    assert Route.objects.count() == 0


def test_what_a_telephone_shows_is_taken_back_to_where_it_is(enter, flood):
    enter("officer").post(address(flood), given(read_from="gcj02"))

    lon, lat = Route.objects.get().points[0]
    assert 0.001 < 112.4 - lon < 0.01
    assert lat != 27.7


def test_a_route_is_withdrawn_with_a_reason(enter, county, flood):
    route = draw_route(
        county.officer, incident=flood, kind="closed", name="县道二线", points=WAY
    )

    sent = enter("office").post(
        f"/command/routes/{route.pk}/withdraw/", {"reason": "已通车", "expected_version": "1"}
    )

    route.refresh_from_db()
    assert (sent.status_code, route.state) == (303, "withdrawn")
