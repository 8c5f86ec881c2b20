"""KML and KMZ, as Google Earth, Ovital and hand-held sets write them: placemarks anywhere in the file."""

from collections.abc import Iterator

from lxml import etree
from shapely import GeometryCollection, LinearRing, LineString, Point, Polygon
from shapely.errors import ShapelyError
from shapely.geometry import MultiLineString, MultiPoint, MultiPolygon
from shapely.geometry.base import BaseGeometry

from liandong.documents.places.archives import unpacked
from liandong.documents.places.features import Feature, Places, unreadable
from liandong.kernel.wording import gettext as _

SIMPLE = {"Point", "LineString", "LinearRing", "Polygon"}
MANY = {"Point": MultiPoint, "LineString": MultiLineString, "Polygon": MultiPolygon}


def read_kmz(content: bytes, name: str) -> Places:
    """Read the first KML in a packed file; raises ``Invalid``."""
    parts = unpacked(content, name, (".kml",))
    if not parts:
        raise unreadable(name, _("压缩包里没有 .kml"))
    return read_kml(parts.get("doc.kml") or next(iter(parts.values())), name)


def read_kml(content: bytes, name: str) -> Places:
    """Read every placemark that has a shape; raises ``Invalid``. KML is WGS-84 by definition, not always in truth."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise unreadable(name, _("文件里有不该有的内容（DOCTYPE）"))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise unreadable(name, _("不是完整的 KML 文本")) from wrong
    features: list[Feature] = []
    for mark in root.iter("{*}Placemark"):
        number = len(features) + 1
        try:
            shapes = [_shape(one) for one in _geometries(mark)]
        except (ShapelyError, ValueError, IndexError) as wrong:
            raise unreadable(
                name, _("第 %(n)d 个地标的坐标读不出来") % {"n": number}
            ) from wrong
        if shapes:
            features.append(Feature(number, _said(mark), _joined(shapes)))
    return Places(tuple(features))


def _geometries(mark: etree._Element) -> Iterator[etree._Element]:
    """Shapes of a placemark; rings inside a polygon are the polygon's."""
    for one in mark.iter():
        if isinstance(one.tag, str) and _tag(one) in SIMPLE:
            inside = {
                _tag(above) for above in one.iterancestors() if isinstance(above.tag, str)
            }
            if "Polygon" not in inside:
                yield one


def _shape(one: etree._Element) -> BaseGeometry:
    kind = _tag(one)
    if kind == "Point":
        return Point(_coordinates(one)[0])
    if kind == "Polygon":
        outer = one.find("{*}outerBoundaryIs//{*}coordinates")
        inner = one.findall("{*}innerBoundaryIs//{*}coordinates")
        if outer is None:
            raise ValueError(kind)
        return Polygon(_numbers(outer), [_numbers(ring) for ring in inner])
    return (LinearRing if kind == "LinearRing" else LineString)(_coordinates(one))


def _joined(shapes: list[BaseGeometry]) -> BaseGeometry:
    if len(shapes) == 1:
        return shapes[0]
    kinds = {one.geom_type for one in shapes}
    kind = kinds.pop() if len(kinds) == 1 else ""
    return MANY[kind](shapes) if kind in MANY else GeometryCollection(shapes)


def _coordinates(one: etree._Element) -> list[tuple[float, float]]:
    found = one.find("{*}coordinates")
    if found is None:
        raise ValueError(_tag(one))
    return _numbers(found)


def _numbers(found: etree._Element) -> list[tuple[float, float]]:
    """Longitude, latitude and perhaps height, by commas; places by spaces."""
    places = []
    for place in (found.text or "").split():
        lon, lat, *_height = place.split(",")
        places.append((float(lon), float(lat)))
    return places


def _said(mark: etree._Element) -> dict[str, str]:
    said = {}
    for one in mark.iterchildren("{*}name", "{*}description", "{*}address"):
        said[_tag(one)] = (one.text or "").strip()
    for one in mark.iter("{*}Data"):
        said[one.get("name", "")] = (one.findtext("{*}value") or "").strip()
    for one in mark.iter("{*}SimpleData"):
        said[one.get("name", "")] = (one.text or "").strip()
    return said


def _tag(one: etree._Element) -> str:
    return str(etree.QName(one).localname)
