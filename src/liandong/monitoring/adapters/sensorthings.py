"""Observations after SensorThings: one, a list, or arrays by Datastream. Which series a Datastream is, the county says."""

from collections.abc import Iterator, Mapping
from typing import Any

from liandong.kernel.wording import gettext as _
from liandong.monitoring.actions import Refusal
from liandong.monitoring.adapters.fields import Read
from liandong.monitoring.adapters.foreign import Given, Taking

LINK = "Datastream@iot.navigationLink"


def is_sensorthings(said: Any) -> bool:
    """Whether it is an Observation, or holds some."""
    if isinstance(said, dict) and isinstance(said.get("value"), list):
        said = said["value"]
    first = said[0] if isinstance(said, list) and said else said
    return isinstance(first, dict) and bool({"result", "dataArray"} & set(first))


def read_sensorthings(said: Any, given: Given) -> Read:
    """Read the Observations; those of a Datastream that nobody has mapped are refused by its name."""
    taking = Taking(given)
    for number, (stream, one) in enumerate(_observations(said), 1):
        station, quantity = _place(stream, given)
        if not quantity:
            problem = _("数据流“%(name)s”没有对应的测项。") % {"name": stream[:40]}
            remedy = _("请执行 liandong observations map 数据流 --station 站码 --series 测项。")
            taking.read.refusals.append(Refusal(number, "Datastream", problem, remedy))
            continue
        # Of a span of time its end: rain is told when it has fallen.
        at = str(one.get("phenomenonTime") or one.get("resultTime") or "").rpartition("/")[2]
        taking.take(number, station=station, quantity=quantity, at=at, value=one.get("result"))
    return taking.done()


def _observations(said: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each Observation with the name of its Datastream."""
    if isinstance(said, dict) and isinstance(said.get("value"), list):
        said = said["value"]
    for one in said if isinstance(said, list) else [said]:
        if isinstance(one, dict):
            stream, names = _stream(one), one.get("components")
            if isinstance(one.get("dataArray"), list) and isinstance(names, list):
                for row in one["dataArray"]:
                    yield (
                        stream,
                        dict(zip(names, row if isinstance(row, list) else [], strict=False)),
                    )
            else:
                yield stream, one


def _stream(one: Mapping[str, Any]) -> str:
    stream = one.get("Datastream")
    if isinstance(stream, dict):
        return str(stream.get("@iot.id", stream.get("name", "")))
    link = str(one.get(LINK, ""))
    inside = link.rpartition("Datastreams(")[2].partition(")")[0].strip("'")
    return inside if "Datastreams(" in link else link


def _place(stream: str, given: Given) -> tuple[str, str]:
    """Station and quantity: as the county mapped them, as the caller says, or as the name itself has it."""
    if stream in given.streams:
        return given.streams[stream]
    if given.series:
        return given.station, given.series
    station, _colon, quantity = stream.replace("/", ":").partition(":")
    return station, quantity
