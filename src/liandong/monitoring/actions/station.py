"""Registering stations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.geo.cells import cell_at
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.monitoring.events import StationRegistered
from liandong.monitoring.models import Series, Station
from liandong.monitoring.models.station import CODE
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import Quantity, StationKind


@dataclass(frozen=True, kw_only=True)
class SeriesSpec:
    """What a station measures, and of which river it speaks."""

    quantity: str
    step_minutes: int = 60
    is_areal: bool = False
    is_main_river: bool = False
    is_trunk: bool = False


@action(Permission.REGISTER_STATION)
def register_station(
    actor: Actor,
    *,
    code: str,
    name: str,
    kind: str,
    lon: Decimal,
    lat: Decimal,
    series: Sequence[SeriesSpec],
    river: str = "",
    datum: str = "",
    township_code: str = "",
    idempotency_key: str = "",
) -> Station:
    """Enter a station and what it measures, or its new particulars. Publishes ``StationRegistered``.

    Refuses codes that are not 8 digits, places off the earth (WGS-84 is meant), unknown kinds and
    quantities, and a level without its datum. Series that are not named again stay as they are.
    """
    _check(code, name, kind, datum, series)
    # Refuses a place off the earth.
    cell = cell_at(float(lon), float(lat))
    particulars = {
        "name": name.strip(),
        "kind": kind,
        "river": river.strip(),
        "lon": lon,
        "lat": lat,
        "cell": cell,
        "datum": datum.strip(),
        "township_code": township_code,
    }
    station, _made = Station.objects.update_or_create(code=code, defaults=particulars)
    for spec in series:
        values = dict(vars(spec))
        Series.objects.update_or_create(
            station=station, quantity=values.pop("quantity"), defaults=values
        )
    happened(
        StationRegistered(
            subject_id=str(station.pk),
            code=code,
            station=station.name,
            kind=kind,
            quantities=[str(spec.quantity) for spec in series],
        ),
        audience={"county"},
    )
    return station


def _check(code: str, name: str, kind: str, datum: str, series: Sequence[SeriesSpec]) -> None:
    fields = {}
    if not re.fullmatch(CODE, code):
        fields["code"] = _("站码应为 8 位数字")
    if not name.strip():
        fields["name"] = _("请填写站名")
    if kind not in StationKind.values:
        fields["kind"] = _("站类应为 %(kinds)s 之一") % {"kinds": listed(StationKind.values)}
    if not series or any(spec.quantity not in Quantity.values for spec in series):
        fields["series"] = _("测项应为 %(all)s 中的一项或几项") % {
            "all": listed(Quantity.values)
        }
    if any(spec.step_minutes < 1 for spec in series):
        fields["step_minutes"] = _("报送间隔至少 1 分钟")
    if any(spec.quantity == Quantity.LEVEL for spec in series) and not datum.strip():
        fields["datum"] = _("测水位的站必须写明基面，不同基面的水位不能比较")
    if fields:
        place = _("测站 %(code)s") % {"code": code[:40]}
        raise Invalid(
            _("测站信息不完整或有误。"), place=place, remedy=_("请按提示改正。"), fields=fields
        )
