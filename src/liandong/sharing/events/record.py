"""What sharing tells the apps above it. What a record says is not repeated here: it may be sensitive."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("sharing.record_entered", about="sharing.record")
class RecordEntered(Event):
    """Something has been entered in a register."""

    kind: str
    number: str
    title: str
    body_id: str
    say = _("登记 {title}（{number}）")


@event("sharing.record_changed", about="sharing.record")
class RecordChanged(Event):
    """A record says something else now; ``fields`` names what, not how."""

    kind: str
    number: str
    title: str
    body_id: str
    fields: list[str]
    reason: str
    say = _("变更 {title}（{number}）")


@event("sharing.record_confirmed", about="sharing.record")
class RecordConfirmed(Event):
    """Who answers for a record says that it is still so."""

    kind: str
    number: str
    title: str
    due_on: str
    say = _("核实 {title}（{number}）无变化")


@event("sharing.record_withdrawn", about="sharing.record")
class RecordWithdrawn(Event):
    """What a record speaks of is no longer there, or was never to be entered."""

    kind: str
    number: str
    title: str
    reason: str
    say = _("撤销 {title}（{number}）：{reason}")


@event("sharing.record_restored", about="sharing.record")
class RecordRestored(Event):
    """A withdrawn record counts again."""

    kind: str
    number: str
    title: str
    reason: str
    say = _("恢复 {title}（{number}）：{reason}")


@event("sharing.records_taken", about="sharing.taking")
class RecordsTaken(Event):
    """Many records came in at once, from a file; each new and changed one is told of by itself."""

    kind: str
    source: str
    digest: str
    new: int
    changed: int
    same: int
    say = _("导入 {source}：新增 {new} 条，变更 {changed} 条，核实 {same} 条")


@event("sharing.record_file_attached", about="sharing.record")
class RecordFileAttached(Event):
    """A photograph or paper has been put to a record."""

    number: str
    title: str
    file_id: str
    file_name: str
    say = _("为 {title}（{number}）附上 {file_name}")


@event("sharing.inspection_recorded", about="sharing.record")
class InspectionRecorded(Event):
    """A risk source has been inspected; ``mend_by`` is blank where nothing was found."""

    inspection_id: str
    number: str
    title: str
    done_on: str
    mend_by: str
    next_on: str
    say = _("检查 {title}（{number}）")


@event("sharing.defect_mended", about="sharing.record")
class DefectMended(Event):
    """What an inspection found has been put right."""

    inspection_id: str
    number: str
    title: str
    mended_on: str
    say = _("{title}（{number}）的问题已整改")


@event("sharing.records_merged", about="sharing.record")
class RecordsMerged(Event):
    """Of two records of one thing one was kept, and the other withdrawn."""

    number: str
    title: str
    merged: str
    fields: list[str]
    say = _("{merged} 并入 {title}（{number}）")
