"""A night on which people are called: a clock that stands, a switchboard, a crank."""

from datetime import timedelta

import pytest

from liandong.kernel import clock
from tests.messaging.switchboard import SECRET, TOKEN, Switchboard


@pytest.fixture
def board(at, settings):
    """The voice gateway, and the node that knows it; it is ten past two."""
    made = Switchboard(at("2026-07-14T02:10:00"))
    settings.VOICE_URL, settings.VOICE_TOKEN = made.url, TOKEN
    settings.VOICE_SECRET = SECRET
    yield made
    made.stop()


@pytest.fixture
def later(board, work, client):
    """Let seconds pass, telling of calls as they end and doing what falls due."""

    def post(key, body, headers):
        answer = client.post(
            f"/api/messaging/calls/{key}",
            data=body,
            content_type="application/json",
            headers={"Liandong-Signature": headers["Liandong-Signature"]},
        )
        assert answer.status_code == 200, answer.content

    def pass_on(seconds=0, *, silently=False, realm="actual"):
        work()
        for _second in range(0, seconds, 1):
            board.now += timedelta(seconds=1)
            clock.set_clock(realm, board.now, rate=0)
            if not silently:
                board.tell(post)
            work()

    return pass_on
