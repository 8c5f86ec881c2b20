"""Any file of places, by its name."""

from liandong.documents.places.features import Places, unreadable
from liandong.documents.places.geojson import read_geojson
from liandong.documents.places.kml import read_kml, read_kmz
from liandong.documents.places.shapefiles import read_shapefile
from liandong.documents.sheets.bounds import PAGE, Bounds
from liandong.kernel.wording import gettext as _

READERS = {
    ".geojson": read_geojson,
    ".json": read_geojson,
    ".kml": read_kml,
    ".kmz": read_kmz,
    ".zip": read_shapefile,
}
SUFFIXES = tuple(READERS)


def read_places(content: bytes, name: str, bounds: Bounds = PAGE) -> Places:
    """Read GeoJSON, KML, KMZ or a zipped shapefile; raises ``Invalid`` for what is none or too large."""
    suffix = next((one for one in SUFFIXES if name.lower().endswith(one)), "")
    if not suffix:
        raise unreadable(name, _("只收 GeoJSON、KML、KMZ 和压缩成 .zip 的 Shapefile"))
    if not content:
        raise unreadable(name, _("文件是空的"))
    if len(content) > bounds.megabytes * 1024 * 1024:
        raise unreadable(
            name,
            _("超过 %(most)d MB") % {"most": bounds.megabytes},
            _("请简化边线，或分成几个文件，依次导入。"),
        )
    places = READERS[suffix](content, name)
    if not places.features:
        raise unreadable(name, _("里面没有任何要素"))
    if len(places.features) > bounds.lines:
        raise unreadable(
            name,
            _("要素多于 %(most)d 个") % {"most": bounds.lines},
            _("请分成几个文件，依次导入；更大的请管理员用命令 liandong import 导入。"),
        )
    return places
