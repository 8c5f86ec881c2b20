"""What is asked of the risk map: which ground, and which registers."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from liandong.kernel.basemaps.reading import drawn, townships
from liandong.kernel.geo.coordinates import Point
from liandong.sharing.queries.regions import Region, around_place, below, enclosed, of_township
from liandong.sharing.registers import REGISTERS
from liandong.web.maps.tracing import LineForm

CIRCLE, POLYGON, RIVER, TOWNSHIP = "circle", "polygon", "river", "township"
SHAPES = [
    (CIRCLE, _("一点周边")),
    (POLYGON, _("多边形")),
    (RIVER, _("沿河下游")),
    (TOWNSHIP, _("乡镇")),
]


class RegionForm(LineForm):
    """A region, drawn or named, and the registers to look into; none means all of them."""

    widths: ClassVar[dict[str, str]] = {"km": "half", "width_km": "half"}
    field_order = ("shape", "points", "read_from", "km", "width_km", "township", "kinds")

    shape = forms.ChoiceField(
        label=_("范围"), choices=SHAPES, widget=forms.RadioSelect, initial=CIRCLE
    )
    km = forms.FloatField(
        label=_("半径或河段长（公里）"), required=False, initial=3, min_value=0.1, max_value=200
    )
    width_km = forms.FloatField(
        label=_("两岸各宽（公里）"), required=False, initial=0.5, min_value=0.1, max_value=20
    )
    township = forms.ChoiceField(label=_("乡镇"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("登记簿"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
        help_text=_("不选即全部"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].required = False
        self.fields["points"].widget.attrs["rows"] = 3
        self.fields["kinds"].choices = [  # type: ignore[attr-defined]
            (one.kind, one.title) for one in REGISTERS.values() if one.shapes
        ]
        self.fields["township"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((one.name, one.name) for one in townships(drawn())),
        ]

    def region(self) -> Region:
        """The ground that was asked about. Raises ``Invalid`` where there is none."""
        asked = self.cleaned_data
        points = [Point(float(lon), float(lat)) for lon, lat in asked["points"]]
        km, wide = (asked.get(name) or self.fields[name].initial for name in ("km", "width_km"))
        drawing: dict[str, Callable[[], Region]] = {
            CIRCLE: lambda: around_place(points, km),
            POLYGON: lambda: enclosed(points),
            RIVER: lambda: below(points, km, wide),
            TOWNSHIP: lambda: of_township(asked["township"]),
        }
        return drawing[asked["shape"]]()
