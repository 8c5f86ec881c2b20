"""The voice gateway: calls are handed over under a key, asked about, and told of by it.

The interface is ``docs/operate/voice-gateway.md``. A key that was handed over before is the same
call: whoever is not sure whether it was taken hands it over again.
"""

import hmac
import json
import time
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import requests
from django.conf import settings
from urllib3.exceptions import NewConnectionError

from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import CallReport
from liandong.messaging.adapters.carrier import AwayError, DoubtfulError, RefusedError
from liandong.messaging.rules import CONFIRM_DIGIT, PASS_ON_DIGIT

CONNECT_SECONDS, READ_SECONDS = 2, 4
BUSY = {408, 425, 429}
FRESH_SECONDS = 300


@dataclass(frozen=True)
class Call:
    """A call to hand over."""

    key: UUID
    number: str
    text: str
    seconds: int


class Gateway:
    """The gateway that the settings name, over one connection that is kept."""

    def __init__(self) -> None:
        self.session = requests.Session()

    def place(self, call: Call) -> None:
        """Hand a call over. Raises ``AwayError`` and ``RefusedError`` where it surely was not taken.

        ``DoubtfulError`` where it may have been: what became of it is then asked by its key.
        """
        answer = self._ask(
            "POST",
            "/calls",
            {
                "key": str(call.key),
                "number": call.number,
                "text": call.text,
                "seconds": call.seconds,
                "ring_seconds": settings.VOICE_RING_SECONDS,
                "confirm_digit": CONFIRM_DIGIT,
                "pass_on_digit": PASS_ON_DIGIT,
            },
        )
        if answer.status_code not in {200, 202}:
            raise RefusedError(_said(answer))

    def outcome(self, key: UUID) -> CallReport | None:
        """Ask what became of a call; None while it goes on. Raises ``LookupError`` where it is not known."""
        answer = self._ask("GET", f"/calls/{key}")
        if answer.status_code == 404:
            raise LookupError(key)
        if answer.status_code != 200:
            raise AwayError(_said(answer))
        try:
            return report_of(answer.json(), key)
        except (ValueError, TypeError, AttributeError) as garbled:
            raise AwayError(_("语音网关的答复读不懂。")) from garbled

    def _ask(self, method: str, path: str, body: Any = None) -> requests.Response:
        if not settings.VOICE_URL:
            raise AwayError(_("没有配置语音网关（LIANDONG_VOICE_URL）"))
        try:
            answer = self.session.request(
                method,
                settings.VOICE_URL.rstrip("/") + path,
                json=body,
                headers={"Authorization": f"Bearer {settings.VOICE_TOKEN}"},
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,
            )
        except requests.RequestException as away:
            doubt = AwayError if _never_left(away) else DoubtfulError
            raise doubt(_words(away)) from away
        if answer.status_code >= 500:
            raise DoubtfulError(_said(answer))
        if answer.status_code in BUSY | {401, 403}:
            raise AwayError(_said(answer))
        return answer


def report_of(said: dict[str, Any], key: UUID) -> CallReport | None:
    """Read what the gateway says of a call; None while it goes on. Raises ``ValueError`` and the like."""
    if said["state"] != "ended":
        return None
    ended = said.get("ended_at")
    at = datetime.fromisoformat(ended) if ended else None
    if at is not None and at.tzinfo is None:
        raise ValueError("ended_at has no time zone")
    return CallReport(
        key=key,
        result=str(said["result"]),
        heard_seconds=max(0, int(said.get("heard_seconds") or 0)),
        digit=str(said.get("digit") or ""),
        ended_at=at,
    )


def signed(body: bytes, at: int, secret: str) -> str:
    """What a callback bears in ``Liandong-Signature``: the moment, and an HMAC of moment and body."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
    return f"t={at},v1={mac}"


def is_genuine(body: bytes, signature: str) -> bool:
    """Whether a callback was signed by the gateway within the last five minutes."""
    if not settings.VOICE_SECRET:
        return False
    head, _comma, _rest = signature.partition(",")
    moment = head.removeprefix("t=")
    if not moment.isascii() or not moment.isdigit() or len(moment) > 12:
        return False
    if abs(time.time() - int(moment)) > FRESH_SECONDS:
        return False
    expected = signed(body, int(moment), settings.VOICE_SECRET)
    return hmac.compare_digest(expected.encode(), signature.encode())


def _said(answer: requests.Response) -> str:
    try:
        why = str(json.loads(answer.text[:2000]).get("title", ""))
    except (ValueError, AttributeError):
        why = ""
    return _("语音网关答复 %(code)s %(why)s") % {"code": answer.status_code, "why": why[:120]}


def _never_left(trouble: requests.RequestException) -> bool:
    """Nobody took the connection, so nobody took the call."""
    reason = getattr(next(iter(trouble.args), None), "reason", None)
    return isinstance(trouble, requests.ConnectTimeout) or isinstance(
        reason, NewConnectionError
    )


def _words(trouble: requests.RequestException) -> str:
    if isinstance(trouble, requests.Timeout):
        return _("语音网关超时")
    if isinstance(trouble, requests.ConnectionError):
        return _("语音网关连不上")
    return str(trouble)[:120]
