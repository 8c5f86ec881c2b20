"""E-mail by SMTP, step by step, so that a break is known to lie before or after the hand-over."""

import re
import smtplib
import ssl
import time
from contextlib import suppress
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import NoReturn

from django.conf import settings

from liandong.kernel.identity import this_node
from liandong.kernel.wording import gettext as _
from liandong.messaging.adapters.carrier import AwayError, DoubtfulError, Letter, RefusedError

CONNECT_SECONDS = 5
REST_SECONDS = 10
START_INPUT = 354
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


class Smtp:
    """The county's mail server, as the settings name it.

    After a failed connection it is left alone for some seconds: the worker has others to serve.
    """

    def __init__(self) -> None:
        self.rest_until = float("-inf")
        self.trouble = ""

    def send(self, letter: Letter) -> None:
        """Hand one letter to the server."""
        sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        data = _written(letter, sender)
        server = self._connect()
        try:
            _hand_over(server, sender, letter.address, data)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()

    def _connect(self) -> smtplib.SMTP:
        if time.monotonic() < self.rest_until:
            raise AwayError(self.trouble)
        try:
            return _opened()
        except (smtplib.SMTPException, OSError) as away:
            self.rest_until = time.monotonic() + REST_SECONDS
            self.trouble = _("邮件服务器 %(host)s 连不上：%(why)s。稍后自动再试。") % {
                "host": settings.EMAIL_HOST,
                "why": _words(away),
            }
            raise AwayError(self.trouble) from away


def _opened() -> smtplib.SMTP:
    server = smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=CONNECT_SECONDS)
    try:
        if server.sock:
            server.sock.settimeout(settings.EMAIL_TIMEOUT)
        if settings.EMAIL_USE_TLS:
            server.starttls(context=ssl.create_default_context())
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _hand_over(server: smtplib.SMTP, sender: str, address: str, data: bytes) -> None:
    """Up to DATA's answer a break means: not sent. After it only the server could tell."""
    try:
        for code, answer in (
            server.mail(sender),
            server.rcpt(address),
        ):
            if code not in {250, 251}:
                _refused(code, answer)
        code, answer = server.docmd("DATA")
        if code != START_INPUT:
            _refused(code, answer)
    except (smtplib.SMTPException, OSError) as broken:
        raise AwayError(
            _("与邮件服务器的连接中断：%(why)s。稍后自动再试。") % {"why": _words(broken)}
        ) from broken
    try:
        server.send(LEADING_DOT.sub(b"..", data) + b".\r\n")
        code, answer = server.getreply()
    except (smtplib.SMTPException, OSError) as broken:
        raise DoubtfulError(
            _("邮件交给服务器后连接中断，不知是否发出。请用电话核实，未收到再重发。")
        ) from broken
    if code != 250:
        _refused(code, answer)


def _refused(code: int, answer: bytes) -> NoReturn:
    said = f"{code} {answer.decode('utf-8', 'replace')}"[:200]
    if 400 <= code < 500:
        raise AwayError(_("邮件服务器暂不接收：%(said)s。稍后自动再试。") % {"said": said})
    raise RefusedError(
        _("邮件服务器拒收：%(said)s。请核对邮箱地址，先用电话通知。") % {"said": said}
    )


def _written(letter: Letter, sender: str) -> bytes:
    """The letter as bytes, ASCII throughout. Its Message-ID is the receipt's own."""
    node = this_node()
    message = EmailMessage(policy=policy.SMTP.clone(cte_type="7bit"))
    message["From"] = Address(node.name if node else "", addr_spec=sender)
    message["To"] = Address(letter.name, addr_spec=letter.address)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.key}@{sender.partition('@')[2] or 'liandong'}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.urgent:
        message["Importance"] = "high"
        message["X-Priority"] = "1"
    message.set_content(letter.text, charset="utf-8", cte="base64")
    return message.as_bytes()


def _words(trouble: BaseException) -> str:
    """An exception of the network in Chinese where it is a common one."""
    if isinstance(trouble, ConnectionRefusedError):
        return _("端口没有应答")
    if isinstance(trouble, TimeoutError):
        return _("超时")
    if isinstance(trouble, smtplib.SMTPAuthenticationError):
        return _("用户名或密码不对")
    return str(trouble)[:120] or type(trouble).__name__
