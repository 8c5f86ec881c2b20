"""The life of a plan's version, and of a run."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from liandong.kernel.states import Moves


class VersionState(TextChoices):
    """Whether a version of a plan is being written, holds, or has been replaced."""

    DRAFT = "draft", _("草案")
    IN_FORCE = "in_force", _("现行")
    SUPERSEDED = "superseded", _("已废止")


VERSION_MOVES = Moves(
    {
        VersionState.DRAFT: {VersionState.IN_FORCE},
        VersionState.IN_FORCE: {VersionState.SUPERSEDED},
        VersionState.SUPERSEDED: set(),
    }
)


class ManuscriptState(TextChoices):
    """Whether a manuscript is being written, or was given up."""

    OPEN = "open", _("在写")
    DISCARDED = "discarded", _("已废弃")


MANUSCRIPT_MOVES = Moves(
    {
        ManuscriptState.OPEN: {ManuscriptState.DISCARDED},
        ManuscriptState.DISCARDED: set(),
    }
)


class RunState(TextChoices):
    """Whether a plan is being carried out."""

    RUNNING = "running", _("执行中")
    ENDED = "ended", _("已结束")


RUN_MOVES = Moves({RunState.RUNNING: {RunState.ENDED}, RunState.ENDED: set()})


class ChangeKind(TextChoices):
    """How a run departs from its plan."""

    ADD = "add", _("增加")
    DROP = "drop", _("取消")
    REASSIGN = "reassign", _("改派")
