"""Who may be told what, where: questions over actor and row, without a write."""

import re
import unicodedata
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.identity import this_node
from liandong.kernel.problems import Invalid
from liandong.kernel.realms import Realm
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries
from liandong.messaging.models import ContactPoint, Message, Receipt
from liandong.messaging.permissions import Permission
from liandong.messaging.states import Channel
from liandong.organization.models import Person, Post

MOBILE = re.compile(r"(\+?86)?1\d{10}")
LONGEST_ADDRESS = 200
PHONE = re.compile(r"\+?\d{3,16}(转\d{1,6})?")


def may_edit(actor: Actor, owner: Person | Post) -> bool:
    """Whether the actor may change these contact points: one's own, or by office everybody's."""
    own = {actor.person, actor.post} - {""}
    return str(owner.pk) in own or actor.may(Permission.EDIT_ANY_CONTACT)


def owner_of(point: ContactPoint) -> Person | Post:
    """Whom a contact point leads to; the database makes sure that there is exactly one."""
    owner = point.person or point.post
    if owner is None:
        raise RuntimeError("a contact point has an owner")
    return owner


def may_see(actor: Actor, owner: Person | Post | None) -> bool:
    """Whether the actor may see whole numbers: one's own, or at the duty desk everybody's."""
    return queries.sees_every_number(actor) or (
        owner is not None and str(owner.pk) in {actor.person, actor.post}
    )


def verified_since(realm: str) -> datetime:
    """Whatever was verified before this moment has to be tried again."""
    return clock.now(realm) - timedelta(days=settings.CONTACT_DAYS)


def veiled(address: str) -> str:
    """As much of an address as tells it from another: 138****0001, j***@example.gov.cn."""
    name, at, domain = address.partition("@")
    if at:
        return f"{name[:1]}***@{domain}"
    return f"{address[:3]}****{address[-4:]}" if len(address) > 7 else "****"


def shown_points(actor: Actor, owner: Person | Post) -> list[tuple[ContactPoint, str]]:
    """Ways to somebody, with as much of each address as the actor may see."""
    whole = may_see(actor, owner)
    points = queries.contact_points(owner)
    return [(one, one.address if whole else veiled(one.address)) for one in points]


def shown_receipts(actor: Actor, message: Message) -> list[tuple[Receipt, str]]:
    """A message's receipts, with as much of each address as the actor may see."""
    rows = message.receipts.select_related("person").order_by("queued_at", "id")
    return [
        (one, one.address if may_see(actor, one.person) else veiled(one.address))
        if one.address
        else (one, "")
        for one in rows
    ]


def clean_address(channel: Channel, text: str) -> str:
    """The address as it is kept, full-width figures made plain; raises ``Invalid``."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if channel == Channel.EMAIL:
        return _clean_email(plain)
    digits = re.sub(r"[\s\-()]", "", plain)
    if channel == Channel.MOBILE and not MOBILE.fullmatch(digits):
        raise _wrong(text, _("手机号应为 11 位数字，以 1 开头。"))
    if channel == Channel.PHONE and not PHONE.fullmatch(digits):
        raise _wrong(text, _("固定电话请写区号和号码，例如 0715-1234567，分机写“转 801”。"))
    if channel == Channel.IN_APP:
        raise _wrong(text, _("站内消息不用登记地址，有账号就能收到。"))
    return digits


def why_not_by_email(realm: str, address: str) -> str:
    """Why no e-mail may go to this address now; empty when it may."""
    if not settings.EMAIL_HOST:
        return _("未配置邮件服务器。请系统管理员设置 LIANDONG_SMTP_HOST 后重发，先用电话通知。")
    if realm != ACTUAL and address.casefold() not in _reachable(realm):
        return _("演练名单里没有这个地址，没有外发。确需发送，请先在演练设置中登记。")
    return ""


def may_be_called(realm: str) -> set[str] | None:
    """Whose addresses let them be called from a realm; None where anybody may be, in earnest."""
    return None if realm == ACTUAL else _reachable(realm)


def _reachable(realm: str) -> set[str]:
    row = Realm.objects.filter(pk=realm).first()
    return {address.casefold() for address in row.reachable} if row else set()


def mark(realm: str) -> str:
    """What stands before everything that leaves the node and is not in earnest."""
    node = this_node()
    demo = _("【示范】") if node and node.is_demo else ""
    return demo + (_("【演练】") if realm != ACTUAL else "")


def _clean_email(text: str) -> str:
    remedy = _("请写成 name@example.gov.cn 的样子，只用英文字符。")
    if not text.isascii() or len(text) > LONGEST_ADDRESS:
        raise _wrong(text, remedy)
    try:
        validate_email(text)
    except ValidationError as wrong:
        raise _wrong(text, remedy) from wrong
    return text


def _wrong(text: str, remedy: str) -> Invalid:
    return Invalid(
        _("联系方式“%(text)s”不对。") % {"text": text[:60]},
        place=_("号码或地址"),
        remedy=remedy,
        fields={"address": remedy},
    )
