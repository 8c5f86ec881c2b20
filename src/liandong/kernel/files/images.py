"""Photographs without what they tell of the one who took them: no EXIF, no place, no comment."""

import io
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

MOST_PIXELS = 80_000_000
QUALITY = 90
# Phones write several pictures into one JPEG (MPO); the first is the photograph.
FORMATS = {"image/jpeg": ("JPEG", "MPO"), "image/png": ("PNG",), "image/webp": ("WEBP",)}


def without_traces(name: str, media_type: str, content: BinaryIO) -> BinaryIO:
    """The picture saved anew, upright, pixels and colors only; raises ``Invalid``."""
    formats = FORMATS[media_type]
    try:
        with Image.open(content, formats=formats) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _wrong(name, _("图片过大（超过 8000 万像素）"), _("请缩小后再传。"))
            if getattr(picture, "is_animated", False) and picture.format != "MPO":
                raise _wrong(name, _("不收动图"), _("请改传视频(mp4)或单张图片。"))
            upright = ImageOps.exif_transpose(picture)
            return _saved(upright, formats[0], picture.info.get("icc_profile"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _wrong(name, _("图片过大（超过 8000 万像素）"), _("请缩小后再传。")) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise _wrong(name, _("图片不完整或已损坏"), _("请重新拍摄或另存后再传。")) from broken


def _saved(picture: Image.Image, form: str, profile: bytes | None) -> BinaryIO:
    plain = picture.copy()
    # Whatever stands here some writers would carry over: EXIF, XMP, comments, text chunks.
    plain.info = {key: plain.info[key] for key in ("transparency",) if key in plain.info}
    made = io.BytesIO()
    options = {"icc_profile": profile} if profile else {}
    if form == "PNG":
        plain.save(made, form, optimize=False, exif=b"", **options)
    else:
        plain.save(made, form, quality=QUALITY, exif=b"", **options)
    made.seek(0)
    return made


def _wrong(name: str, what: str, remedy: str) -> Invalid:
    return Invalid(
        _("“%(name)s”没有收下：%(what)s。") % {"name": name, "what": what},
        place=name,
        remedy=remedy,
        fields={"content": what},
    )
