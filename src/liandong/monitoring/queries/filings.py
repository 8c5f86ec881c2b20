"""What units file: who owes, who filed what, and who has not signed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils.timezone import localdate, localtime

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, EVERYTHING, Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import scopes_of
from liandong.kernel.wording import gettext as _
from liandong.monitoring.models import (
    FiledStation,
    Filing,
    FilingReceipt,
    Reading,
    Series,
    StatisticForm,
)
from liandong.monitoring.signals.items import Item
from liandong.monitoring.signals.periods import (
    Span,
    span_short,
    span_text,
    span_with,
    spans_back,
    year_before,
)
from liandong.monitoring.states import FilingState
from liandong.organization import queries as organization
from liandong.organization.models import Body

SHOWN = 8
CHARTED = 12
MOST_FILEABLE = 2000


def own_bodies(actor: Actor) -> list[UUID]:
    """The bodies an actor works for."""
    named = (scope.removeprefix("body:") for scope in actor.scopes if scope.startswith("body:"))
    return [UUID(one) for one in named if len(one) == 36]


def visible_filings(actor: Actor) -> QuerySet[Filing]:
    """What an actor may see of what is owed and filed. Also in a drill it is the county's own."""
    rows = Filing.objects.select_related("form", "body")
    if EVERYTHING in actor.scopes:
        return rows
    return rows.filter(audience__overlap=scopes_of(actor))


def filing_for(actor: Actor, pk: UUID | str) -> Filing:
    """One of them, by its id. Raises ``Missing``."""
    rows = visible_filings(actor).select_related("form__office")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Missing(
            _("没有这份统计报送，或者本单位看不到它。"), remedy=_("请从统计报表进入。")
        )
    return row


def statistic_forms() -> QuerySet[StatisticForm]:
    """The forms in force, by name; what is asked of units is open to all of the county."""
    return StatisticForm.objects.filter(in_force=True).select_related("office")


def statistic_form(key: str) -> StatisticForm:
    """A form by its key, also one that was withdrawn. Raises ``Missing``."""
    row = StatisticForm.objects.select_related("office").filter(key=key).first()
    if row is None:
        raise Missing(_("没有这张统计报表。"), place=key[:40], remedy=_("请从列表进入。"))
    return row


def statistic_form_with(pk: UUID | str) -> StatisticForm:
    """A form by its id. Raises ``Missing``."""
    row = StatisticForm.objects.select_related("office").filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这张统计报表。"), remedy=_("请从列表进入。"))
    return row


def forms_with_silence(actor: Actor) -> QuerySet[Any]:
    """The forms in force with how many filings of each are ``owed`` and ``overdue``, as far as one sees them."""
    awaited = Q(filings__state=FilingState.AWAITED, filings__in=visible_filings(actor))
    late = awaited & Q(filings__due_at__lt=clock.now(ACTUAL))
    return statistic_forms().annotate(
        owed=Count("filings", filter=awaited), overdue=Count("filings", filter=late)
    )


def filings_owed_by(actor: Actor) -> list[Filing]:
    """What the actor's own bodies owe, the most urgent first."""
    rows = Filing.objects.filter(
        body__in=own_bodies(actor), state=FilingState.AWAITED, form__in_force=True
    )
    return list(rows.select_related("form", "body").order_by("due_at", "pk"))


def filings_overdue(actor: Actor) -> QuerySet[Filing]:
    """Who is silent although the time is over, as far as an actor sees it, the longest first."""
    rows = visible_filings(actor).filter(
        state=FilingState.AWAITED, form__in_force=True, due_at__lt=clock.now(ACTUAL)
    )
    return rows.order_by("due_at", "form__name", "body__order")


def fileable_by(actor: Actor, form: StatisticForm) -> list[Filing]:
    """The filings of a form that an actor may make: its bodies' own, or of its office any; the latest first."""
    rows = Filing.objects.filter(form=form).select_related("form__office", "body")
    own = own_bodies(actor)
    if EVERYTHING not in actor.scopes and form.office_id not in own:
        rows = rows.filter(body__in=own)
    return list(rows.order_by("-from_on", "body__order", "body__sort_key")[:MOST_FILEABLE])


def filed_station_for(actor: Actor, pk: UUID | str) -> FiledStation:
    """The series of a form and body, for whoever sees what it files. Raises ``Missing``."""
    row = FiledStation.objects.select_related("form", "body", "station").filter(pk=pk).first()
    if row is None or not visible_filings(actor).filter(form=row.form, body=row.body).exists():
        raise Missing(
            _("没有这份报送数据，或者本单位看不到它。"), remedy=_("请从统计报表进入。")
        )
    return row


def filed_figures(
    row: FiledStation, *, limit: int
) -> list[tuple[Series, dict[str, Any], list[Reading]]]:
    """Each figure's readings, newest first, and the chart of them; two queries."""
    series = list(row.station.series.select_related("station"))
    found: dict[int, list[Reading]] = {one.pk: [] for one in series}
    for reading in Reading.objects.filter(realm=ACTUAL, series__in=series).order_by("-at"):
        if len(found[reading.series_id]) < limit:
            found[reading.series_id].append(reading)
    return [(one, _bars(one, found[one.pk]), found[one.pk]) for one in series]


def _bars(series: Series, readings: Sequence[Reading]) -> dict[str, Any]:
    shown = list(reversed(readings[:CHARTED]))
    return {
        "unit": series.unit,
        "names": [f"{localtime(one.at):%F}" for one in shown],
        "stacked": False,
        "series": [
            {
                "name": series.label,
                "tone": "accent",
                "values": [str(one.value) for one in shown],
            }
        ],
    }


def values_before(filing: Filing) -> dict[str, Any]:
    """What the same body filed for the last period before; nothing where it filed for none."""
    rows = Filing.objects.filter(
        form=filing.form_id,
        body=filing.body_id,
        from_on__lt=filing.from_on,
        state=FilingState.FILED,
    )
    return rows.order_by("-from_on").values_list("values", flat=True).first() or {}


def receivers_of(form: StatisticForm) -> list[UUID]:
    """Who signs for what is filed: the office and those it is sent to."""
    return list({form.office_id, *form.receivers.values_list("pk", flat=True)})


def receiver_of(form: StatisticForm, pk: UUID) -> Body:
    """One of those who sign for a form. Raises ``Missing``."""
    row = organization.all_bodies().filter(pk=pk, pk__in=receivers_of(form)).first()
    if row is None:
        raise Missing(_("这张报表不由这个单位签收。"), remedy=_("请从报表页进入。"))
    return row


def unsigned_filings(form: StatisticForm, from_on: date, body: Body) -> QuerySet[Filing]:
    """What has been filed for a period and not been signed for by a receiver in its last edition."""
    signed = FilingReceipt.objects.filter(body=body, edition=F("filing__edition"))
    rows = Filing.objects.filter(form=form, from_on=from_on, state=FilingState.FILED)
    return rows.exclude(pk__in=signed.values("filing")).order_by("pk")


def phones_of(bodies: Iterable[Body]) -> dict[UUID, str]:
    """Whom to ring at each of some bodies: the liaison's holder and number. The same few queries."""
    posts = {post.body_id: post for post in organization.liaisons(list(bodies))}
    staffed = organization.staffed(posts.values())
    people = {one.person_id for some in staffed.values() for one in some}
    numbers = organization.telephones_of([*people, *(post.pk for post in posts.values())])
    found = {}
    for body, post in posts.items():
        holder = next(iter(staffed.get(post.pk, ())), None)
        number = (holder and numbers.get(holder.person_id)) or numbers.get(post.pk, "")
        found[body] = f"{holder.person.name if holder else ''} {number}".strip()
    return found


@dataclass(frozen=True)
class Cell:
    """One body in one period: a word for how it stands, its look, and what was filed."""

    look: str
    word: str
    filing: Filing | None


@dataclass(frozen=True)
class Sheet:
    """A form at a glance: units by periods, and each figure summed up over the units."""

    spans: list[Span]
    heads: list[str]
    short: list[str]
    rows: list[tuple[Body, list[Cell]]]
    totals: list["Total"] = field(default_factory=list)


@dataclass(frozen=True)
class Total:
    """A figure over all units, period by period, beside the last period and the same one last year."""

    item: Item
    sums: list[Decimal | None]
    change: Decimal | None
    year_ago: Decimal | None
    filed: int


def sheet_of(actor: Actor, form: StatisticForm, *, count: int = SHOWN) -> Sheet:
    """The last periods of a form, as far as an actor sees them. The same few queries however many."""
    now = clock.now(ACTUAL)
    spans = spans_back(form.schedule, _last_span(form, now), count)
    rows = visible_filings(actor).filter(form=form)
    receipts = Prefetch("receipts", FilingReceipt.objects.select_related("body"))
    shown = list(
        rows.filter(from_on__gte=spans[0].from_on)
        .prefetch_related(receipts)
        .order_by("body__order", "body__sort_key", "from_on")
    )
    by_body: dict[UUID, tuple[Body, dict[date, Filing]]] = {}
    for one in shown:
        one.form = form
        by_body.setdefault(one.body_id, (one.body, {}))[1][one.from_on] = one
    return Sheet(
        spans=spans,
        heads=[span_text(form.period, span) for span in spans],
        short=[span_short(form.period, span) for span in spans],
        rows=[
            (body, [_cell(filed.get(span.from_on), now) for span in spans])
            for body, filed in by_body.values()
        ],
        totals=_totals(form, shown, rows, spans) if shown else [],
    )


def _last_span(form: StatisticForm, now: datetime) -> Span:
    """The last period that has been asked for; the present one while none has."""
    last = form.filings.order_by("-from_on").first()
    return last.span if last else span_with(form.schedule, localdate(now))


def _cell(filing: Filing | None, now: datetime) -> Cell:
    if filing is None:
        return Cell("", "", None)
    if not filing.is_filed:
        late = now > filing.due_at
        return Cell("overdue" if late else "due", _("逾期未报") if late else _("待报"), filing)
    if filing.edition > 1:
        return Cell("replaced", _("已更正"), filing)
    if filing.is_late:
        return Cell("soon", _("迟报"), filing)
    return Cell("ok", _("零报告") if filing.is_nil else _("已报"), filing)


def _totals(
    form: StatisticForm, shown: Sequence[Filing], rows: QuerySet[Filing], spans: Sequence[Span]
) -> list[Total]:
    ago = year_before(form.schedule, spans[-1])
    filed = [one for one in shown if one.is_filed]
    before = list(rows.filter(from_on=ago.from_on, state=FilingState.FILED))
    by_span: dict[date, list[Mapping[str, Any]]] = {span.from_on: [] for span in spans}
    for one in filed:
        by_span.get(one.from_on, []).append(one.values)
    found = []
    for item in form.asked:
        if not item.is_numeric:
            continue
        sums = [_sum(item, by_span[span.from_on]) for span in spans]
        last, previous = sums[-1], sums[-2] if len(sums) > 1 else None
        found.append(
            Total(
                item=item,
                sums=sums,
                change=last - previous if last is not None and previous is not None else None,
                year_ago=_sum(item, [one.values for one in before]),
                filed=len(by_span[spans[-1].from_on]),
            )
        )
    return found


def _sum(item: Item, filed: Sequence[Mapping[str, Any]]) -> Decimal | None:
    """What the units together have filed; None where none has."""
    figures = [Decimal(values[item.key]) for values in filed if item.key in values]
    return sum(figures, Decimal()) if figures else None
