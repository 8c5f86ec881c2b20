"""Reading files: those, and only those, that the actor may see."""

from uuid import UUID

from django.db.models import QuerySet

from liandong.kernel.actors import Actor
from liandong.kernel.files.models import File
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _


def files_of(actor: Actor, subject_kind: str, subject_id: str) -> QuerySet[File]:
    """The files of a subject that the actor may see, oldest first."""
    rows = File.objects.filter(subject_kind=subject_kind, subject_id=str(subject_id))
    return visible(rows, actor).order_by("at", "id")


def file_for(actor: Actor, pk: UUID) -> File:
    """One file; raises ``Missing`` when there is none that the actor may see."""
    row = visible(File.objects.all(), actor).filter(pk=pk).first()
    if row is None:
        raise Missing(
            _("没有这个文件，或当前岗位看不到。"), remedy=_("请从所属的事件、指令页面打开。")
        )
    return row
