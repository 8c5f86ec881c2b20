"""Inspecting what is dangerous, and having it mended."""

from datetime import date

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.sharing import queries, rules
from liandong.sharing.events import DefectMended, InspectionRecorded
from liandong.sharing.models import Inspection, Record
from liandong.sharing.permissions import Permission
from liandong.sharing.registers.days import next_inspection


@action(Permission.INSPECT_RECORD)
def record_inspection(
    actor: Actor,
    *,
    record: Record,
    done_on: date,
    by: str,
    found: str = "",
    mend_by: date | None = None,
    expected_version: int,
    idempotency_key: str = "",
) -> Inspection:
    """Write down an inspection; the next one falls due by the record's cycle.

    Publishes ``InspectionRecorded``. Refuses days to come, a finding without a day by which it is
    mended, and a day without a finding. Not for drills. Clause 二(一)1,《突发事件应对法》第三十三条.
    """
    rules.demand_actual(actor)
    rules.demand_keeper(actor, Permission.INSPECT_RECORD, [record.body_id])
    rules.demand_current(record)
    wrong = rules.wrong_inspection(done_on, found, mend_by, queries.today())
    if wrong:
        raise Invalid(
            _("检查记录有误。"), place=str(record), remedy=_("请按提示改正。"), fields=wrong
        )
    due = next_inspection(record.register, record.values, done_on)
    record.change(expected_version=expected_version, inspect_on=due)
    row = Inspection.objects.create(
        record=record,
        done_on=done_on,
        by=by.strip()[:100],
        found=found.strip(),
        mend_by=mend_by,
        entered_by=actor.label[:200],
    )
    fact = InspectionRecorded(
        subject_id=str(record.pk),
        inspection_id=str(row.pk),
        number=record.number,
        title=record.name,
        done_on=done_on.isoformat(),
        mend_by=mend_by.isoformat() if mend_by else "",
        next_on=due.isoformat() if due else "",
    )
    happened(fact, audience=record.audience)
    return row


@action(Permission.INSPECT_RECORD)
def report_mended(
    actor: Actor,
    *,
    inspection: Inspection,
    mended_on: date,
    mended: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Inspection:
    """Say that what was found has been put right, and how. Publishes ``DefectMended``.

    Refuses inspections that found nothing or are closed, and days to come or before the
    inspection. Not for drills. Clause 二(一)1.
    """
    record = inspection.record
    rules.demand_actual(actor)
    rules.demand_keeper(actor, Permission.INSPECT_RECORD, [record.body_id])
    rules.demand_open(inspection)
    if not inspection.done_on <= mended_on <= queries.today():
        raise Invalid(
            _("整改完成的日期不对。"),
            place=str(record),
            remedy=_("应在检查之后、今天以前。"),
            fields={"mended_on": _("请核对日期")},
        )
    inspection.change(
        expected_version=expected_version, mended_on=mended_on, mended=mended.strip()
    )
    fact = DefectMended(
        subject_id=str(record.pk),
        inspection_id=str(inspection.pk),
        number=record.number,
        title=record.name,
        mended_on=mended_on.isoformat(),
    )
    happened(fact, audience=record.audience)
    return inspection
