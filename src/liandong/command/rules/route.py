"""What a route may consist of."""

from collections.abc import Sequence
from decimal import Decimal

from liandong.kernel.geo.coordinates import in_china
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

LEAST, MOST = 2, 200


def checked_points(points: Sequence[tuple[Decimal, Decimal]]) -> list[list[float]]:
    """Return the points to a tenth of a meter; refuses too few, too many, and those not in China."""
    if not LEAST <= len(points) <= MOST:
        raise Invalid(
            _("线路有 %(n)d 个点，应有 2 到 200 个。") % {"n": len(points)},
            place=_("各点"),
            remedy=_("请在地图上逐点点选。"),
            fields={"points": _("应有 2 到 200 个点")},
        )
    found = [_checked(at, *one) for at, one in enumerate(points, start=1)]
    if all(one == found[0] for one in found):
        raise Invalid(
            _("各点都在同一处，连不成线路。"),
            place=_("各点"),
            remedy=_("请在地图上逐点点选。"),
            fields={"points": _("请至少填两处不同的点")},
        )
    return found


def _checked(at: int, lon: Decimal, lat: Decimal) -> list[float]:
    place = _("第 %(n)d 个点") % {"n": at}
    try:
        return [float(figure) for figure in in_china(lon, lat, place=place)]
    except Invalid as refused:
        raise Invalid(
            str(refused),
            place=place,
            remedy=refused.remedy,
            fields={"points": _("请核对第 %(n)d 个点") % {"n": at}},
        ) from refused
