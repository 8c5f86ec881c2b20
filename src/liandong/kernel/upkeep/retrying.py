"""Giving a dead delivery or timer another chance, once its cause is mended."""

from uuid import UUID

from django.utils.translation import gettext_noop

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.events import Event, event
from liandong.kernel.journal.models import Delivery
from liandong.kernel.problems import Missing
from liandong.kernel.timers import Timer
from liandong.kernel.upkeep.permissions import Permission
from liandong.kernel.wording import gettext as _


@event("kernel.delivery_retried", about="kernel.delivery")
class DeliveryRetried(Event):
    """An operator has asked a handler to try again."""

    handler: str
    trouble: str
    say = gettext_noop("重新投递：{handler}")


@event("kernel.timer_retried", about="kernel.timer")
class TimerRetried(Event):
    """An operator has asked that a timer ring again."""

    kind: str
    trouble: str
    say = gettext_noop("重新响铃：{kind}")


@action(Permission.RETRY_DELIVERY)
def retry_delivery(actor: Actor, *, delivery: int, idempotency_key: str = "") -> Delivery:
    """Let a dead or waiting delivery be tried at once. Publishes ``DeliveryRetried``."""
    row = Delivery.objects.select_for_update().filter(pk=delivery).first()
    if row is None:
        raise Missing(_("这条投递已经办完。"), remedy=_("请刷新运行页。"))
    happened(
        DeliveryRetried(subject_id=str(row.pk), handler=row.handler, trouble=row.trouble[:500]),
        audience={"audit"},
    )
    row.attempts, row.retry_at, row.dead = 0, None, False
    row.save(update_fields=["attempts", "retry_at", "dead"])
    return row


@action(Permission.RETRY_TIMER)
def retry_timer(actor: Actor, *, timer: UUID, idempotency_key: str = "") -> Timer:
    """Let a timer that failed ring again at once. Publishes ``TimerRetried``."""
    row = Timer.objects.select_for_update().filter(pk=timer).exclude(trouble="").first()
    if row is None:
        raise Missing(_("这个时钟已经响过。"), remedy=_("请刷新运行页。"))
    happened(
        TimerRetried(subject_id=str(row.pk), kind=row.kind, trouble=row.trouble[:500]),
        incident=row.incident,
        audience={"audit"},
    )
    row.attempts, row.retry_at, row.dead = 0, None, False
    row.save(update_fields=["attempts", "retry_at", "dead"])
    return row
