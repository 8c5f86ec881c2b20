from dataclasses import replace
from decimal import Decimal

import pytest

from liandong.command.actions import close_incident, draw_route, withdraw_route
from liandong.command.layers import field_posts, incidents, routes
from liandong.command.models import FieldPost
from liandong.command.states import FieldPostState
from liandong.kernel import clock
from liandong.kernel.problems import Forbidden
from liandong.web.maps.registry import Asked, layer_for
from tests.command import county as places
from tests.people import allowed
from tests.web.asking import ask

HERE = (Decimal("112.5"), Decimal("27.8"))


def shown(actor, asked=None):
    return list(incidents(ask(actor=actor), asked or Asked()))


def test_an_open_incident_stands_where_it_was_located(county, version):
    flood = places.incident(county.officer, position=HERE)
    places.decide(county.office, flood, version)

    (one,) = shown(county.officer)

    assert (one.label, one.note) == ("清溪河洪水", "Ⅳ级响应")
    assert (one.shape.x, one.shape.y) == (112.5, 27.8)
    assert one.url == f"/command/incidents/{flood.pk}/"


def test_an_incident_nobody_located_has_no_place(county, flood):
    assert [one.shape for one in shown(county.officer)] == [None]


def test_what_a_reader_may_not_see_is_not_there(county, flood):
    assert shown(county.bystander) == []
    assert shown(replace(county.officer, realm="drill-1")) == []
    with pytest.raises(Forbidden):
        layer_for(allowed(), "incidents")


def test_a_closed_incident_stands_in_its_own_room_only(county, flood):
    close_incident(county.leader, incident=flood, reason="结束", expected_version=flood.version)
    places.incident(county.officer, title="另一起")

    assert [one.label for one in shown(county.officer)] == ["另一起"]
    own = shown(county.officer, Asked(incident=str(flood.pk)))
    assert [one.label for one in own] == ["清溪河洪水"]


@pytest.mark.parametrize("many", [1, 3])
def test_the_layer_asks_as_often_for_three_as_for_one(many, county, django_assert_num_queries):
    for at in range(many):
        places.incident(county.officer, title=f"洪水{at}", position=HERE)

    with django_assert_num_queries(2):
        found = shown(county.officer)

    assert len(found) == many


def test_command_on_the_spot_stands_on_the_map_while_it_is_there(county, flood):
    row = FieldPost.objects.create(
        realm=flood.realm,
        audience=["duty"],
        incident=flood,
        name="河口镇现场指挥部",
        place="河口镇政府",
        lon=HERE[0],
        lat=HERE[1],
        commander=county.posts["deputy"],
        opened_by="x",
        opened_at=clock.now(flood.realm),
    )
    here = list(field_posts(ask(actor=county.officer), Asked()))
    FieldPost.objects.filter(pk=row.pk).update(state=FieldPostState.CLOSED)
    gone = list(field_posts(ask(actor=county.officer), Asked(incident=str(flood.pk))))

    assert [one.label for one in here] == ["河口镇现场指挥部"]
    assert gone == []


WAY = [HERE, (Decimal("112.51"), Decimal("27.8"))]


def drawn(actor, asked=None):
    return list(routes(ask(actor=actor), asked or Asked()))


def test_each_kind_of_route_is_drawn_its_own_way_until_it_is_withdrawn(county, flood):
    made = [
        draw_route(county.officer, incident=flood, kind=kind, name="甲", points=WAY)
        for kind in ("evacuation", "approach", "closed", "firebreak")
    ]
    withdraw_route(county.officer, route=made[0], reason="桥已淹", expected_version=1)

    found = {one.label: (str(one.tone), str(one.stroke)) for one in drawn(county.officer)}
    assert found == {
        "隔离带 甲": ("orange", "hatched"),
        "封控路段 甲": ("red", "barred"),
        "行进路线 甲": ("blue", "dotted"),
    }
    assert drawn(county.officer)[0].note == "985 米"


def test_routes_are_for_whoever_sees_the_incident(county, flood):
    draw_route(county.officer, incident=flood, kind="closed", name="甲", points=WAY)

    assert drawn(county.bystander) == []
    assert drawn(replace(county.officer, realm="drill-1")) == []
    assert len(drawn(county.officer, Asked(incident=str(flood.pk)))) == 1


@pytest.mark.parametrize("many", [1, 3])
def test_routes_are_asked_for_at_once(many, county, flood, django_assert_num_queries):
    for at in range(many):
        draw_route(county.officer, incident=flood, kind="closed", name=f"甲{at}", points=WAY)

    with django_assert_num_queries(1):
        assert len(drawn(county.officer)) == many
