"""Zip files that places come in, opened no further than they say and may."""

import io
import zipfile

from liandong.documents.places.features import unreadable
from liandong.kernel.wording import gettext as _

MEGABYTE = 1024 * 1024
MOST_UNPACKED = 300 * MEGABYTE
MOST_PARTS = 200


def unpacked(content: bytes, name: str, suffixes: tuple[str, ...]) -> dict[str, bytes]:
    """The parts with one of these suffixes, by their path; raises ``Invalid`` for what swells or is locked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            size = sum(one.file_size for one in parts)
            if len(parts) > MOST_PARTS or size > MOST_UNPACKED:
                raise unreadable(
                    name, _("解开后过大，没有打开"), _("请只留要导入的图层，压缩后再传。")
                )
            if any(one.flag_bits & 1 for one in parts):
                raise unreadable(name, _("压缩包加了密"), _("请取消密码，重新压缩再传。"))
            return {
                one.filename: packed.read(one)
                for one in parts
                if one.filename.lower().endswith(suffixes) and "__MACOSX" not in one.filename
            }
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as wrong:
        raise unreadable(name, _("压缩包已损坏")) from wrong
