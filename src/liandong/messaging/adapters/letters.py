"""Messages put into words for outside: marked as drill or demonstration where they are."""

from django.utils.timezone import localtime

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.wording import gettext as _
from liandong.messaging.adapters.carrier import Letter
from liandong.messaging.models import Message, Receipt
from liandong.messaging.rules import mark


def compose(receipt: Receipt) -> Letter:
    """The letter of a receipt. Its head and its first line say when it is not in earnest."""
    message = receipt.message
    return Letter(
        key=receipt.idempotency_key,
        address=receipt.address,
        name=receipt.name,
        subject=mark(message.realm)
        + (_("【紧急】") if message.is_urgent else "")
        + message.title,
        text=_text(message),
        urgent=message.is_urgent,
        at=clock.real(),
    )


def _text(message: Message) -> str:
    at = localtime(message.sent_at)
    lines = [
        _("这是演练，不是真实情况。") if message.realm != ACTUAL else "",
        message.title,
        message.text,
        _("致：%(post)s") % {"post": f"{message.to_post.body} {message.to_post}"},
        _("发送：%(who)s %(at)s") % {"who": message.sender, "at": f"{at:%Y-%m-%d %H:%M}"},
        _("请登录联动平台签阅。本邮件由平台自动发出，请勿直接回复。"),
    ]
    return "\n\n".join(line for line in lines if line) + "\n"
