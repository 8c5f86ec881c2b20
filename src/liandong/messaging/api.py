"""What the voice gateway tells: how calls ended, and what people replied. Signed, see ``adapters.voice``."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.problems import Forbidden, Invalid, Missing
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries
from liandong.messaging.actions import hear_reply, take_call_reports
from liandong.messaging.adapters.voice import is_genuine, report_of
from liandong.messaging.permissions import Permission
from liandong.messaging.states import AnswerWay

LARGEST_BODY = 64 * 1024
WAYS = {"sms": AnswerWay.SMS, "email": AnswerWay.EMAIL}

router = Router(tags=["messaging"])


class TakenOut(BaseModel):
    """That it was taken; the same again changes nothing."""

    taken: bool = True


@router.post("/calls/{key}", response=TakenOut, auth=None)
def post_call_report(request: HttpRequest, key: UUID) -> TakenOut:
    """Take what a call came to, as the gateway tells it."""
    said = _said(request)
    try:
        report = report_of(said, key)
    except (ValueError, TypeError, KeyError, OverflowError) as wrong:
        raise _unreadable() from wrong
    realm = queries.realm_of_attempt(key)
    if realm is None:
        raise Missing(_("没有这次呼叫。"), place="key", remedy=_("请核对呼叫编号。"))
    if report:
        take_call_reports(_gateway(realm), reports=[report])
    return TakenOut()


@router.post("/replies", response=TakenOut, auth=None)
def post_reply(request: HttpRequest) -> TakenOut:
    """Take a reply by text: “1” and “收到” count as having answered."""
    said = _said(request)
    try:
        number, text = str(said["from"]), str(said["text"])
        at = datetime.fromisoformat(said["at"]) if said.get("at") else None
        way = WAYS[said.get("way", "sms")]
    except (ValueError, TypeError, KeyError) as wrong:
        raise _unreadable() from wrong
    if at is not None and at.tzinfo is None:
        raise _unreadable()
    realms = queries.realms_waiting_for(number)
    if not realms:
        raise Missing(_("没有在等这个号码的回复。"), place="from")
    for realm in realms:
        hear_reply(_gateway(realm), number=number, text=text, way=way, at=at)
    return TakenOut()


def _said(request: HttpRequest) -> dict[str, Any]:
    """The body of whoever has the secret; anybody else is refused before it is read."""
    length = request.headers.get("Content-Length", "0")
    if not length.isdigit() or int(length) > LARGEST_BODY:
        raise _unreadable()
    if not is_genuine(request.body, request.headers.get("Liandong-Signature", "")):
        raise Forbidden(
            _("签名不对或已过期。"),
            place="Liandong-Signature",
            remedy=_("请核对 LIANDONG_VOICE_SECRET 和网关的时钟。"),
        )
    try:
        said = json.loads(request.body)
    except ValueError as wrong:
        raise _unreadable() from wrong
    if not isinstance(said, dict):
        raise _unreadable()
    return said


def _unreadable() -> Invalid:
    return Invalid(
        _("请求内容有误。"), remedy=_("请按《语音网关接口》核对字段，内容不超过 64 KB。")
    )


def _gateway(realm: str) -> Actor:
    return system_actor("node", _("语音网关"), realm, Permission.DIAL)
