import contextlib
import io
import json
import zipfile

import pytest
import shapefile
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from liandong.documents.places import fit_shapes, read_places
from liandong.kernel.geo.systems import system_of
from liandong.kernel.problems import Invalid

PLACE = {"type": "Point", "coordinates": [105.0668, 28.7237]}
SQUARE = [[105.0, 28.7], [105.1, 28.7], [105.1, 28.8], [105.0, 28.8], [105.0, 28.7]]
BOW = [[105.0, 28.7], [105.1, 28.8], [105.1, 28.7], [105.0, 28.8], [105.0, 28.7]]
KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>
<Placemark><name>沙坪滑坡</name><ExtendedData><Data name="威胁人数"><value>45</value></Data></ExtendedData>
<Polygon><outerBoundaryIs><LinearRing><coordinates>105.0,28.7,0 105.1,28.7,0 105.1,28.8,0 105.0,28.7,0</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
<Placemark><name>铁清水库</name><Point><coordinates>105.0668,28.7237,310</coordinates></Point></Placemark>
<Placemark><name>没有图形</name></Placemark></Folder></Document></kml>"""


def geojson(*geometries, **more):
    features = [
        {
            "type": "Feature",
            "properties": {"名称": f"点{n}", "人数": n, "空": None},
            "geometry": one,
        }
        for n, one in enumerate(geometries, start=1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def polygon(ring):
    return {"type": "Polygon", "coordinates": [ring]}


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "."), data)
    return out.getvalue()


def layer(*, encoding="utf-8", cpg=None, prj="", without=(), places=((105.0668, 28.7237),)):
    shp, shx, dbf = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with shapefile.Writer(shp=shp, shx=shx, dbf=dbf, encoding=encoding) as writer:
        writer.field("名称", "C", 40)
        writer.field("人数", "N", 10)
        for x, y in places:
            writer.point(x, y)
            writer.record("沙坪滑坡", 45)
    parts = {"a__shp": shp.getvalue(), "a__shx": shx.getvalue(), "a__dbf": dbf.getvalue()}
    parts |= {"a__cpg": cpg} if cpg is not None else {}
    parts |= {"a__prj": prj} if prj else {}
    return zipped(**{key: data for key, data in parts.items() if key not in without})


def fitted(content, name, system="wgs84"):
    places = read_places(content, name)
    return fit_shapes(places.features, places.system or system_of(system))


def refusal(content, name):
    with pytest.raises(Invalid) as refused:
        read_places(content, name)
    assert refused.value.remedy
    return refused.value.title


def test_geojson_gives_features_with_what_is_said_of_them():
    places = read_places(geojson(PLACE, polygon(SQUARE)), "隐患点.geojson")

    first, second = places.features
    assert (first.number, first.properties) == (1, {"名称": "点1", "人数": "1", "空": ""})
    assert (second.shape.geom_type, places.columns) == ("Polygon", ("名称", "人数", "空"))


def test_an_older_geojson_names_its_system():
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4544"}}
    content = geojson({"type": "Point", "coordinates": [506544.0, 3178600.0]}, crs=named)

    shapes, findings = fitted(content, "a.json")

    assert findings == []
    assert (round(shapes[1].x, 2), round(shapes[1].y, 2)) == (105.07, 28.72)


def test_kml_gives_placemarks_wherever_they_stand():
    first, second = read_places(KML.encode(), "隐患点.kml").features

    assert first.properties == {"name": "沙坪滑坡", "威胁人数": "45"}
    assert (first.shape.geom_type, second.shape.wkt) == ("Polygon", "POINT (105.0668 28.7237)")


def test_kmz_is_a_packed_kml():
    assert len(read_places(zipped(doc__kml=KML), "隐患点.kmz").features) == 2


def test_an_entity_in_kml_is_refused():
    evil = '<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml>&a;</kml>'

    assert "不该有的内容" in refusal(evil.encode(), "a.kml")


@pytest.mark.parametrize(
    ("encoding", "cpg"),
    [
        ("utf-8", None),
        ("gbk", None),
        ("gbk", b"GBK"),
        ("gbk", b"ANSI 936"),
        ("utf-8", b"UTF-8"),
    ],
)
def test_a_shapefile_is_read_in_whatever_encoding_it_was_written(encoding, cpg):
    (one,) = read_places(layer(encoding=encoding, cpg=cpg), "隐患点.zip").features

    assert (one.properties, one.shape.x) == ({"名称": "沙坪滑坡", "人数": "45"}, 105.0668)


def test_a_name_cut_within_a_character_is_read_as_far_as_it_goes():
    content = layer()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {one.replace(".", "__"): packed.read(one) for one in packed.namelist()}
    parts["a__dbf"] = parts["a__dbf"].replace(
        "人数".encode() + b"\0", "人数".encode() + b"\xe7"
    )

    (one,) = read_places(zipped(**parts), "a.zip").features

    assert one.properties == {"名称": "沙坪滑坡", "人数": "45"}


def test_a_shapefile_says_which_belt_it_is_in():
    prj = CRS.from_epsg(4544).to_wkt("WKT1_ESRI")

    shapes, findings = fitted(layer(prj=prj, places=[(506544.0, 3178600.0)]), "a.zip")

    assert findings == []
    assert round(shapes[1].x, 2) == 105.07


def test_a_shapefile_without_a_part_or_with_a_wrong_encoding_is_refused_by_it():
    assert "缺少 .dbf" in refusal(layer(without=["a__dbf"]), "a.zip")
    assert "缺少 .shp、.dbf" in refusal(zipped(a__txt="x"), "a.zip")
    assert "klingon" in refusal(layer(cpg=b"klingon"), "a.zip")
    assert "文字编码" in refusal(layer(encoding="gbk", cpg=b"UTF-8"), "a.zip")
    assert "2 个图层" in refusal(zipped(a__shp=b"", b__shp=b""), "a.zip")
    assert "已损坏" in refusal(layer().replace(b"PK", b"KP"), "a.zip")


def test_a_zip_bomb_is_not_unpacked():
    assert "过大" in refusal(zipped(a__shp=b"\0" * (301 * 1024 * 1024)), "a.zip")


@pytest.mark.parametrize(
    ("geometry", "fault"),
    [
        (polygon(BOW), "边线自相交（东经 105.05000°，北纬 28.75000°处），请改正后再传。"),
        ({"type": "Point", "coordinates": [28.7237, 105.0668]}, "经度和纬度可能填反了。"),
        (
            {"type": "Point", "coordinates": [10.5, 50.5]},
            "不在我国范围内（10.5000, 50.5000）。",
        ),
        (
            {"type": "Point", "coordinates": [506544, 3178600]},
            "坐标以米计，不是经纬度：请选定平面坐标系（如 CGCS2000 三度带）。",
        ),
        ({"type": "Point", "coordinates": []}, "没有坐标。"),
    ],
)
def test_a_shape_that_cannot_stand_on_the_ground_is_named_with_its_place(geometry, fault):
    shapes, findings = fitted(geojson(PLACE, geometry), "a.geojson")

    assert list(shapes) == [1]
    assert [(one.row, one.text) for one in findings] == [(2, fault)]


def test_degrees_are_no_meters():
    _, (finding,) = fitted(geojson(PLACE), "a.geojson", "epsg:4544")

    assert finding.text == "坐标是经纬度，不是选定的平面坐标系。"


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "a.geojson", "空的"),
        (b"{", "a.geojson", "JSON"),
        (b"[]", "a.json", "FeatureCollection"),
        (geojson(), "a.geojson", "没有任何要素"),
        (b"x", "a.dwg", "只收"),
        (b"<kml><Placemark></kml>", "a.kml", "KML"),
        (b"<kml/>", "a.kml", "没有任何要素"),
        (
            b"<kml><Placemark><Point><coordinates>x</coordinates></Point></Placemark></kml>",
            "a.kml",
            "第 1 个",
        ),
        (b"x" * (6 * 1024 * 1024), "a.kml", "5 MB"),
        (geojson(*[PLACE] * 2001), "a.geojson", "2000 个"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(content, name, why):
    assert why in refusal(content, name)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["a.geojson", "a.kml", "a.zip"]),
    st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=4),
)
def test_whatever_is_broken_is_told_in_words(name, bites):
    content = {
        "a.geojson": geojson(PLACE, polygon(SQUARE)),
        "a.kml": KML.encode(),
        "a.zip": b"",
    }[name]
    parts = {} if content else dict.fromkeys(("a__shp", "a__dbf"), b"")
    if parts:
        with zipfile.ZipFile(io.BytesIO(layer())) as packed:
            parts = {key: bytearray(packed.read(key.replace("__", "."))) for key in parts}
    for at, byte in bites:
        for part in parts.values() or [content := bytearray(content)]:
            part[at % len(part)] = byte
    broken = bytes(content) if content else zipped(**{k: bytes(v) for k, v in parts.items()})

    with contextlib.suppress(Invalid):
        fitted(broken, name)
