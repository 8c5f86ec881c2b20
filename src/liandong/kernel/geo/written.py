"""Coordinates as people write them: decimal degrees, degrees with minutes and seconds, with signs of east and north."""

import re
from decimal import Decimal

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

SIXTH = Decimal("0.000001")
FULL_WIDTH = {ord("０") + n: str(n) for n in range(10)} | {ord("．"): ".", ord("，"): ","}
NUMBER = r"\d{1,3}(?:\.\d{1,15})?"
DEGREES = re.compile(
    rf"(?P<before>东经|北纬|西经|南纬|经度|纬度|[ENWS])?[:：\s]*"
    rf"(?P<sign>[-−])?(?P<degrees>{NUMBER})\s*(?:[°º度˚d]\s*)?"
    rf"(?:(?<=[\s°º度˚d])(?P<minutes>{NUMBER})\s*(?:['′’‘分m]\s*)?"
    rf"(?:(?<=[\s'′’‘分m])(?P<seconds>{NUMBER})\s*(?:[\"″”“秒s]|''|′′|’’)?)?)?"
    r"\s*(?P<after>[ENWS]|东经|北纬)?",
    re.IGNORECASE,
)
BACKWARD = {"W", "S", "西经", "南纬"}


def degrees(text: str) -> Decimal:
    """Read one coordinate: 105.0668, 105°04′01″, 东经105度4分1秒, E105 4.02. Raises ``Invalid``."""
    found = DEGREES.fullmatch(text.translate(FULL_WIDTH).strip())
    if found is None:
        raise _unread(text)
    whole = Decimal(found["degrees"])
    minutes, seconds = (Decimal(found[part] or 0) for part in ("minutes", "seconds"))
    if found["minutes"] and (whole % 1 or minutes >= 60):
        raise _unread(text)
    if found["seconds"] and (minutes % 1 or seconds >= 60):
        raise _unread(text)
    value = whole + minutes / 60 + seconds / 3600
    back = {str(found[part] or "").upper() for part in ("before", "after")} & BACKWARD
    return -value if found["sign"] or back else value


def meters(text: str) -> Decimal:
    """Read one coordinate of a plane grid, in meters. Raises ``Invalid``."""
    bare = re.sub(r"[,\s]|米|m$", "", text.translate(FULL_WIDTH).strip())
    if not re.fullmatch(r"\d{5,8}(?:\.\d{1,6})?", bare):
        raise Invalid(
            _("“%(text)s”不是平面坐标。") % {"text": text[:30]},
            remedy=_("请写以米为单位的数字，例如 506543.21。"),
        )
    return Decimal(bare)


def are_swapped(lon: Decimal, lat: Decimal) -> bool:
    """Say whether two numbers are a place in China the wrong way round: no longitude there is a latitude."""
    return 3 <= lon <= 54 and 73 <= lat <= 136


def _unread(text: str) -> Invalid:
    return Invalid(
        _("“%(text)s”不是经纬度。") % {"text": text[:30]},
        remedy=_("请写成 105.0668 或 105°04′01″。"),
    )
