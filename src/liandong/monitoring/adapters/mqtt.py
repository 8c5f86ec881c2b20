"""Messages of devices: what stands after the device in the topic, and a body in one of four forms.

``obs/<device>`` (or ``obs/<device>/<anything>``) takes rows, as JSON like the body of the API, a
single row, lines of CSV, or an Observation after SensorThings. ``obs/<device>/<station>/<quantity>``
takes one value with its time. ``obs/<device>/status`` is what a device says of itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from liandong.kernel.problems import Problem
from liandong.kernel.wording import gettext as _
from liandong.monitoring.actions import Refusal
from liandong.monitoring.adapters.csv_body import NAMES, read_csv
from liandong.monitoring.adapters.fields import FIELDS, Read
from liandong.monitoring.adapters.json_body import loaded, read_rows

STATUS = "status"
BOM = b"\xef\xbb\xbf"
PAIR = 2


def is_status(topic: Sequence[str]) -> bool:
    """Whether a device says something of itself, rather than readings."""
    return list(topic) == [STATUS]


def read_message(topic: Sequence[str], body: bytes, number: int) -> Read:
    """Read a message; its number becomes the row of all it holds. What cannot be read is refused."""
    body = body.removeprefix(BOM).strip()
    try:
        if len(topic) > PAIR:
            read = _refused("topic", _("主题的层数太多。"), _too_deep())
        elif len(topic) == PAIR:
            read = _value(topic[0], topic[1], body)
        else:
            read = _rows(body)
    except Problem as trouble:
        problem = f"{trouble.place}:{trouble.title}" if trouble.place else trouble.title
        read = _refused("payload", problem, trouble.remedy)
    return _numbered(read, number)


def _rows(body: bytes) -> Read:
    if not body:
        return _refused("payload", _("报文是空的。"), _("没有新读数时不必报送。"))
    if body[:1] in {b"{", b"["}:
        said = loaded(body)
        if isinstance(said, dict) and "readings" not in said:
            return _one(said)
        return read_rows(said)
    first = body.split(b"\n", 1)[0].decode("utf-8", "replace")
    names = {NAMES.get(cell.strip(), cell.strip()) for cell in first.split(",")}
    if names.isdisjoint(FIELDS):
        body = ",".join(FIELDS).encode() + b"\n" + body
    return read_csv(body)


def _one(said: Mapping[str, object]) -> Read:
    """A row alone, or an Observation after SensorThings, whose Datastream says station and quantity."""
    read = Read()
    stream = said.get("Datastream")
    if isinstance(stream, dict):
        name = str(stream.get("@iot.id", ""))
        station, _between, quantity = name.replace(":", "/").partition("/")
        said = {"station": station, "quantity": quantity, **said}
    read.take(1, _plain(said))
    return read


def _value(station: str, quantity: str, body: bytes) -> Read:
    """One value with its time: as JSON, or as both with a comma between, in any order."""
    read = Read()
    if body[:1] == b"{":
        said = loaded(body)
        found = _plain(said) if isinstance(said, dict) else {}
    else:
        text = body.decode("utf-8", "replace")
        parts = [part.strip() for part in text.split(",")]
        if len(parts) > PAIR:
            return _refused("payload", _("“%(text)s”不是一个数值和它的时间。"), "", text)
        # A date has two dashes or a colon; a number has neither.
        times = [part for part in parts if ":" in part or part.count("-") > 1]
        values = [part for part in parts if part not in times]
        found = {"at": "".join(times), "value": "".join(values[:1])}
    read.take(1, {**found, "station": station, "quantity": quantity})
    return read


def _plain(said: Mapping[str, object]) -> dict[str, object]:
    """The words of SensorThings put into ours; of a span of time its end, when rain has fallen."""
    found = dict(said)
    if "result" in found:
        found.setdefault("value", found["result"])
    time = found.get("phenomenonTime") or found.get("resultTime")
    if isinstance(time, str):
        found.setdefault("at", time.rpartition("/")[2])
    return found


def _refused(field: str, problem: str, remedy: str, text: str = "") -> Read:
    if text:
        shown = "".join(one if one.isprintable() else "␀" for one in text[:40])
        problem = problem % {"text": shown}
    remedy = remedy or _("请写成“2026-07-14T05:00:00+08:00,3.21”。")
    return Read(refusals=[Refusal(1, field, problem, remedy)])


def _too_deep() -> str:
    return _("主题请用 obs/设备/站码/测项，或 obs/设备。")


def _numbered(read: Read, number: int) -> Read:
    return Read(
        [replace(said, row=number) for said in read.observations],
        [replace(refusal, row=number) for refusal in read.refusals],
    )
