"""Destroying in the registers what was destroyed in the journal: reports, nil answers, digests."""

from collections.abc import Callable
from uuid import UUID

from liandong.command.events import CopiesDestroyed
from liandong.command.models import Digest, NilReturn, Report
from liandong.command.permissions import Permission
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _


@action(Permission.DESTROY_COPIES)
def destroy_copies(actor: Actor, *, entry: UUID, idempotency_key: str = "") -> Entry:
    """Take out of a register what an entry had said, once its payload was destroyed.

    A report loses its words, a nil answer and a digest theirs; who sent them when, and figures,
    stay. Publishes ``CopiesDestroyed``. Does nothing where no register keeps it, and where a later
    entry says what stands there now. Refuses an entry that still says it. 《突发事件应对法》第85条.
    Clause 二(二)2.
    """
    row = Entry.objects.filter(pk=entry, realm=actor.realm, payload=None).first()
    if row is None:
        raise Missing(
            _("没有这条记录，或它的内容没有销毁。"), remedy=_("请先在流水页销毁它的内容。")
        )
    names = next((some for some in COPIES if row.name in some), None)
    if names is None or _is_said_later(row, names):
        return row
    COPIES[names](row.subject_id)
    fact = CopiesDestroyed(subject_id=str(row.pk), kind=row.subject_kind, row_id=row.subject_id)
    happened(fact, incident=row.incident, audience={"audit"})
    return row


def _is_said_later(row: Entry, names: frozenset[str]) -> bool:
    """Whether what the register shows is what somebody said after it."""
    same = Entry.objects.filter(
        subject_kind=row.subject_kind, subject_id=row.subject_id, name__in=names
    )
    return same.filter(link__position__gt=row.link.position).exists()


def _empty_report(pk: str) -> None:
    row = Report.objects.get(pk=pk)
    row.change(
        expected_version=row.version,
        text=_gone(),
        elements={},
        reduction_note=_gone() if row.reduction_note else "",
        late_reason=_gone() if row.late_reason else "",
    )


def _empty_lateness(pk: str) -> None:
    row = Report.objects.get(pk=pk)
    row.change(expected_version=row.version, late_reason=_gone())


def _empty_correction(pk: str) -> None:
    row = Report.objects.get(pk=pk)
    row.change(expected_version=row.version, correction_reason=_gone())


def _empty_answer(pk: str) -> None:
    row = NilReturn.objects.get(pk=pk)
    row.change(expected_version=row.version, text=_gone() if row.text else "")


def _empty_digest(pk: str) -> None:
    row = Digest.objects.get(pk=pk)
    sections = [{**one, "text": _gone(), "heads": [], "rows": []} for one in row.sections]
    row.change(expected_version=row.version, sections=sections)


def _gone() -> str:
    return _("（内容已依法销毁）")


# Entries whose words a register keeps too; of those told together the newest stands there.
COPIES: dict[frozenset[str], Callable[[str], None]] = {
    frozenset({"command.report_sent"}): _empty_report,
    frozenset({"command.report_lateness_explained"}): _empty_lateness,
    frozenset({"command.report_correction_begun"}): _empty_correction,
    frozenset({"command.nil_return_answered"}): _empty_answer,
    frozenset(
        {"command.digest_compiled", "command.digest_edited", "command.digest_issued"}
    ): _empty_digest,
}
