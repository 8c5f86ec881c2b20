"""The life of a record, and who sees how much of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from liandong.kernel.states import Moves


class RecordState(TextChoices):
    """Whether a record still speaks of something that is there."""

    CURRENT = "current", _("在用")
    WITHDRAWN = "withdrawn", _("已撤销")


RECORD_MOVES = Moves(
    {
        RecordState.CURRENT: {RecordState.WITHDRAWN},
        RecordState.WITHDRAWN: {RecordState.CURRENT},
    }
)


class Sensitivity(TextChoices):
    """Who sees a record, and its sensitive fields (names, phones, policies, stores)."""

    OPEN = "open", _("县内公开")
    INTERNAL = "internal", _("内部")
    RESTRICTED = "restricted", _("限知")


class Deed(TextChoices):
    """What made a version of a record."""

    ENTERED = "entered", _("登记")
    CHANGED = "changed", _("变更")
    WITHDRAWN = "withdrawn", _("撤销")
    RESTORED = "restored", _("恢复")


class ReturnState(TextChoices):
    """How far a unit's return in a round has come."""

    AWAITED = "awaited", _("待报送")
    SUBMITTED = "submitted", _("已报送")
    SENT_BACK = "sent_back", _("已退回")
    ACCEPTED = "accepted", _("已审核")


RETURN_MOVES = Moves(
    {
        ReturnState.AWAITED: {ReturnState.SUBMITTED},
        ReturnState.SUBMITTED: {ReturnState.SENT_BACK, ReturnState.ACCEPTED},
        ReturnState.SENT_BACK: {ReturnState.SUBMITTED},
        ReturnState.ACCEPTED: {ReturnState.SENT_BACK},
    }
)


class BulletinState(TextChoices):
    """The life of a compiled bulletin."""

    COMPILED = "compiled", _("待审批")
    REJECTED = "rejected", _("未通过")
    APPROVED = "approved", _("已审批")
    DISTRIBUTED = "distributed", _("已分发")


BULLETIN_MOVES = Moves(
    {
        BulletinState.COMPILED: {BulletinState.REJECTED, BulletinState.APPROVED},
        BulletinState.REJECTED: set(),
        BulletinState.APPROVED: {BulletinState.DISTRIBUTED},
        BulletinState.DISTRIBUTED: set(),
    }
)
