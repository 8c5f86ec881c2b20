"""What units file as series: each figure a reading, so that bounds, sparklines and statistics know it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.utils.timezone import make_aware

from liandong.kernel.actors import Actor, Grant
from liandong.kernel.geo.cells import cell_at
from liandong.kernel.ids import uuid7
from liandong.monitoring.actions.reading import record_readings
from liandong.monitoring.models import Batch, FiledStation, Filing, Series, Station
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.observations import Observation
from liandong.monitoring.states import Period, StationKind
from liandong.organization.models import Body

DAY = 24 * 60
MINUTES = {
    Period.DAILY: DAY,
    Period.WEEKLY: 7 * DAY,
    Period.TEN_DAY: 10 * DAY,
    Period.MONTHLY: 30 * DAY,
    Period.QUARTERLY: 91 * DAY,
}


def record_filing(actor: Actor, filing: Filing, values: Mapping[str, Any]) -> Batch | None:
    """Write the figures of a filing into its body's series, within the caller's transaction.

    They stand at the beginning of the period's last day: the earliest moment they can be filed.
    None where the form asks for no figure.
    """
    numeric = [item for item in filing.form.asked if item.is_numeric and item.key in values]
    if not numeric:
        return None
    station = filed_station(filing)
    at = moment_of(filing)
    readings = [
        Observation(station.code, item.key, at, Decimal(values[item.key]), number)
        for number, item in enumerate(numeric, 1)
    ]
    clerk = replace(
        actor, grants=actor.grants | {Grant(permission=str(Permission.RECORD_READINGS))}
    )
    return record_readings(
        clerk, readings=readings, source=f"统计报送：{filing.form}", filed=True
    )


def moment_of(filing: Filing) -> datetime:
    """Where on the line of time a filing's figures stand."""
    return make_aware(datetime.combine(filing.until_on, time.min))


def filed_station(filing: Filing) -> Station:
    """The station of a form and a body, made at the first filing, with a series an item."""
    form, body = filing.form, filing.body
    known = FiledStation.objects.select_related("station").filter(form=form, body=body).first()
    station = known.station if known else _enter(filing)
    Series.objects.bulk_create(
        [
            Series(
                station=station,
                quantity=item.key,
                own_label=item.label,
                own_unit=item.unit,
                step_minutes=MINUTES[Period(form.period)],
            )
            for item in form.asked
            if item.is_numeric
        ],
        update_conflicts=True,
        unique_fields=["station", "quantity"],
        update_fields=["own_label", "own_unit", "step_minutes"],
    )
    return station


def _enter(filing: Filing) -> Station:
    form, body = filing.form, filing.body
    lon, lat = _place(body)
    station = Station.objects.create(
        code=f"TJ{uuid7().hex[-10:].upper()}",
        name=f"{body.short_name}{form.name}"[:60],
        kind=StationKind.FILED,
        lon=lon,
        lat=lat,
        cell=cell_at(float(lon), float(lat)),
        township_code=body.division_code,
    )
    FiledStation.objects.create(form=form, body=body, station=station)
    return station


def _place(body: Body) -> tuple[Decimal, Decimal]:
    """The body's seat. No map shows stations of this kind, so one without a seat stands nowhere."""
    nowhere = Decimal()
    return (
        body.lon if body.lon is not None else nowhere,
        body.lat if body.lat is not None else nowhere,
    )
