"""Input of where an incident is."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.kernel.geo.coordinates import Point, wgs84_from_bd09, wgs84_from_gcj02
from liandong.web.forms import DeedForm

# What telephones and web maps show is shifted by some hundred meters: it is taken back, never kept.
DATUMS: dict[str, Callable[[float, float], Point]] = {
    "gcj02": wgs84_from_gcj02,
    "bd09": wgs84_from_bd09,
}
SIXTH = Decimal("0.000001")


class LocateForm(DeedForm):
    """A place on the map, or figures that somebody read out, with what they are figures of."""

    title = _("标定事发位置")
    verb = _("标定位置")
    busy = _("正在标定")
    done = _("位置已标定，各处地图随即更新")
    widths: ClassVar[dict[str, str]] = {"lon": "half", "lat": "half"}

    lon = forms.DecimalField(
        label=_("经度"), min_value=-180, max_value=180, max_digits=12, help_text=_("如 112.418")
    )
    lat = forms.DecimalField(
        label=_("纬度"), min_value=-90, max_value=90, max_digits=12, help_text=_("如 27.7312")
    )
    datum = forms.ChoiceField(
        label=_("数字从哪里来"),
        choices=[
            ("wgs84", _("在本图上点选，或北斗、GPS 设备（WGS-84）")),
            ("gcj02", _("手机、高德、腾讯地图（GCJ-02，自动换算）")),
            ("bd09", _("百度地图（BD-09，自动换算）")),
        ],
    )

    def arguments(self) -> dict[str, Any]:
        """The place as the action takes it: WGS-84."""
        values = super().arguments()
        turn = DATUMS.get(values.pop("datum"))
        if turn is not None:
            lon, lat = turn(float(values["lon"]), float(values["lat"]))
            values["lon"], values["lat"] = (
                Decimal(str(one)).quantize(SIXTH) for one in (lon, lat)
            )
        return values
