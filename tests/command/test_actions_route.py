import json
from dataclasses import replace
from decimal import Decimal

import pytest

from liandong.command.actions import close_incident, draw_route, withdraw_route
from liandong.command.models import Route
from liandong.command.states import RouteState
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale

WAY = [(Decimal("112.4"), Decimal("27.7")), (Decimal("112.41"), Decimal("27.7"))]


def drawn(actor, incident, **more):
    given = {"kind": "evacuation", "name": "柳湾至镇中学", "points": WAY} | more
    return draw_route(actor, incident=incident, **given)


def withdrawn(actor, route, **more):
    given = {"reason": "桥已淹", "expected_version": route.version} | more
    return withdraw_route(actor, route=route, **given)


def test_draw_route_keeps_its_points_and_length_and_says_so(county, flood):
    route = drawn(county.officer, flood)

    entry = Entry.objects.get(name="command.route_drawn")
    said = json.loads(entry.payload.text)
    assert route.points == [[112.4, 27.7], [112.41, 27.7]]
    assert 980 < route.length_m < 990
    assert (said["kind"], said["title"]) == ("转移路线", "柳湾至镇中学")
    assert said["length"] == f"{route.length_m} 米"
    assert set(entry.audience) == set(flood.scopes)


def test_withdraw_route_takes_it_off_and_says_why(county, flood):
    route = withdrawn(county.office, drawn(county.officer, flood))

    route.refresh_from_db()
    said = json.loads(Entry.objects.get(name="command.route_withdrawn").payload.text)
    assert (route.state, route.withdrawn_reason) == (RouteState.WITHDRAWN, "桥已淹")
    assert said["reason"] == "桥已淹"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"points": WAY[:1]}, "points"),
        ({"points": WAY[:1] * 3}, "points"),
        ({"points": WAY * 101}, "points"),
        ({"points": [*WAY, (Decimal("27.7"), Decimal("112.4"))]}, "points"),
        ({"name": "  "}, "name"),
        ({"kind": "shortcut"}, "kind"),
    ],
)
def test_a_route_that_is_none_is_refused_and_the_field_named(county, flood, changed, field):
    with pytest.raises(Invalid) as refused:
        drawn(county.officer, flood, **changed)

    assert list(refused.value.fields) == [field]
    assert Route.objects.count() == 0


def test_a_point_abroad_is_named_by_its_place_in_the_line(county, flood):
    with pytest.raises(Invalid) as refused:
        drawn(county.officer, flood, points=[*WAY, (Decimal("-0.1"), Decimal("51.5"))])

    assert refused.value.place == "第 3 个点"


def test_a_unit_neither_draws_nor_withdraws(county, flood):
    route = drawn(county.officer, flood)

    with pytest.raises(Forbidden):
        drawn(county.water, flood)
    with pytest.raises(Forbidden):
        withdrawn(county.water, route)


def test_withdraw_route_wants_a_reason(county, flood):
    with pytest.raises(Invalid):
        withdrawn(county.officer, drawn(county.officer, flood), reason=" ")


def test_nothing_is_drawn_or_withdrawn_in_an_incident_that_is_over(county, flood):
    route = drawn(county.officer, flood)
    flood.refresh_from_db()
    close_incident(county.leader, incident=flood, reason="结束", expected_version=flood.version)

    with pytest.raises(IllegalMove):
        drawn(county.officer, flood)
    with pytest.raises(IllegalMove):
        withdrawn(county.officer, route)


def test_a_route_is_withdrawn_once(county, flood):
    route = withdrawn(county.officer, drawn(county.officer, flood))

    with pytest.raises(IllegalMove):
        withdrawn(county.officer, route)


def test_of_two_who_withdraw_at_once_the_second_is_told(county, flood):
    route = drawn(county.officer, flood)
    other = Route.objects.get(pk=route.pk)
    withdrawn(county.officer, route)

    with pytest.raises(Stale):
        withdrawn(county.office, other)


def test_the_same_key_twice_draws_and_withdraws_once(county, flood):
    routes = [drawn(county.officer, flood, idempotency_key="k") for _time in range(2)]
    for _time in range(2):
        withdrawn(county.officer, routes[0], expected_version=1, idempotency_key="w")

    assert routes[0] == routes[1]
    assert Entry.objects.filter(name="command.route_withdrawn").count() == 1


def test_a_drill_neither_draws_nor_withdraws_what_is_real(county, flood):
    drill, route = replace(county.officer, realm="drill-1"), drawn(county.officer, flood)

    with pytest.raises(Missing):
        drawn(drill, flood)
    with pytest.raises(Missing):
        withdrawn(drill, route)
