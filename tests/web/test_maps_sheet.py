from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from shapely import LineString, Point, box

from liandong.kernel.basemaps.reading import Drawn
from liandong.web.maps import ground
from liandong.web.maps.features import Feature, Sign, Tone
from liandong.web.maps.palette import DARK, LIGHT
from liandong.web.maps.registry import Layer
from liandong.web.maps.sheet import Order, draw

SVG = "{http://www.w3.org/2000/svg}"
COUNTY = Drawn("county", {"name": "示例县"}, box(112.1, 27.5, 112.7, 27.9))
SEAT = Drawn("place", {"name": "城关镇", "rank": "seat"}, Point(112.4, 27.7))
RIVER = Drawn(
    "river", {"name": "清溪河", "rank": 1}, LineString([(112.1, 27.6), (112.7, 27.6)])
)


def a_layer(sign):
    return Layer(
        key=str(sign),
        title=f"图层{sign}",
        group="试",
        sign=sign,
        order=1,
        permission="",
        live=(),
        shown=True,
        features=lambda request, asked: [],
    )


def order(*pairs, colors=LIGHT, bounds=(112.1, 27.5, 112.7, 27.9)):
    return Order(
        box=bounds,
        width=800,
        height=600,
        colors=colors,
        title="示例县一张图",
        at=datetime(2026, 7, 14, tzinfo=UTC),
        pairs=list(pairs),
    )


@pytest.fixture(autouse=True)
def lying(monkeypatch):
    monkeypatch.setattr(ground, "drawn", lambda: (COUNTY, RIVER, SEAT))


def words(svg):
    return [one.text for one in ET.fromstring(svg).iter(f"{SVG}text")]


def test_the_sheet_has_names_labels_legend_scale_moment_and_whom_it_is_for():
    station = Feature(key="1", shape=Point(112.2, 27.6), label="柳湾站", note="52.0 m³/s")

    said = words(draw(order((a_layer(Sign.STATION), [station]))))

    assert {"城关镇", "清溪河", "柳湾站", "52.0 m³/s", "10 公里"} <= set(said)
    assert "图层station 1" in said
    assert "数据截至 2026年7月14日 08:00:00" in said
    assert "仅供内部应急使用，不作为边界依据" in said


@pytest.mark.parametrize("sign", list(Sign))
@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("colors", [LIGHT, DARK])
def test_every_sign_in_every_tone_is_a_drawing(sign, tone, colors):
    shape = box(112.2, 27.6, 112.4, 27.8) if sign is Sign.AREA else Point(112.4, 27.7)
    one = Feature(key="1", shape=shape, label="甲", tone=tone, url="/x/")

    drawn = ET.fromstring(draw(order((a_layer(sign), [one]), colors=colors)))

    assert drawn.tag == f"{SVG}svg"


def test_words_from_outside_are_words():
    one = Feature(key="1", shape=Point(112.4, 27.7), label="<script>&", url='"><b>')

    svg = draw(order((a_layer(Sign.PLACE), [one])))

    assert "<script>&" in words(svg)
    assert "<b>" not in svg


def test_what_has_no_place_or_lies_elsewhere_is_left_out():
    nowhere = Feature(key="1", shape=None, label="不知在哪")
    away = Feature(key="2", shape=Point(100, 30), label="在别处")

    said = words(draw(order((a_layer(Sign.PLACE), [nowhere, away]))))

    assert {"不知在哪", "在别处"} & set(said) == set()


def test_nothing_is_styled_by_attribute():
    svg = draw(order())

    assert ("style=" in svg, "<style" in svg, "<script" in svg) == (False, False, False)
