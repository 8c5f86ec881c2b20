"""A place in a form: clicked on a map beside it, or typed as somebody read it out."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.kernel.geo.coordinates import SIXTH, Point, wgs84_from_bd09, wgs84_from_gcj02
from liandong.web.forms import DeedForm

# What telephones and web maps show is shifted by some hundred meters: it is taken back, never kept.
SHIFTED: dict[str, Callable[[float, float], Point]] = {
    "gcj02": wgs84_from_gcj02,
    "bd09": wgs84_from_bd09,
}
SOURCES = [
    ("wgs84", _("在本图上点选，本机位置，或北斗、GPS 设备（WGS-84）")),
    ("gcj02", _("手机、高德、腾讯地图（GCJ-02，自动换算）")),
    ("bd09", _("百度地图（BD-09，自动换算）")),
]


class PlacedForm(DeedForm):
    """A deed with a place: ``lon`` and ``lat`` reach the action in WGS-84, to a tenth of a meter.

    ``web/map/_pick.html`` is the map beside it. Where ``must_be_placed`` is false both may stay
    blank, but not one alone; then both are None.
    """

    must_be_placed: ClassVar[bool] = True

    lon = forms.DecimalField(
        label=_("经度"), min_value=-180, max_value=180, max_digits=14, help_text=_("如 112.418")
    )
    lat = forms.DecimalField(
        label=_("纬度"), min_value=-90, max_value=90, max_digits=14, help_text=_("如 27.7312")
    )
    read_from = forms.ChoiceField(
        label=_("数字从哪里来"),
        required=False,
        choices=SOURCES,
        widget=forms.Select({"data-locating": ""}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lon", "lat"):
            self.fields[name].required = self.must_be_placed

    @property
    def spot(self) -> Point | None:
        """What the boxes say while the form is drawn; None for nothing, or for no place at all."""
        try:
            return self._turned(*(Decimal(str(self[name].value())) for name in ("lon", "lat")))
        except (InvalidOperation, ValueError):
            return None

    def clean(self) -> dict[str, Any] | None:
        """Refuse half a place."""
        cleaned = super().clean() or {}
        blank = [
            name
            for name in ("lon", "lat")
            if cleaned.get(name) is None and name not in self.errors
        ]
        if len(blank) == 1 and not self.must_be_placed:
            self.add_error(blank[0], _("经度、纬度要一起填写，或都不填。"))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """The place as an action takes it: WGS-84."""
        values = super().arguments()
        values.pop("read_from")
        if values["lon"] is not None and values["lat"] is not None:
            there = self._turned(values["lon"], values["lat"])
            values |= dict(zip(("lon", "lat"), kept(there), strict=True))
        return values

    def _turned(self, lon: Decimal, lat: Decimal) -> Point:
        return turned(str(self["read_from"].value()), lon, lat)


def turned(source: str, lon: Decimal, lat: Decimal) -> Point:
    """The true place of what was read from a source; raises ``ValueError`` for no place on earth."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError
    return SHIFTED.get(source, Point)(float(lon), float(lat))


def kept(place: Point) -> tuple[Decimal, Decimal]:
    """Longitude and latitude to a tenth of a meter."""
    lon, lat = (Decimal(str(figure)).quantize(SIXTH) for figure in place)
    return lon, lat
