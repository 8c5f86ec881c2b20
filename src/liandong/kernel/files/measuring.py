"""Lengths and digests of contents on their way in."""

import hashlib
from typing import BinaryIO

from liandong.kernel.files.kinds import MEGABYTE
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _


def copy_within(name: str, content: BinaryIO, copy: BinaryIO, limit: int) -> None:
    """Copy a content that is neither empty nor longer than the limit; raises ``Invalid``."""
    total = 0
    while piece := content.read(MEGABYTE):
        total += len(piece)
        if total > limit:
            raise too_large(name, limit)
        copy.write(piece)
    if not total:
        raise Invalid(
            _("“%(name)s”是空的。") % {"name": name},
            place=name,
            remedy=_("请核对后重新选择文件。"),
            fields={"content": _("文件是空的")},
        )
    copy.seek(0)


def digest_of(content: BinaryIO) -> tuple[str, int]:
    """SHA-256 in hexadecimal, and the length."""
    content.seek(0)
    made, size = hashlib.sha256(), 0
    while piece := content.read(MEGABYTE):
        made.update(piece)
        size += len(piece)
    content.seek(0)
    return made.hexdigest(), size


def too_large(name: str, limit: int) -> Invalid:
    """The refusal of a file that is larger than may be."""
    return Invalid(
        _("“%(name)s”超过 %(limit)d MB。") % {"name": name, "limit": limit // MEGABYTE},
        place=name,
        remedy=_("请压缩或分成几个文件；音视频等长文件请用分段上传，最大 500 MB。"),
        fields={"content": _("文件过大")},
    )
