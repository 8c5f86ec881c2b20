"""A mail server of our own: takes letters, refuses some, breaks off, and can be killed."""

import email
import socket
from email import policy

from aiosmtpd.controller import Controller


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postbox:
    """An aiosmtpd controller; ``said`` is what it answers to a letter, None breaks the line off."""

    def __init__(self):
        self.port = free_port()
        self.letters = []
        self.said = "250 OK"
        self.welcome = "250 OK"
        self.controller = None

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- aiosmtpd's
        envelope.rcpt_tos.append(address)
        return self.welcome

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's
        letter = email.message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos, letter))
        if self.said is None:
            server.transport.abort()
            return "421 gone"
        return self.said
