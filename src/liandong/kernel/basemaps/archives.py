"""Base maps as PMTiles, version 3: one file of tiles. Only the head and the metadata are read."""

import struct
import zlib
from typing import BinaryIO

from liandong.kernel.basemaps.findings import Found, refuse_outside, refuse_shifted, wrong
from liandong.kernel.wording import gettext as _

KIND = "pmtiles"
MAGIC = b"PMTiles"
VERSION = 3
HEAD = 127
TENTHS_OF_MICRODEGREES = 10_000_000
MOST_METADATA = 2_000_000
GZIP = 2
GZIP_WINDOW = 16 + zlib.MAX_WBITS
TILES = {1: "mvt", 2: "png", 3: "jpeg", 4: "webp", 5: "avif"}


def examine(name: str, content: BinaryIO) -> Found:
    """Find out what the archive covers; raises ``Invalid`` for one that is broken or elsewhere."""
    content.seek(0)
    head = content.read(HEAD)
    if len(head) < HEAD or head[:7] != MAGIC:
        raise wrong(name, _("不是 PMTiles 文件"), _remedy())
    if head[7] != VERSION:
        raise wrong(name, _("是 PMTiles 第 %(n)d 版") % {"n": head[7]}, _remedy())
    places = struct.unpack("<11Q", head[8:96])
    _refuse_truncated(name, content, places)
    compression, tile_type = head[97], head[99]
    if tile_type not in TILES:
        raise wrong(name, _("里面不是能画的地图瓦片"), _remedy())
    west, south, east, north = (
        one / TENTHS_OF_MICRODEGREES for one in struct.unpack("<4i", head[102:118])
    )
    refuse_outside((west, south, east, north), name)
    refuse_shifted(_metadata(name, content, places, compression), name)
    return Found(KIND, (west, south, east, north), {TILES[tile_type]: places[8]})


def _refuse_truncated(name: str, content: BinaryIO, places: tuple[int, ...]) -> None:
    """Root directory, metadata, leaf directories and tiles: each must end within the file."""
    size = content.seek(0, 2)
    parts = zip(places[0:8:2], places[1:8:2], strict=True)
    if any(offset + length > size for offset, length in parts) or not places[1]:
        raise wrong(
            name,
            _("文件不完整，缺了后面的部分"),
            _("请重新拷贝，并核对文件大小与原处一致。"),
        )


def _metadata(name: str, content: BinaryIO, places: tuple[int, ...], compression: int) -> str:
    """The text in which the archive describes itself; empty where it is packed in a rare way."""
    content.seek(places[2])
    raw = content.read(min(places[3], MOST_METADATA))
    try:
        if compression == GZIP and raw:
            # No more than this is unpacked, whatever a swelling file holds.
            raw = zlib.decompressobj(GZIP_WINDOW).decompress(raw, MOST_METADATA)
        return raw.decode("utf-8", "replace")
    except zlib.error as error:
        raise wrong(name, _("说明部分已损坏"), _remedy()) from error


def _remedy() -> str:
    return _("请用 pmtiles 或 tippecanoe 工具重新生成 PMTiles 第 3 版文件，并完整拷贝。")
