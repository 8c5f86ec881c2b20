"""The clock of a form: what is owed for a period that ends, and who is told of silence."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localdate, make_aware

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import IllegalMove
from liandong.kernel.timers import set_timer
from liandong.kernel.wording import gettext as _
from liandong.kernel.working_days import is_working
from liandong.monitoring import rules
from liandong.monitoring.events import FilingsAsked, FilingsUrged
from liandong.monitoring.models import Filing, StatisticForm
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.periods import (
    ONE,
    Span,
    due_at,
    span_text,
    span_with,
    spans_ending,
)
from liandong.monitoring.states import FilingState, UrgeStep
from liandong.organization import queries as organization
from liandong.organization.models import Body
from liandong.organization.states import BodyKind

FORM, DUE = "monitoring.statistic_form", "monitoring.filings_due"
# After a node stood still: what is older than this is nobody's to file any more.
OLDEST = timedelta(days=100)


def ring_at(form: StatisticForm, at: datetime) -> None:
    """Set the form's clock."""
    set_timer(DUE, realm=ACTUAL, due_at=at, subject_kind=FORM, subject_id=str(form.pk))


@action(Permission.URGE_FILINGS)
def ring_statistic_form(
    actor: Actor, *, form: StatisticForm, idempotency_key: str = ""
) -> StatisticForm:
    """Ask for the periods that have come to their last day, and tell of silence as far as it is due.

    Publishes ``FilingsAsked`` and ``FilingsUrged`` a period, and sets the clock for what comes next.
    Does nothing for a form that was withdrawn. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    row = StatisticForm.objects.select_for_update(no_key=True).get(pk=form.pk)
    if not row.in_force:
        return row
    now = clock.now(ACTUAL)
    _ask(row, now)
    owed = list(Filing.objects.filter(form=row, state=FilingState.AWAITED))
    _climb(row, owed, now)
    ring_at(row, _next(row, owed, now))
    return row


@action(Permission.URGE_FILINGS)
def urge_filings(
    actor: Actor, *, form: StatisticForm, from_on: date, idempotency_key: str = ""
) -> StatisticForm:
    """Remind by hand whoever has not filed for a period. Publishes ``FilingsUrged``.

    Refuses when everybody has, and a drill. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    owed = list(Filing.objects.filter(form=form, from_on=from_on, state=FilingState.AWAITED))
    if not owed:
        raise IllegalMove(
            _("这一期没有单位待报。"), place=form.name, remedy=_("请刷新页面，看最新情况。")
        )
    _tell(form, owed[0].span, UrgeStep.OVERDUE, owed)
    return form


def _ask(form: StatisticForm, now: datetime) -> None:
    """Owe what has come to its last day: a statement for all bodies and periods together."""
    today = localdate(now)
    first = max(form.starts_on, today - OLDEST)
    spans = list(spans_ending(form.schedule, first, today))
    # A period is asked for before it is over only on its very last day.
    bodies = _filers(form)
    there = set(
        Filing.objects.filter(form=form, from_on__gte=first - OLDEST).values_list(
            "body", "from_on"
        )
    )
    audience = rules.filing_audience(form, form.receivers.all())
    made = [
        Filing(
            realm=ACTUAL,
            audience=sorted({*audience, f"body:{body.pk}"}),
            form=form,
            body=body,
            from_on=span.from_on,
            until_on=span.until_on,
            due_at=(due := _due(form, span)),
            urged=UrgeStep.REMINDED
            if due - timedelta(hours=form.remind_hours) <= now
            else UrgeStep.ASKED,
        )
        for span in spans
        for body in bodies
        if (body.pk, span.from_on) not in there
    ]
    Filing.objects.bulk_create(made)
    for rows in _by_span(made):
        one = rows[0]
        happened(
            FilingsAsked(
                subject_id=str(form.pk),
                form=form.name,
                form_key=form.key,
                period_text=one.period_text,
                from_on=one.from_on.isoformat(),
                due_at=one.due_at.isoformat(),
                bodies=sorted(str(row.body_id) for row in rows),
            ),
            audience=one_audience(rows),
        )


def _climb(form: StatisticForm, owed: Sequence[Filing], now: datetime) -> None:
    """Tell the next one up of each that is still silent: once a step, several steps late as one."""
    told: dict[UrgeStep, list[Filing]] = defaultdict(list)
    for row in owed:
        due = [step for step, after in form.ladder.items() if row.due_at + after <= now]
        if due and max(due) > row.urged:
            told[max(due)].append(row)
    for step, rows in told.items():
        Filing.objects.filter(pk__in=[row.pk for row in rows]).update(urged=step)
        for some in _by_span(rows):
            _tell(form, some[0].span, step, some)
        for row in rows:
            row.urged = step


def _tell(form: StatisticForm, span: Span, step: int, rows: Sequence[Filing]) -> None:
    fact = FilingsUrged(
        subject_id=str(form.pk),
        form=form.name,
        form_key=form.key,
        period_text=span_text(form.period, span),
        from_on=span.from_on.isoformat(),
        step=int(step),
        bodies=sorted(str(row.body_id) for row in rows),
    )
    happened(fact, audience=one_audience(rows))


def one_audience(rows: Iterable[Filing]) -> set[str]:
    """Whoever sees one of some filings."""
    return {scope for row in rows for scope in row.audience}


def _next(form: StatisticForm, owed: Sequence[Filing], now: datetime) -> datetime:
    today = localdate(now)
    span = span_with(form.schedule, max(today + ONE, form.starts_on))
    moments = [make_aware(datetime.combine(span.until_on, time.min))]
    moments += [
        at
        for row in owed
        for step, after in form.ladder.items()
        if step > row.urged and (at := row.due_at + after) > now
    ]
    return min(moments)


def _by_span(rows: Iterable[Filing]) -> list[list[Filing]]:
    found: dict[date, list[Filing]] = defaultdict(list)
    for row in rows:
        found[row.from_on].append(row)
    return list(found.values())


def _due(form: StatisticForm, span: Span) -> datetime:
    return make_aware(due_at(form.schedule, span, is_working))


def _filers(form: StatisticForm) -> list[Body]:
    """Who files: each body or its heir, and the townships there are today."""
    named = [organization.heir_of(one) for one in form.filers.select_related("merged_into")]
    if form.all_townships:
        named += organization.bodies_by_kind(BodyKind.TOWNSHIP)
    found = {one.pk: one for one in named if one.merged_into_id is None}
    return list(found.values())
