"""Draw the base map of the fictional county into src/liandong/demo/basemap.geojson.

Nothing here is a real place. Rivers pass the stations of county.yaml; townships are cells around
their seats with bent borders; heights are circles grown together. The same every time.

Usage: python -m tools.draw_county
"""

import json
from collections.abc import Iterable
from math import cos, pi, sin
from pathlib import Path
from typing import Any

import yaml
from shapely import LineString, MultiPoint, Point, Polygon, segmentize, transform, unary_union
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from shapely.ops import voronoi_diagram

DEMO = Path(__file__).resolve().parents[1] / "src/liandong/demo"
CENTER = (112.405, 27.748)
RADII = (0.262, 0.158)
DIGITS = 5
# One degree of latitude for so many of longitude, here.
SQUASH = 0.885

SEATS = {
    "城关镇": (112.412, 27.739),
    "河口镇": (112.549, 27.680),
    "新安镇": (112.492, 27.636),
    "石门镇": (112.243, 27.772),
    "石桥镇": (112.318, 27.728),
    "柳湾乡": (112.296, 27.664),
    "东岭乡": (112.556, 27.802),
    "西坪乡": (112.196, 27.700),
    "南坪乡": (112.399, 27.631),
    "北山乡": (112.320, 27.826),
    "云溪乡": (112.437, 27.846),
    "高桥乡": (112.486, 27.760),
}
RIVERS = {
    "清溪河": [
        (112.085, 27.742), (112.150, 27.735), (112.205, 27.742), (112.262, 27.748), (112.318, 27.737),
        (112.365, 27.742), (112.418, 27.7312), (112.462, 27.706), (112.505, 27.690), (112.546, 27.662),
        (112.600, 27.652), (112.690, 27.628),
    ],
    "柳河": [
        (112.188, 27.652), (112.240, 27.662), (112.301, 27.651), (112.352, 27.662), (112.408, 27.660),
        (112.458, 27.672), (112.505, 27.690),
    ],
    "石门溪": [
        (112.196, 27.862), (112.206, 27.826), (112.221, 27.800), (112.232, 27.770), (112.262, 27.748),
    ],
    "云溪": [(112.462, 27.882), (112.441, 27.846), (112.448, 27.806), (112.424, 27.770), (112.418, 27.7312)],
    "东岭溪": [(112.596, 27.800), (112.558, 27.772), (112.534, 27.738), (112.505, 27.690)],
}  # fmt: skip
ROADS = [
    ("示例高速", "trunk", [
        (112.255, 27.935), (112.290, 27.868), (112.340, 27.800), (112.395, 27.768), (112.455, 27.752),
        (112.520, 27.730), (112.596, 27.700), (112.700, 27.668),
    ]),
    ("县道一线", "main", [
        (112.090, 27.716), (112.196, 27.700), (112.255, 27.722), (112.318, 27.728), (112.412, 27.739),
        (112.486, 27.760), (112.556, 27.802), (112.640, 27.845),
    ]),
    ("县道二线", "main", [(112.243, 27.772), (112.268, 27.754), (112.318, 27.728), (112.300, 27.690), (112.296, 27.664)]),
    ("县道三线", "main", [(112.412, 27.739), (112.470, 27.712), (112.549, 27.680)]),
    ("县道四线", "main", [(112.412, 27.739), (112.404, 27.690), (112.399, 27.631), (112.392, 27.540)]),
    ("县道五线", "main", [(112.399, 27.631), (112.450, 27.640), (112.492, 27.636), (112.549, 27.680)]),
    ("乡道一线", "lane", [(112.412, 27.739), (112.420, 27.790), (112.437, 27.846), (112.430, 27.930)]),
    ("乡道二线", "lane", [(112.320, 27.826), (112.316, 27.780), (112.318, 27.728)]),
    ("乡道三线", "lane", [(112.296, 27.664), (112.350, 27.640), (112.399, 27.631)]),
    ("林区道路", "lane", [(112.556, 27.802), (112.540, 27.832), (112.556, 27.858)]),
]  # fmt: skip
FORESTS = {
    "北山林场": [(112.262, 27.866, 0.036), (112.300, 27.880, 0.030), (112.344, 27.868, 0.024)],
    "东岭林区": [(112.545, 27.838, 0.044), (112.585, 27.812, 0.040), (112.594, 27.772, 0.030)],
    "南坪林场": [(112.340, 27.612, 0.030), (112.375, 27.606, 0.026), (112.310, 27.626, 0.020)],
    "西坪林场": [(112.176, 27.668, 0.020), (112.200, 27.650, 0.016)],
}
HILLS = [
    (112.270, 27.872, 0.075), (112.345, 27.868, 0.060), (112.555, 27.842, 0.085), (112.598, 27.785, 0.055),
    (112.345, 27.606, 0.068), (112.182, 27.664, 0.045), (112.170, 27.800, 0.055), (112.470, 27.846, 0.050),
    (112.452, 27.612, 0.040), (112.368, 27.802, 0.035),
]  # fmt: skip
RESERVOIR = [
    (112.217, 27.792, 0.015),
    (112.206, 27.806, 0.010),
    (112.226, 27.779, 0.008),
    (112.232, 27.801, 0.008),
]
TOWN = [(112.412, 27.737, 0.017), (112.432, 27.731, 0.012), (112.396, 27.743, 0.010)]
NEIGHBORS = {
    "上邻县": (112.150, 27.880),
    "下邻县": (112.640, 27.610),
    "示例市": (112.585, 27.905),
}
FEATURES = (
    ("place", "鹰嘴岩", (112.566, 27.836)),
    ("place", "化工园区", (112.470, 27.672)),
    ("place", "清溪大桥", (112.425, 27.7265)),
)


def main() -> None:
    """Draw it all and write it down."""
    facts = yaml.safe_load((DEMO / "county.yaml").read_text(encoding="utf-8"))
    codes = {one["name"]: one["code"] for one in facts["townships"]}
    county = outline()
    features = [feature("county", county, name=facts["name"], code=facts["division_code"])]
    features += [
        feature("forest", shape.intersection(county), name=name)
        for name, shape in grown(FORESTS)
    ]
    features += [feature("contour", line) for line in contours(county)]
    features += [
        feature("township", shape, name=name, code=codes[name])
        for name, shape in townships(county)
    ]
    features += [feature("builtup", blob(TOWN).intersection(county), name="城关镇")]
    features += [
        feature("river", bent(line), name=name, rank=1 + (name != "清溪河"))
        for name, line in RIVERS.items()
    ]
    features += [feature("water", blob(RESERVOIR), name="石门水库")]
    features += [
        feature("road", bent(line, 0.004), name=name, rank=rank) for name, rank, line in ROADS
    ]
    features += [
        feature("place", Point(at), name=name, rank="seat" if name == "城关镇" else "township")
        for name, at in SEATS.items()
    ]
    features += [
        feature(layer, Point(at), name=name, rank="small") for layer, name, at in FEATURES
    ]
    features += [feature("outside", Point(at), name=name) for name, at in NEIGHBORS.items()]
    told = {
        "type": "FeatureCollection",
        "name": "示例县底图（虚构，WGS-84）",
        "features": features,
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace(
        '{"type":"Feature"', '\n{"type":"Feature"'
    )
    (DEMO / "basemap.geojson").write_text(text + "\n", encoding="utf-8")
    print(f"{len(features)} features, {len(text) // 1024} kB")


def feature(layer: str, shape: BaseGeometry, **properties: Any) -> dict[str, Any]:
    """One thing on the map."""
    return {
        "type": "Feature",
        "properties": {"layer": layer, **properties},
        "geometry": rounded(mapping(shape.simplify(0.00012))),
    }


def rounded(one: Any) -> Any:
    """Five digits: about a meter."""
    if isinstance(one, float):
        return round(one, DIGITS)
    if isinstance(one, dict):
        return {key: rounded(value) for key, value in one.items()}
    return [rounded(value) for value in one] if isinstance(one, list | tuple) else one


def outline() -> BaseGeometry:
    """The county: an ellipse with bays and noses."""
    waves = (
        (2, 0.05, 0.4),
        (3, 0.06, 1.9),
        (5, 0.045, 0.7),
        (8, 0.034, 2.2),
        (13, 0.022, 1.1),
        (21, 0.012, 0.3),
    )
    corners = []
    for step in range(720):
        turn = 2 * pi * step / 720
        reach = 1 + sum(high * sin(times * turn + late) for times, high, late in waves)
        corners.append(
            (CENTER[0] + RADII[0] * reach * cos(turn), CENTER[1] + RADII[1] * reach * sin(turn))
        )
    return Polygon(corners)


def townships(county: BaseGeometry) -> Iterable[tuple[str, BaseGeometry]]:
    """Cells around the seats, cut from the county; borders that two share stay shared."""
    cells = voronoi_diagram(MultiPoint(list(SEATS.values())), envelope=county.buffer(0.2)).geoms
    for name, seat in SEATS.items():
        cell = next(one for one in cells if one.covers(Point(seat)))
        shape = warped(segmentize(cell, 0.004)).intersection(county)
        yield name, max(getattr(shape, "geoms", [shape]), key=lambda one: one.area)


def warped(shape: BaseGeometry) -> BaseGeometry:
    """Every point moved by a smooth field, so that no border is straight."""

    def move(x: Any, y: Any) -> Any:
        return wave(x, y)

    return transform(shape, lambda points: [move(x, y) for x, y in points])


def wave(x: float, y: float, size: float = 1.0) -> tuple[float, float]:
    """Where the field moves a point to."""
    east = (
        0.008 * sin(47 * y + 3)
        + 0.004 * sin(131 * x + 71 * y)
        + 0.0016 * sin(307 * y + 190 * x)
    )
    north = (
        0.006 * sin(43 * x + 1)
        + 0.003 * sin(113 * y - 97 * x)
        + 0.0013 * sin(290 * x - 210 * y)
    )
    return x + size * east, y + size * north


def bent(points: list[tuple[float, float]], sway: float = 0.003) -> LineString:
    """A soft line through the points, swaying between them and never at them."""
    whole = [points[0], *points, points[-1]]
    line = []
    for n in range(len(points) - 1):
        a, b, c, d = whole[n : n + 4]
        for step in range(16):
            t = step / 16
            x, y = (spline(t, *(one[axis] for one in (a, b, c, d))) for axis in (0, 1))
            dx, dy = c[0] - b[0], c[1] - b[1]
            long = (dx * dx + dy * dy) ** 0.5 or 1
            away = sway * sin(pi * t) * sin(2 * pi * t + n) * min(1, long / 0.05)
            line.append((x - dy / long * away, y + dx / long * away))
    return LineString([*line, points[-1]])


def spline(t: float, a: float, b: float, c: float, d: float) -> float:
    """Catmull and Rom's curve between b and c."""
    return 0.5 * (
        2 * b
        + (c - a) * t
        + (2 * a - 5 * b + 4 * c - d) * t * t
        + (3 * b - a - 3 * c + d) * t**3
    )


def blob(circles: list[tuple[float, float, float]], bend: float = 0.5) -> BaseGeometry:
    """Circles grown together, with soft corners and an uneven edge."""
    discs = [
        transform(
            Point(0, 0).buffer(radius, 48),
            lambda at, x=x, y=y: [(x + u, y + v * SQUASH) for u, v in at],
        )
        for x, y, radius in circles
    ]
    soft = unary_union(discs).buffer(0.006).buffer(-0.006)
    return transform(soft, lambda at: [wave(x, y, bend) for x, y in at])


def grown(
    areas: dict[str, list[tuple[float, float, float]]],
) -> Iterable[tuple[str, BaseGeometry]]:
    """Named areas of circles."""
    return ((name, blob(circles, 0.9)) for name, circles in areas.items())


def contours(county: BaseGeometry) -> Iterable[BaseGeometry]:
    """Lines of equal height: the same circles, ever smaller."""
    for level in range(9):
        circles = [
            (x, y, radius - 0.0095 * level)
            for x, y, radius in HILLS
            if radius > 0.0095 * level + 0.006
        ]
        if circles:
            line = blob(circles, 1.0).boundary.intersection(county)
            yield from (one for one in getattr(line, "geoms", [line]) if one.length > 0.01)


if __name__ == "__main__":
    main()
