"""Kinds of files that are taken, and how their bytes prove them to be what the name says."""

import codecs
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed

MEGABYTE = 1024 * 1024
LARGEST = 500 * MEGABYTE
HEAD = 4096
MOST_PARTS = 10_000
GEOJSON = {
    "Feature",
    "FeatureCollection",
    "GeometryCollection",
    "LineString",
    "MultiLineString",
    "MultiPoint",
    "MultiPolygon",
    "Point",
    "Polygon",
}
STILL = (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis")
TEXT_CONTROLS = frozenset("\t\n\r\f")

Proof = Callable[[BinaryIO, bytes], bool]


@dataclass(frozen=True)
class Kind:
    """A kind of file: its exact media type, and the proof its bytes must give."""

    label: str
    media_type: str
    proof: Proof
    largest: int = LARGEST
    is_image: bool = False


def recognize(name: str, content: BinaryIO) -> Kind:
    """Find the kind by the name and make sure that the bytes agree; raises ``Invalid``."""
    kind = kind_of(name)
    content.seek(0)
    head = content.read(HEAD)
    content.seek(0)
    try:
        proved = kind.proof(content, head)
    except (ValueError, zipfile.BadZipFile, RecursionError, NotImplementedError, OSError):
        proved = False
    content.seek(0)
    if not proved:
        raise Invalid(
            _("“%(name)s”的内容不是 %(kind)s。") % {"name": name, "kind": kind.label},
            place=name,
            remedy=_("请核对文件，用正确的格式另存后再传；不要只改扩展名。"),
            fields={"content": _("内容与扩展名不符")},
        )
    return kind


def kind_of(name: str) -> Kind:
    """Find the kind by the name alone; raises ``Invalid`` for what is not taken."""
    kind = KINDS.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise Invalid(
            _("不收“%(name)s”这种文件。") % {"name": name[-60:]},
            place=_("文件名"),
            remedy=_("可以传：%(kinds)s。") % {"kinds": listed(sorted(KINDS))},
            fields={"name": _("不支持的格式")},
        )
    return kind


def _starts(*magics: bytes) -> Proof:
    return lambda _content, head: head.startswith(magics)


def _webp(_content: BinaryIO, head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _wav(_content: BinaryIO, head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WAVE"


def _mp4(_content: BinaryIO, head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] not in STILL


def _mp3(_content: BinaryIO, head: bytes) -> bool:
    frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06 != 0
    return head.startswith(b"ID3") or frame


def _office(part: str) -> Proof:
    """An Office document without macros, which does not swell when it is unpacked."""

    def proof(content: BinaryIO, head: bytes) -> bool:
        if not head.startswith(b"PK\x03\x04"):
            return False
        with zipfile.ZipFile(content) as packed:
            parts = packed.infolist()
        names = {one.filename for one in parts}
        return (
            {"[Content_Types].xml", part} <= names
            and not any(name.endswith("vbaProject.bin") for name in names)
            and len(parts) <= MOST_PARTS
            and sum(one.file_size for one in parts) <= LARGEST
        )

    return proof


def _text(content: BinaryIO, _head: bytes) -> bool:
    return any(_decodes(content, encoding) for encoding in ("utf-8-sig", "gb18030"))


def _decodes(content: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    content.seek(0)
    while True:
        raw = content.read(MEGABYTE)
        try:
            text = decoder.decode(raw, final=not raw)
        except UnicodeDecodeError:
            return False
        if any(one < " " and one not in TEXT_CONTROLS for one in text):
            return False
        if not raw:
            return True


def _geojson(content: BinaryIO, _head: bytes) -> bool:
    told = json.loads(content.read().decode("utf-8-sig"))
    return isinstance(told, dict) and told.get("type") in GEOJSON


def _kml(content: BinaryIO, head: bytes) -> bool:
    return b"<kml" in head and _text(content, head)


def _packed(suffix: str) -> Proof:
    """A zip file that holds a part with this ending."""

    def proof(content: BinaryIO, _head: bytes) -> bool:
        with zipfile.ZipFile(content) as packed:
            names = packed.namelist()
            return len(names) <= MOST_PARTS and any(
                one.lower().endswith(suffix) for one in names
            )

    return proof


_JPEG = Kind("JPEG", "image/jpeg", _starts(b"\xff\xd8\xff"), 50 * MEGABYTE, is_image=True)
_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": Kind(
        "PNG", "image/png", _starts(b"\x89PNG\r\n\x1a\n"), 50 * MEGABYTE, is_image=True
    ),
    "webp": Kind("WebP", "image/webp", _webp, 50 * MEGABYTE, is_image=True),
    "pdf": Kind("PDF", "application/pdf", _starts(b"%PDF-")),
    "docx": Kind("Word", f"{_OFFICE}wordprocessingml.document", _office("word/document.xml")),
    "xlsx": Kind("Excel", f"{_OFFICE}spreadsheetml.sheet", _office("xl/workbook.xml")),
    "txt": Kind("TXT", "text/plain", _text),
    "csv": Kind("CSV", "text/csv", _text),
    "geojson": Kind("GeoJSON", "application/geo+json", _geojson, 50 * MEGABYTE),
    "kml": Kind("KML", "application/vnd.google-earth.kml+xml", _kml, 50 * MEGABYTE),
    "kmz": Kind("KMZ", "application/vnd.google-earth.kmz", _packed(".kml"), 50 * MEGABYTE),
    "zip": Kind("Shapefile（.zip）", "application/zip", _packed(".shp"), 50 * MEGABYTE),
    "pmtiles": Kind("PMTiles", "application/vnd.pmtiles", _starts(b"PMTiles\x03"), LARGEST),
    "mp3": Kind("MP3", "audio/mpeg", _mp3),
    "m4a": Kind("M4A", "audio/mp4", _mp4),
    "wav": Kind("WAV", "audio/wav", _wav),
    "amr": Kind("AMR", "audio/amr", _starts(b"#!AMR")),
    "mp4": Kind("MP4", "video/mp4", _mp4),
}
