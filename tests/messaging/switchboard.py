"""A voice gateway of our own: a real HTTP server whose phones ring on a clock that the test sets.

Every phone has a habit: ``answers`` (after some seconds, hears all, presses 1), ``silent``,
``wrong``, ``busy``, ``off``, ``hangs_up``, ``passes_on``. A key that it has had before is the same
call. It keeps its own list of the calls that it made, and when. ``cut_off`` says at which of the
calls handed over whoever hands it over is killed: before it is taken, or after.
"""

import json
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from liandong.messaging.adapters.voice import signed

SECRET = "switchboard-secret"
TOKEN = "switchboard-token"


@dataclass
class Ringing:
    """One call, and what will come of it."""

    key: str
    number: str
    text: str
    begun: object
    ends: object
    result: str
    heard: int = 0
    digit: str = ""
    told: bool = False

    def said(self, now):
        if now < self.ends:
            return {"key": self.key, "state": "ringing"}
        return {
            "key": self.key,
            "state": "ended",
            "result": self.result,
            "heard_seconds": self.heard,
            "digit": self.digit,
            "ended_at": self.ends.isoformat(),
        }


class Switchboard:
    """The gateway. ``status`` is what it answers to new calls; ``tell`` posts what has ended."""

    def __init__(self, now):
        self.now = now
        self.habits = {}
        self.delays = {}
        self.calls = {}
        self.status = 202
        self.repeats = 0
        self.handed = 0
        self.cut_off, self.kill = {}, None
        self.most_at_once = 0
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.board = self
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def of(self, number):
        """The calls made to a number, in order."""
        with self.lock:
            return [one for one in self.calls.values() if one.number == number]

    def ended(self):
        """Calls that are over and of which nobody was told yet."""
        with self.lock:
            return [one for one in self.calls.values() if one.ends <= self.now and not one.told]

    def tell(self, post):
        """Tell what has ended, by ``post(key, body, headers)``; returns how many."""
        done = self.ended()
        for call in done:
            body = json.dumps(call.said(self.now)).encode()
            signature = signed(body, int(time.time()), SECRET)
            post(call.key, body, {"Liandong-Signature": signature})
            call.told = True
        return len(done)

    def next_end(self):
        with self.lock:
            ends = [one.ends for one in self.calls.values() if one.ends > self.now]
        return min(ends, default=None)

    def take(self, said):
        with self.lock:
            if said["key"] in self.calls:
                self.repeats += 1
                return
            habit = self.habits.get(said["number"], "answers")
            self.calls[said["key"]] = self._ring(said, habit)
            open_now = sum(one.ends > self.now for one in self.calls.values())
            self.most_at_once = max(self.most_at_once, open_now)

    def _ring(self, said, habit):
        delay = self.delays.get(said["number"], 3)
        whole = said["seconds"]
        length, result, heard, digit = {
            "answers": (delay + whole, "answered", whole, said["confirm_digit"]),
            "passes_on": (delay + whole, "answered", whole, said["pass_on_digit"]),
            "hangs_up": (delay + 4, "answered", 4, ""),
            "silent": (said["ring_seconds"], "no_answer", 0, ""),
            "wrong": (2, "wrong_number", 0, ""),
            "busy": (2, "busy", 0, ""),
            "off": (3, "switched_off", 0, ""),
            "fails": (1, "failed", 0, ""),
        }[habit]
        return Ringing(
            said["key"],
            said["number"],
            said["text"],
            self.now,
            self.now + timedelta(seconds=length),
            result,
            heard,
            digit,
        )


class Handler(BaseHTTPRequestHandler):
    """One request of a node."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_POST(self):
        board = self.server.board
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return self._answer(401, {"title": "token"})
        board.handed += 1
        break_off = board.cut_off.pop(board.handed, "")
        if break_off == "before":
            return board.kill()
        if board.status == 202:
            board.take(said)
        if break_off == "after":
            return board.kill()
        return self._answer(board.status, {"key": said["key"]})

    def do_GET(self):
        board = self.server.board
        if board.status >= 500:
            return self._answer(board.status, {})
        call = board.calls.get(self.path.rpartition("/")[2])
        return self._answer(200, call.said(board.now)) if call else self._answer(404, {})

    def log_message(self, *_arguments):
        """Say nothing."""

    def _answer(self, status, said):
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def poster(base):
    """Posts callbacks to a node over HTTP."""
    session = requests.Session()

    def post(key, body, headers):
        headers = {**headers, "Content-Type": "application/json"}
        answer = session.post(
            f"{base}/api/messaging/calls/{key}", data=body, headers=headers, timeout=20
        )
        assert answer.status_code == 200, (answer.status_code, answer.text[:300])

    return post
