"""Our own warnings in the terms of CAP: what was issued, what replaced it, and its end."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from shapely.geometry.base import BaseGeometry

from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.basemaps.reading import Drawn, area_of, drawn, townships
from liandong.kernel.identity import Node, this_node
from liandong.kernel.wording import gettext as _
from liandong.monitoring.exchange import Alert, Area, Info, Reference
from liandong.monitoring.exchange.levels import stage_of
from liandong.monitoring.exchange.writing import (
    CODE,
    COLOR,
    ENGLISH,
    SEVERITIES,
    category_of,
    clean,
)
from liandong.monitoring.models import Warning  # noqa: A004 -- the county's word for it
from liandong.monitoring.queries.warnings import warnings_for
from liandong.monitoring.states import Level, WarningState

TOLD = (WarningState.ISSUED, WarningState.ADJUSTED, WarningState.LIFTED)
SOON = timedelta(hours=1)
# A township's outline as its base map has it is finer than any alert needs.
SIMPLE_DEGREES, DIGITS = 0.001, 5


def told_warnings(actor: Actor) -> QuerySet[Warning]:
    """The warnings that went out, newest first."""
    return warnings_for(actor).filter(state__in=TOLD).order_by("-published_at", "-pk")


def cap_of(warning: Warning) -> Alert:
    """The latest message about a warning: as it was issued, or its end once it is lifted."""
    return caps_of([warning])[0]


def caps_of(warnings: Sequence[Warning]) -> list[Alert]:
    """The same for several, in as many statements as for one."""
    node, lying = this_node(), drawn()
    chains: dict[UUID, list[Warning]] = defaultdict(list)
    told = Warning.objects.filter(chain__in={one.chain for one in warnings}, state__in=TOLD)
    for row in told.order_by("published_at", "pk"):
        chains[row.chain].append(row)
    return [_alert(one, chains[one.chain], node, lying) for one in warnings]


def _alert(
    warning: Warning, rows: list[Warning], node: Node | None, lying: Sequence[Drawn]
) -> Alert:
    is_end = warning.state == WarningState.LIFTED
    earlier = [row for row in rows if row.pk != warning.pk and _before(row, warning)]
    named = [*earlier, warning] if is_end else earlier
    sent = _whole((warning.ended_at if is_end else warning.published_at) or warning.drafted_at)
    info = _info(warning, node, lying, is_end=is_end)
    return Alert(
        identifier=_number(warning, node) + ("-lifted" if is_end else ""),
        sender=_sender(node),
        sent=sent,
        status="Actual" if warning.realm == ACTUAL else "Exercise",
        kind="Cancel" if is_end else ("Update" if earlier else "Alert"),
        scope="Public",
        note=clean(warning.lifting_reason).strip() if is_end else "",
        references=tuple(
            Reference(_number(row, node), _sender(node), _whole(row.published_at))
            for row in named
        ),
        infos=(info,),
        stage=stage_of(info.headline),
    )


def _before(row: Warning, warning: Warning) -> bool:
    return bool(
        row.published_at and warning.published_at and row.published_at < warning.published_at
    )


def _number(warning: Warning, node: Node | None) -> str:
    return f"{node.division_code if node else 0}-{warning.pk}"


def _sender(node: Node | None) -> str:
    return f"{node.division_code}@{node.pk}" if node else "0"


def _info(warning: Warning, node: Node | None, lying: Sequence[Drawn], *, is_end: bool) -> Info:
    body = str(warning.issuing_body or "")
    starts, published = _whole(warning.starts_at), _whole(warning.published_at)
    about = {"body": body, "warning": warning}
    headline = _("%(body)s解除%(warning)s") if is_end else _("%(body)s发布%(warning)s")
    return Info(
        language="zh-CN",
        categories=(category_of(warning.hazard),),
        event=clean(warning.category).strip(),
        responses=("AllClear",) if is_end else (_response(warning),),
        urgency="Past" if is_end else _urgency(starts, published),
        severity=SEVERITIES.get(warning.level, "Unknown"),
        certainty="Observed" if warning.crossing_id else "Likely",
        event_codes=((CODE, warning.hazard),),
        effective=published,
        onset=starts,
        expires=_whole(warning.expires_at),
        sender_name=body,
        headline=clean(headline % about).strip(),
        description=clean(warning.cautions).strip(),
        instruction=clean(warning.measures).strip(),
        parameters=((COLOR, ENGLISH[warning.level]),) if warning.level else (),
        areas=tuple(_areas(warning, node, lying)),
        hazard=warning.hazard,
        level=warning.level,
    )


def _urgency(starts: datetime | None, published: datetime | None) -> str:
    if starts is None or published is None:
        return "Unknown"
    if starts <= published:
        return "Immediate"
    return "Expected" if starts - published <= SOON else "Future"


def _response(warning: Warning) -> str:
    if any(word in warning.measures for word in ("转移", "撤离", "避险")):
        return "Evacuate"
    return "Execute" if warning.level in {Level.RED, Level.ORANGE} else "Prepare"


def _areas(warning: Warning, node: Node | None, lying: Sequence[Drawn]) -> Iterable[Area]:
    """The townships it names with their ground and code; else its words, and the county's code."""
    named = {one.name: one for one in townships(lying) if one.name in set(warning.areas)}
    for name in warning.areas:
        yield _area(name, named.get(name), lying)
    if not warning.areas:
        code = node.division_code[:6].ljust(12, "0") if node else ""
        words = clean(warning.scope).strip() or (node.name if node else "—")
        yield Area(words, geocodes=(("division", code),) if code else ())


def _area(name: str, township: Drawn | None, lying: Sequence[Drawn]) -> Area:
    code = str(township.properties.get("code") or "") if township else ""
    return Area(
        name.strip() or "—",
        polygons=tuple(_rings(area_of(lying, [name]))) if township else (),
        geocodes=(("division", code),) if code else (),
    )


def _rings(shape: BaseGeometry | None) -> Iterable[tuple[tuple[float, float], ...]]:
    if shape is None:
        return
    for part in getattr(
        shape.simplify(SIMPLE_DEGREES), "geoms", [shape.simplify(SIMPLE_DEGREES)]
    ):
        if part.geom_type == "Polygon" and not part.is_empty:
            yield tuple(
                (round(x, DIGITS), round(y, DIGITS)) for x, y, *_z in part.exterior.coords
            )


def _whole(at: datetime | None) -> datetime | None:
    return at.replace(microsecond=0) if at else None
