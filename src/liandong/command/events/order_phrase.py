"""Facts about the words of orders that are kept ready."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.order_phrase_kept", about="command.order_phrase")
class OrderPhraseKept(Event):
    """Words of an order are kept ready, new ones or in the place of others."""

    text: str
    hazard: str
    to: str
    say = _("常用指令：{text}")


@event("command.order_phrase_dropped", about="command.order_phrase")
class OrderPhraseDropped(Event):
    """They are offered no longer."""

    text: str
    say = _("停用常用指令：{text}")
