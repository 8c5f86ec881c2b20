"""Shapefiles, zipped: shapes in .shp, words in .dbf, the encoding in .cpg, the system in .prj."""

import codecs
import io
import struct
import warnings
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import shapefile
from shapely.errors import ShapelyError
from shapely.geometry import shape as shapely_shape

from liandong.documents.places.archives import unpacked
from liandong.documents.places.features import Feature, Places, unreadable
from liandong.kernel.geo.systems import System, system_of_wkt
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed

NEEDED = (".shp", ".dbf")
PARTS = (*NEEDED, ".shx", ".prj", ".cpg")
BROKEN = (
    shapefile.PossiblyCorruptFileHeader,
    shapefile.ShapefileException,
    struct.error,
    ShapelyError,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    OSError,
    TypeError,
    ValueError,
)


def read_shapefile(content: bytes, name: str) -> Places:
    """Read the one layer of a zipped shapefile; raises ``Invalid`` naming the part that is missing or wrong."""
    parts = _layer(unpacked(content, name, PARTS), name)
    system = _system(parts)
    encoding = _encoding(parts.get(".cpg", b""), name)
    for coding in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            return Places(tuple(_features(parts, coding)), system)
        except UnicodeDecodeError:
            continue
        except BROKEN as wrong:
            raise unreadable(name, _("图层已损坏（.shp 或 .dbf）")) from wrong
    raise unreadable(
        name,
        _("属性表（.dbf）的文字编码读不懂"),
        _("请在导出时选 UTF-8 或 GBK 编码，并带上 .cpg。"),
    )


def _layer(parts: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """The parts of the layer by their suffix."""
    stems = {_stem(path) for path in parts if path.lower().endswith(".shp")}
    if len(stems) > 1:
        raise unreadable(
            name,
            _("压缩包里有 %(n)d 个图层") % {"n": len(stems)},
            _("请每个图层单独压缩，一次导入一个。"),
        )
    stem = next(iter(stems), "")
    found = {path[-4:].lower(): data for path, data in parts.items() if _stem(path) == stem}
    if missing := [one for one in NEEDED if one not in found]:
        raise unreadable(
            name,
            _("压缩包里缺少 %(parts)s") % {"parts": listed(missing)},
            _("请把同名的 .shp、.shx、.dbf、.prj、.cpg 一起压缩再传。"),
        )
    return found


def _stem(path: str) -> str:
    return str(PurePosixPath(path.replace("\\", "/")).with_suffix("")).lower()


def _system(parts: Mapping[str, bytes]) -> System | None:
    text = parts.get(".prj", b"").decode("utf-8", "replace").strip()
    return system_of_wkt(text) if text else None


def _encoding(cpg: bytes, name: str) -> str:
    """The codec a .cpg names: UTF-8, GBK, 936, ANSI 936; empty where there is none."""
    said = cpg.decode("ascii", "replace").strip().lower().removeprefix("ansi").strip()
    if not said:
        return ""
    if said in {"936", "cp936", "gbk", "gb2312", "gb18030"}:
        return "gb18030"
    try:
        return codecs.lookup(said).name
    except LookupError as wrong:
        raise unreadable(
            name,
            _("不认识 .cpg 里写的编码“%(said)s”") % {"said": said[:20]},
            _("请用 UTF-8 或 GBK 编码重新导出。"),
        ) from wrong


def _features(parts: Mapping[str, bytes], encoding: str) -> Iterator[Feature]:
    """Read bytes as bytes (Latin-1 keeps each), and decode them here: names and words may be cut within a character."""
    index = io.BytesIO(parts[".shx"]) if ".shx" in parts else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", shapefile.PossibleDataLoss)
        warnings.simplefilter("error", shapefile.PossiblyCorruptFileHeader)
        with shapefile.Reader(
            shp=io.BytesIO(parts[".shp"]),
            shx=index,
            dbf=io.BytesIO(parts[".dbf"]),
            encoding="latin-1",
        ) as layer:
            fields = [one[0] for one in layer.fields if one[0] != "DeletionFlag"]
            names = [_decoded(one, encoding) for one in fields]
            for number, both in enumerate(layer.iterShapeRecords(), start=1):
                said = dict(
                    zip(names, (_text(one, encoding) for one in both.record), strict=True)
                )
                yield Feature(number, said, shapely_shape(both.shape.__geo_interface__))


def _text(value: Any, encoding: str) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _decoded(value, encoding) if isinstance(value, str) else str(value)


def _decoded(text: str, encoding: str) -> str:
    """Text from bytes; a last character that was cut off is left out, anything else wrong is an error."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    return decoder.decode(text.encode("latin-1"), final=False).strip("\0 ")
