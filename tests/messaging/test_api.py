import json
import time
from uuid import uuid4

import pytest

from liandong.messaging.adapters.voice import signed
from liandong.messaging.models import CallAttempt, Callee
from tests.messaging.callees import call, listed, number_of
from tests.messaging.switchboard import SECRET

pytestmark = pytest.mark.django_db
ENDED = {"state": "ended", "result": "answered", "heard_seconds": 20, "digit": "1"}


def post(client, path, said, *, secret=SECRET, at=None, body=None):
    data = body if body is not None else json.dumps(said).encode()
    signature = signed(data, int(at or time.time()), secret)
    return client.post(
        f"/api/messaging/{path}",
        data=data,
        content_type="application/json",
        headers={"Liandong-Signature": signature},
    )


@pytest.fixture
def ringing(board, later):
    """The key of a call that rings."""
    listed("甲")
    call()
    later(2)
    return CallAttempt.objects.get().pk


def test_a_signed_report_is_taken_and_again_changes_nothing(client, ringing):
    for _twice in range(2):
        answer = post(client, f"calls/{ringing}", ENDED)
        assert (answer.status_code, answer.json()) == (200, {"taken": True})

    assert (Callee.objects.get().state, Callee.objects.get().tries) == ("answered", 1)


def test_whoever_has_not_the_secret_is_not_heard(client, ringing, settings):
    forged = post(client, f"calls/{ringing}", ENDED, secret="guess")
    replayed = post(client, f"calls/{ringing}", ENDED, at=time.time() - 3600)
    bare = client.post(
        f"/api/messaging/calls/{ringing}", ENDED, content_type="application/json"
    )
    settings.VOICE_SECRET = ""
    unset = post(client, f"calls/{ringing}", ENDED, secret="")

    assert [one.status_code for one in (forged, replayed, bare, unset)] == [403] * 4
    assert Callee.objects.get().state == "calling"


@pytest.mark.parametrize(
    "said",
    [
        [],
        {},
        {"state": "ended"},
        {**ENDED, "heard_seconds": "many"},
        {**ENDED, "heard_seconds": 1e400},
        {**ENDED, "ended_at": "yesterday"},
        {**ENDED, "ended_at": "2026-07-14T02:10:00"},
        {**ENDED, "ended_at": 3},
    ],
)
def test_what_cannot_be_read_is_refused_in_chinese(client, ringing, said):
    answer = post(client, f"calls/{ringing}", said)

    assert answer.status_code == 422
    assert "请按《语音网关接口》" in answer.json()["remedy"]
    assert post(client, f"calls/{ringing}", None, body=b"\xff{").status_code == 422


def test_a_call_nobody_made_is_missing(client, board):
    assert post(client, f"calls/{uuid4()}", ENDED).status_code == 404


def test_a_call_that_still_rings_changes_nothing(client, ringing):
    assert post(client, f"calls/{ringing}", {"state": "ringing"}).status_code == 200
    assert Callee.objects.get().state == "calling"


def test_a_reply_by_text_comes_in(client, board, later):
    row = listed("甲")
    board.habits[number_of(row)] = "silent"
    call()
    later(2)

    wrong = post(client, "replies", {"from": number_of(row), "text": "谁？"})
    unknown = post(client, "replies", {"from": "13999999999", "text": "1"})
    unread = post(client, "replies", {"text": "1"})
    taken = post(client, "replies", {"from": number_of(row), "text": "收到"})

    statuses = [one.status_code for one in (wrong, unknown, unread, taken)]
    assert statuses == [404, 404, 422, 200]
    assert Callee.objects.get().way == "sms"
