"""Readings in, and stations, series and readings out."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid, Missing, Problem
from liandong.kernel.wording import gettext as _
from liandong.monitoring import queries
from liandong.monitoring.actions import file_statistics, receive_warning, record_readings
from liandong.monitoring.adapters.cap_out import cap_file, feed_file, national_file
from liandong.monitoring.adapters.csv_body import read_csv
from liandong.monitoring.adapters.fields import Read
from liandong.monitoring.adapters.files import BOOKS, PACKED, is_foreign, read_file
from liandong.monitoring.adapters.foreign import Given
from liandong.monitoring.adapters.json_body import read_json
from liandong.monitoring.exchange import digest_of
from liandong.monitoring.models import (
    Batch,
    Filing,
    Original,
    Series,
    Station,
    Warning,  # noqa: A004 -- the county's word for it
)
from liandong.monitoring.states import CameBy, Quantity
from liandong.web.requests import LONGEST_KEY, actor_of, key_of

LARGEST_BODY = 1024 * 1024
LARGEST_WARNING = 2 * 1024 * 1024
MOST_ROWS, MOST_TOLD = 1000, 50
TYPES = {"application/json", "text/csv", "text/tab-separated-values"}

router = Router(tags=["monitoring"])


class TooLarge(Problem):
    """A body larger than the intake takes at once."""

    status, code = 413, "too-large"


class WrongType(Problem):
    """A body of a kind the intake does not read."""

    status, code = 415, "wrong-type"


class Told(BaseModel):
    """What the API tells. Read by pydantic itself: ninja's schemas ask for each field in Python."""

    model_config = ConfigDict(from_attributes=True)


class RefusalOut(Told):
    """Why a row was not taken."""

    row: int
    field: str
    problem: str
    remedy: str


class BatchOut(Told):
    """What became of a batch."""

    batch: str
    accepted: int
    corrected: int
    suspect: int
    duplicates: int
    rejected: list[RefusalOut]
    rejected_count: int
    root: str


class ReceivedOut(Told):
    """What became of one alert of a message."""

    id: str
    identifier: str
    standing: str
    level: str
    hazard: str
    concerns_us: bool | None
    problems: list[str]


class OriginalOut(Told):
    """What became of a message: ``outcome`` is ok, warnings, partly or refused."""

    original: str
    digest: str
    shape: str
    outcome: str
    again: bool
    problems: list[str]
    alerts: list[ReceivedOut]


class StationOut(Told):
    """A station."""

    code: str
    name: str
    kind: str
    river: str
    lon: Decimal
    lat: Decimal
    datum: str
    township_code: str


class SeriesOut(Told):
    """What a station measures, and what it measured last."""

    quantity: str
    unit: str
    step_minutes: int
    is_areal: bool
    last_at: datetime | None
    last_value: Decimal | None
    said_at: datetime | None
    said_value: Decimal | None
    said_quality: str | None


class ReadingOut(Told):
    """One reading."""

    at: datetime
    value: Decimal
    quality: str
    flags: int


class ReadingsOut(Told):
    """Some readings, oldest first; ``next_since`` where more follow."""

    readings: list[ReadingOut]
    next_since: datetime | None


class StationsOut(Told):
    """Some stations, by code; ``next_after`` where more follow."""

    stations: list[StationOut]
    next_after: str | None


class OwedFilingOut(Told):
    """Statistics that a body owes for a period, and what the form asks."""

    id: UUID
    form: str
    name: str
    body: str
    from_on: date
    until_on: date
    due_at: datetime
    version: int
    items: list[dict[str, Any]]


class FilingIn(Schema):
    """What a body has to say for a period."""

    values: dict[str, str | bool] = {}
    is_nil: bool = False
    is_checked: bool = False
    note: Annotated[str, Field(max_length=1000)] = ""
    reason: Annotated[str, Field(max_length=300)] = ""
    version: Annotated[int, Field(ge=0)] = 1


class FiledOut(Told):
    """What was filed."""

    id: UUID
    edition: int
    is_nil: bool
    is_late: bool
    values: dict[str, Any]
    version: int


class Page(Schema):
    """Which stations are asked for."""

    after: Annotated[str, Field(max_length=12, pattern=r"^[0-9A-Za-z]*$")] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 200


class Span(Schema):
    """Which readings are asked for."""

    since: AwareDatetime
    until: AwareDatetime
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = MOST_ROWS


@router.post(
    "/readings",
    response=BatchOut,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["readings"],
                        "properties": {
                            "readings": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "required": ["station", "quantity", "at", "value"],
                                    "properties": {
                                        "station": {"type": "string"},
                                        "quantity": {
                                            "type": "string",
                                            "description": ", ".join(Quantity.values),
                                        },
                                        "at": {"type": "string", "format": "date-time"},
                                        "value": {"type": ["number", "string"]},
                                    },
                                },
                            }
                        },
                    }
                },
                "text/csv": {
                    "schema": {"type": "string", "description": "station,quantity,at,value"}
                },
            },
        },
    },
)
def post_readings(request: HttpRequest) -> dict[str, Any]:
    """Take readings in, as JSON or CSV; the answer tells what became of each row.

    Also what ``liandong observations load`` reads: SL 323, NWIS, WaterML, SensorThings, tables; where they
    do not say themselves whose they are, ``?station=`` and ``?series=`` do. Rows that cannot be are refused one by one; the body as a whole only when it cannot be read.
    ``Idempotency-Key`` makes sending the same body again harmless. A time without a zone is Beijing's.
    """
    actor = _actor(request)
    read = _read(request)
    batch = record_readings(
        actor,
        readings=read.observations,
        refused=read.refusals,
        source=actor.label or actor.device or "api",
        idempotency_key=key_of(request),
    )
    return _told(batch)


@router.post(
    "/warnings",
    response=OriginalOut,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                kind: {"schema": {"type": "string", "format": "binary"}}
                for kind in ("application/xml", "application/json", "text/plain")
            },
        },
    },
)
def post_warning(request: HttpRequest) -> dict[str, Any]:
    """Take in a warning of somebody else: CAP, 12379, EDXL-DE, a feed, JSON or text, as it is.

    It is kept whatever it says; ``outcome`` tells whether it is taken. The same bytes again are known.
    """
    actor = _actor(request)
    body = _body(request, LARGEST_WARNING)
    known = queries.original_of(digest_of(body), actor.realm)
    original = receive_warning(
        actor,
        body=body,
        source=actor.label or actor.device or "api",
        came_by=CameBy.API,
        idempotency_key=key_of(request),
    )
    return _taken(original, again=known is not None)


@router.get("/warnings/feed.atom", response=str)
def get_feed(request: HttpRequest) -> HttpResponse:
    """The warnings that went out, newest first, as an Atom feed whose links lead to each as CAP."""
    rows = list(queries.told_warnings(_actor(request))[:MOST_TOLD])
    told = [
        (row, request.build_absolute_uri(reverse("api:get_cap", args=[row.pk]))) for row in rows
    ]
    newest = [row.ended_at or row.published_at or row.drafted_at for row in rows]
    body = feed_file(
        told,
        updated=max(newest, default=clock.now(_actor(request).realm)),
        address=request.build_absolute_uri(request.path),
    )
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


@router.get("/warnings/{uuid:pk}/cap.xml", response=str)
def get_cap(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The latest message about a warning as CAP 1.2, signed by the node where it has a certificate."""
    return HttpResponse(
        cap_file(_told_warning(request, pk)), content_type="application/cap+xml; charset=utf-8"
    )


@router.get("/warnings/{uuid:pk}/12379.xml", response=str)
def get_national(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same in the shape of 12379, for whoever enters it there; it is not sent by the node."""
    return HttpResponse(
        national_file(_told_warning(request, pk)), content_type="application/xml; charset=utf-8"
    )


@router.get("/stations", response=StationsOut)
def get_stations(request: HttpRequest, page: Query[Page]) -> dict[str, Any]:
    """List the stations by code."""
    _actor(request)
    found = queries.stations().filter(code__gt=page.after).values(*StationOut.model_fields)
    rows = list(found[: page.limit + 1])
    more = len(rows) > page.limit
    rows = rows[: page.limit]
    return {"stations": rows, "next_after": rows[-1]["code"] if more else None}


@router.get("/stations/{code}", response=StationOut)
def get_station(request: HttpRequest, code: str) -> Station:
    """Show one station."""
    _actor(request)
    return queries.station_by_code(_clean(code))


@router.get("/stations/{code}/series", response=list[SeriesOut])
def get_series(request: HttpRequest, code: str) -> list[Series]:
    """List what a station measures."""
    actor = _actor(request)
    station = queries.station_by_code(_clean(code))
    return list(queries.latest_readings(actor.realm).filter(station=station))


@router.get("/stations/{code}/series/{quantity}/readings", response=ReadingsOut)
def get_readings(
    request: HttpRequest, code: str, quantity: str, span: Query[Span]
) -> dict[str, Any]:
    """List the readings of a series in a time, oldest first, a page at a time."""
    actor = _actor(request)
    if not span.since <= span.until:
        raise Invalid(
            _("起止时间颠倒。"), place="since", remedy=_("开始时间应不晚于结束时间。")
        )
    station = queries.station_by_code(_clean(code))
    series = Series.objects.filter(station=station, quantity=_clean(quantity)).first()
    if series is None:
        raise Missing(
            _("这个测站没有这个测项。"), place="quantity", remedy=_("请先查测站的测项。")
        )
    found = queries.readings_between(series, actor.realm, span.since, span.until)
    rows = list(found[: span.limit + 1])
    more = rows[span.limit].at if len(rows) > span.limit else None
    return {"readings": rows[: span.limit], "next_since": more}


@router.get("/filings/owed", response=list[OwedFilingOut])
def get_owed_filings(request: HttpRequest) -> list[dict[str, Any]]:
    """List the statistics that the caller's own bodies owe, the most urgent first."""
    return [_owed(one) for one in queries.filings_owed_by(_actor(request))]


@router.post("/filings/{filing}", response=FiledOut)
def post_filing(request: HttpRequest, filing: UUID, said: FilingIn) -> Filing:
    """File the statistics of one body and period, or correct them.

    ``values`` are by the form's item keys. ``version`` is the one last seen: 1 before the first time.
    """
    actor = _actor(request)
    return file_statistics(
        actor,
        filing=queries.filing_for(actor, filing),
        values=said.values,
        is_nil=said.is_nil,
        is_checked=said.is_checked,
        note=said.note,
        reason=said.reason,
        expected_version=said.version,
        idempotency_key=key_of(request),
    )


def _owed(one: Filing) -> dict[str, Any]:
    return {
        "id": one.pk,
        "form": one.form.key,
        "name": one.form.name,
        "body": one.body.short_name,
        "from_on": one.from_on,
        "until_on": one.until_on,
        "due_at": one.due_at,
        "version": one.version,
        "items": one.form.items,
    }


def _actor(request: HttpRequest) -> Actor:
    return actor_of(request)


def _read(request: HttpRequest) -> Read:
    """Read the body by its type; refuses one that is too large before it is read."""
    body = _body(request, LARGEST_BODY)
    if request.content_type not in TYPES or body.startswith((PACKED, *BOOKS)):
        raise WrongType(
            _("不接受这种内容类型。"),
            place="Content-Type",
            remedy=_("请用 application/json 或 text/csv。"),
        )
    # Told by the type and nothing else, the two of our own are read without looking further.
    if request.content_type == "text/csv" and not request.GET:
        return read_csv(body)
    if request.content_type == "application/json" and not is_foreign(body):
        return read_json(body)
    return read_file(body, _given(request))


def _given(request: HttpRequest) -> Given:
    """What the address says of a file that does not say it itself."""
    station = _clean(request.GET.get("station", ""))
    if station:
        queries.station_by_code(station)
    series = _clean(request.GET.get("series", ""))
    return Given(station, series, streams=queries.places_of_datastreams())


def _body(request: HttpRequest, most: int) -> bytes:
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > most:
        raise _too_large(most)
    body = request.body
    if len(body) > most:
        raise _too_large(most)
    return body


def _told_warning(request: HttpRequest, pk: UUID) -> Warning:
    row = queries.told_warnings(_actor(request)).filter(pk=pk).first()
    if row is None:
        raise Missing(
            _("没有这条已发布的预警，或无权查看。"), remedy=_("请从订阅源里取它的地址。")
        )
    return row


def _taken(original: Original, *, again: bool) -> dict[str, Any]:
    return {
        "original": str(original.pk),
        "digest": original.digest,
        "shape": original.shape,
        "outcome": original.outcome,
        "again": again,
        "problems": [one["code"] for one in original.problems],
        "alerts": [
            {
                "id": str(row.pk),
                "identifier": row.identifier,
                "standing": row.standing,
                "level": row.level,
                "hazard": row.hazard,
                "concerns_us": row.concerns_us,
                "problems": [one["code"] for one in row.problems],
            }
            for row in original.alerts.order_by("number")
        ],
    }


def _too_large(most: int) -> TooLarge:
    return TooLarge(
        _("内容超过 %(n)d MB。") % {"n": most // 1024 // 1024},
        place=_("整份内容"),
        remedy=_("请分成几份送。"),
    )


def _clean(text: str) -> str:
    """A part of an address; NUL would be PostgreSQL's trouble."""
    return text.replace("\0", "")[:LONGEST_KEY]


def _told(batch: Batch) -> dict[str, Any]:
    return {
        "batch": str(batch.pk),
        "accepted": batch.count,
        "corrected": batch.corrected,
        "suspect": batch.suspect,
        "duplicates": batch.duplicates,
        "rejected": batch.refusals,
        "rejected_count": batch.rejected,
        "root": batch.root,
    }
