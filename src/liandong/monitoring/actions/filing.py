"""Filing statistics, correcting them, and signing for them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.monitoring import queries, rules
from liandong.monitoring.actions.filed_series import record_filing
from liandong.monitoring.events import FilingsSigned, StatisticsFiled
from liandong.monitoring.models import Filing, FilingEdition, FilingReceipt, StatisticForm
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.items import checked, jumps, nil_values
from liandong.monitoring.signals.periods import span_text, span_with
from liandong.monitoring.states import FilingState
from liandong.organization.models import Body


@action(Permission.FILE_STATISTICS)
def file_statistics(
    actor: Actor,
    *,
    filing: Filing,
    values: Mapping[str, Any],
    expected_version: int,
    is_nil: bool = False,
    is_checked: bool = False,
    note: str = "",
    reason: str = "",
    idempotency_key: str = "",
) -> Filing:
    """Say what a body has to say for a period, or correct it. Publishes ``StatisticsFiled``.

    Each time is an edition of its own; figures go into the body's series at once. With ``is_nil``
    nothing new happened, and what there is stays what it was. Refuses another's figures (but the
    form's office may take them down), a period that is not over, what does not fit the items, a
    leap against last time that nobody has ``is_checked``, lateness and corrections without a
    reason, a correction that changes nothing, whoever saw an older version, and a drill.
    Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    actor.demand(Permission.FILE_STATISTICS, body=str(filing.body_id))
    rules.demand_filer(actor, filing)
    now = clock.now(ACTUAL)
    rules.demand_begun(filing, localdate(now))
    kept = _checked(filing, values, is_nil=is_nil, is_checked=is_checked)
    rules.demand_reason(filing, reason, now)
    if filing.is_filed and (kept, is_nil, note.strip()) == (
        filing.values,
        filing.is_nil,
        filing.note,
    ):
        raise Invalid(
            _("和上一版完全一样，没有什么可更正的。"),
            place=str(filing),
            remedy=_("如数据无误，不必再报。"),
        )
    was_filed, edition = filing.is_filed, filing.edition + 1
    by = actor.label if rules.works_for(actor, filing.body_id) else f"{actor.label}（代报）"
    filing.change(
        expected_version=expected_version,
        state=FilingState.FILED,
        edition=edition,
        is_nil=is_nil,
        is_late=filing.is_late or (not was_filed and now > filing.due_at),
        values=kept,
        note=note.strip(),
        filed_at=now,
        filed_by=by[:200],
    )
    batch = record_filing(actor, filing, kept)
    FilingEdition.objects.create(
        filing=filing,
        number=edition,
        is_nil=is_nil,
        values=kept,
        note=filing.note,
        reason=reason.strip()[:300],
        filed_at=now,
        filed_by=filing.filed_by,
        batch=batch,
    )
    _tell(filing, was_filed=was_filed, reason=reason)
    return filing


@action(Permission.SIGN_FILINGS)
def sign_filings(
    actor: Actor,
    *,
    form: StatisticForm,
    from_on: date,
    body: Body,
    idempotency_key: str = "",
) -> StatisticForm:
    """Sign, as a receiver, for whatever has been filed for a period so far. Publishes ``FilingsSigned``.

    What is filed or corrected later is signed for anew. Refuses whoever does not receive the form,
    another's signature, when nothing waits, and a drill. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    actor.demand(Permission.SIGN_FILINGS, body=str(body.pk))
    rules.demand_own_body(actor, body)
    if body.pk not in queries.receivers_of(form):
        raise Forbidden(
            _("“%(form)s”不报送%(body)s。") % {"form": form, "body": body},
            remedy=_("请由接收单位签收。"),
        )
    waiting = list(queries.unsigned_filings(form, from_on, body).select_for_update(no_key=True))
    if not waiting:
        raise IllegalMove(
            _("这一期没有待签收的报送。"),
            place=form.name,
            remedy=_("请刷新页面，看最新情况。"),
        )
    now = clock.now(ACTUAL)
    FilingReceipt.objects.bulk_create(
        [
            FilingReceipt(
                filing=row,
                body=body,
                edition=row.edition,
                signed_at=now,
                signed_by=actor.label[:200],
            )
            for row in waiting
        ],
        update_conflicts=True,
        unique_fields=["filing", "body"],
        update_fields=["edition", "signed_at", "signed_by"],
    )
    fact = FilingsSigned(
        subject_id=str(form.pk),
        form=form.name,
        period_text=span_text(form.period, span_with(form.schedule, from_on)),
        body_id=str(body.pk),
        body=body.short_name,
        filings=[str(row.pk) for row in waiting],
    )
    happened(fact, audience={scope for row in waiting for scope in row.audience})
    return form


def _checked(
    filing: Filing, values: Mapping[str, Any], *, is_nil: bool, is_checked: bool
) -> dict[str, Any]:
    """What is kept of what was said; refuses what does not fit."""
    items = filing.form.asked
    before = queries.values_before(filing)
    said = nil_values(items, before) if is_nil else values
    unknown = sorted(set(said) - {item.key for item in items})
    kept, wrong = checked(items, said)
    if unknown:
        wrong[unknown[0]] = _("报表里没有这一项")
    if wrong and is_nil:
        raise Invalid(
            _("有些项是存量，上期没有数据，不能零报告。"),
            place=str(filing),
            remedy=_("请逐项填写一次，以后才能零报告。"),
            fields=wrong,
        )
    if wrong:
        raise Invalid(
            _("报送的数据有误。"),
            place=str(filing),
            remedy=_("请按提示改正。"),
            fields=wrong,
        )
    if not is_checked and not is_nil and (leaps := jumps(items, kept, before)):
        raise Invalid(
            _("有些数据和上期相差悬殊。"),
            place=str(filing),
            remedy=_("请核对；确实如此的，请勾选“已核对”再报。"),
            fields={**leaps, "is_checked": _("核对无误后请勾选")},
        )
    return kept


def _tell(filing: Filing, *, was_filed: bool, reason: str) -> None:
    kind = "corrected" if was_filed else "nil" if filing.is_nil else "filed"
    fact = StatisticsFiled(
        subject_id=str(filing.pk),
        kind=kind,
        form=filing.form.name,
        period_text=filing.period_text,
        body_id=str(filing.body_id),
        body=filing.body.short_name,
        edition=filing.edition,
        is_nil=filing.is_nil,
        is_late=filing.is_late,
        reason=reason.strip()[:300],
        values={key: str(value) for key, value in filing.values.items()},
    )
    happened(fact, audience=filing.audience)
