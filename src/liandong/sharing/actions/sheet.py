"""Taking a file of records in, and taking that back."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from liandong.documents.sheets import Line, refuse_findings
from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.divisions import Division
from liandong.kernel.problems import IllegalMove, Invalid, Stale
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.organization.models import Body
from liandong.sharing import queries, rules
from liandong.sharing.actions.moving import move_records
from liandong.sharing.actions.sheet_plan import plan_sheet
from liandong.sharing.actions.taking import take_records
from liandong.sharing.actions.writing import RecordRow
from liandong.sharing.models import Record, RecordVersion, Taking
from liandong.sharing.permissions import Permission
from liandong.sharing.registers import register_of
from liandong.sharing.states import Deed, RecordState

MOST_NAMED = 20


@action(Permission.TAKE_RECORDS)
def take_sheet(
    actor: Actor,
    *,
    kind: str,
    place: Division,
    rows: Sequence[Line],
    seen: str | None,
    name: str,
    digest: str,
    body: Body | None = None,
    again: bool = False,
    idempotency_key: str = "",
) -> Taking:
    """Enter, change and withdraw what the lines of a file say, all or nothing.

    Publishes what ``take_records`` does, and ``RecordWithdrawn`` of each that is marked so. Refuses
    lines that are wrong, naming cells, whoever saw another draft than ``seen`` (None where nobody
    was shown one, as at the command line), and, unless ``again``, a file that came in before,
    byte for byte, and was not taken back. Lines that name no body are of ``body``, else of the
    actor's own. Not for drills. Clause 二(一)1.
    """
    rules.demand_actual(actor)
    if not again:
        rules.demand_new_file(queries.taken_before(kind, digest))
    planned = plan_sheet(actor, place, register_of(kind), rows, body=body)
    refuse_findings(planned.findings)
    if seen is not None and seen != planned.draft.fingerprint:
        raise Stale(
            _("核对之后，登记的内容又有变动。"),
            remedy=_("请刷新页面，按最新的逐行结果再确认一次。"),
        )
    taking = take_records(actor, kind=kind, rows=planned.rows, source=name, digest=digest)
    reason = _("导入 %(source)s") % {"source": name}
    move_records(actor, planned.withdrawn, RecordState.WITHDRAWN, reason=reason, taking=taking)
    return taking


@action(Permission.TAKE_RECORDS)
def undo_taking(
    actor: Actor, *, taking: Taking, skip_changed: bool = False, idempotency_key: str = ""
) -> Taking:
    """Put every record that a file touched back to what it was; what it entered is withdrawn.

    Publishes what ``take_records`` does, ``RecordWithdrawn`` and ``RecordRestored``. Refuses a taking
    that was taken back already, and, unless ``skip_changed``, records changed since, naming them;
    with it they stay as they are now. What was only confirmed stays confirmed. Not for drills.
    """
    rules.demand_actual(actor)
    if taking.undoes_id or Taking.objects.filter(undoes=taking).exists():
        raise IllegalMove(
            _("这次导入已经撤回，或本身就是撤回。"),
            place=str(taking),
            remedy=_("请看导入记录里最新的情况。"),
        )
    touched = list(taking.versions.select_related("record__body").order_by("record_id"))
    if not touched:
        raise Invalid(
            _("这次导入没有改动任何登记，没有要撤回的。"),
            place=str(taking),
            remedy=_("请核对是不是另一次导入。"),
        )
    rules.demand_keeper(actor, Permission.TAKE_RECORDS, {one.record.body_id for one in touched})
    moved = [one for one in touched if one.record.version != one.number]
    if moved and not skip_changed:
        named = listed(str(one.record) for one in moved[:MOST_NAMED])
        raise Stale(
            _("导入之后有 %(n)d 条又被改过。") % {"n": len(moved)},
            place=named,
            remedy=_("请勾选“保留之后改过的”，撤回其余各条；改过的请逐条核对。"),
        )
    back = [one for one in touched if one.record.version == one.number]
    source = _("撤回：%(source)s") % {"source": taking.source}
    undone = take_records(
        actor, kind=taking.kind, rows=list(_rows_before(back)), source=source[:200]
    )
    move_records(
        actor, _of(back, Deed.ENTERED), RecordState.WITHDRAWN, reason=source, taking=undone
    )
    move_records(
        actor, _of(back, Deed.WITHDRAWN), RecordState.CURRENT, reason=source, taking=undone
    )
    Taking.objects.filter(pk=undone.pk).update(undoes=taking)
    undone.undoes = taking
    return undone


def _of(versions: Iterable[RecordVersion], deed: Deed) -> list[Record]:
    return [one.record for one in versions if one.deed == deed]


def _rows_before(versions: Sequence[RecordVersion]) -> Iterable[RecordRow]:
    """What the changed records said before, from their history."""
    changed = {one.record_id: one for one in versions if one.deed == Deed.CHANGED}
    earlier = RecordVersion.objects.filter(record__in=list(changed)).order_by("number")
    before = {
        one.record_id: one.snapshot
        for one in earlier
        if one.number < changed[one.record_id].number
    }
    for pk, version in changed.items():
        said = before[pk]
        yield RecordRow(
            **{key: said[key] for key in said if key not in {"lon", "lat"}},
            lon=_decimal(said["lon"]),
            lat=_decimal(said["lat"]),
            number=version.record.number,
            expected_version=version.number,
        )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
