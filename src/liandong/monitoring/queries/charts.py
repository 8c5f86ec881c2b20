"""A hydrograph in the form that the page's drawing reads."""

from datetime import datetime
from typing import Any

from liandong.kernel.wording import gettext as _
from liandong.monitoring.queries.hydrographs import Hydrograph
from liandong.monitoring.states import ThresholdKind

# Whatever else a county draws a line for looks like a line to watch.
LINES: dict[str, str] = {
    ThresholdKind.WARNING: "alert",
    ThresholdKind.GUARANTEE: "guarantee",
    ThresholdKind.HISTORICAL_MAX: "record",
}
Points = list[list[Any]]


def chart_of(graph: Hydrograph, now: datetime) -> dict[str, Any]:
    """Level where there is one, else flow; rain from the top; the bounds of what is drawn."""
    is_level = any(value is not None for value in graph.level)
    quantity, unit = (_("水位"), "m") if is_level else (_("流量"), "m³/s")
    drawn = "level_m" if is_level else "flow_m3s"
    return {
        "quantity": quantity,
        "unit": unit,
        "now": now.isoformat(),
        "observed": _points(graph.times, graph.level if is_level else graph.flow),
        "forecast": [],
        "band": [],
        "rain": _points(graph.times, graph.rain),
        "unit_rain": "mm",
        "lines": [
            {
                "kind": LINES.get(bound.kind, "alert"),
                "label": bound.label,
                "value": bound.value,
            }
            for bound in graph.thresholds
            if bound.quantity == drawn
        ],
    }


def _points(times: list[str], values: list[str | None]) -> Points:
    """Times with values; a time that was due and did not come parts the line."""
    if not any(value is not None for value in values):
        return []
    return [[at, value] for at, value in zip(times, values, strict=True)]
