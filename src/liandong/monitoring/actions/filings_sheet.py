"""Statistics from a spreadsheet: what taking it in would do, and doing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from liandong.documents.sheets import (
    CHANGED,
    NEW,
    SAME,
    Change,
    Draft,
    Finding,
    draft,
    refuse_findings,
)
from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Stale
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.monitoring import queries, rules
from liandong.monitoring.actions.filing import file_statistics
from liandong.monitoring.models import Filing, StatisticForm
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.items import checked, nil_values


@dataclass(frozen=True, kw_only=True)
class FilingRow:
    """A line of the sheet: whose filing it is, what it says, and why if late or a correction."""

    row: int
    filing: UUID
    values: Mapping[str, Any]
    is_nil: bool = False
    reason: str = ""
    note: str = ""


def plan_filings(
    form: StatisticForm, rows: Sequence[FilingRow], findings: Sequence[Finding] = ()
) -> Draft:
    """Say which filings would be new, which corrections, and what does not fit, line by line."""
    there = _there(form, rows)
    changes, wrong = [], list(findings)
    for one in rows:
        filing = there[one.filing]
        said = (
            nil_values(form.asked, queries.values_before(filing)) if one.is_nil else one.values
        )
        kept, faults = checked(form.asked, said)
        wrong += [Finding(one.row, "", why) for why in faults.values()]
        same = filing.is_filed and (kept, one.is_nil) == (filing.values, filing.is_nil)
        kind = SAME if same else CHANGED if filing.is_filed else NEW
        told = listed(
            f"{item.label} {kept[item.key]}" for item in form.asked if item.key in kept
        )
        detail = _("零报告") if one.is_nil else told
        changes.append(
            Change(one.row, kind, f"{filing.body.short_name} {filing.period_text}", str(detail))
        )
    return draft(changes, wrong)


@action(Permission.FILE_STATISTICS)
def take_filings(
    actor: Actor,
    *,
    form: StatisticForm,
    rows: Sequence[FilingRow],
    seen: str,
    idempotency_key: str = "",
) -> StatisticForm:
    """File every line of a spreadsheet, or none. Publishes ``StatisticsFiled`` for each.

    Lines that say what is filed already are passed over. Whoever has seen the lines has seen the
    leaps. Refuses another draft than ``seen``, and what filing one of them refuses. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    planned = plan_filings(form, rows)
    refuse_findings(planned.findings)
    if seen != planned.fingerprint:
        raise Stale(
            _("核对之后，这张报表又有单位报送或更正。"),
            remedy=_("请按页面上最新的逐行结果再确认一次。"),
        )
    same = {change.row for change in planned.changes if change.kind == SAME}
    there = _there(form, rows)
    for one in rows:
        if one.row in same:
            continue
        filing = there[one.filing]
        file_statistics(
            actor,
            filing=filing,
            values=one.values,
            is_nil=one.is_nil,
            is_checked=True,
            reason=one.reason,
            note=one.note,
            expected_version=filing.version,
        )
    return form


def _there(form: StatisticForm, rows: Sequence[FilingRow]) -> dict[UUID, Filing]:
    found = Filing.objects.filter(form=form, pk__in=[one.filing for one in rows])
    return {one.pk: one for one in found.select_related("form__office", "body")}
