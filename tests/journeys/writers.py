"""Clients that write to a node without end, and keep outside it what it acknowledged."""

import json
import os
import re
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx

from tests.journeys.provisioning import OFFICER, PASSWORD, TOKEN

PATIENCE = 5.0
REST = 0.05  # two cores carry node, clients and whatever else the machine does
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|idempotency_key)" value="([^"]*)"')


class RefusedError(Exception):
    """The node answered what no retry will mend."""


@dataclass
class Ledger:
    """What was acknowledged, on a disk of the client's own."""

    path: Path
    lock: threading.Lock = field(default_factory=threading.Lock)
    counts: dict[str, int] = field(default_factory=dict)
    retries: int = 0

    def enter(self, kind, key, made, **more):
        line = json.dumps({"kind": kind, "key": key, "id": made, **more})
        with self.lock, self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
            self.counts[kind] = self.counts.get(kind, 0) + 1

    def rows(self, kind):
        lines = self.path.read_text(encoding="utf-8").splitlines()
        return [row for row in map(json.loads, lines) if row["kind"] == kind]


class Writers:
    """Threads that write until told to stop; what was begun is carried on until it is answered."""

    def __init__(self, ledger, port, *, gauges=2, clerks=1):
        self.ledger, self.port = ledger, port
        self.stopping = threading.Event()
        self.faults = []
        deeds = [(self.report, number) for number in range(gauges)]
        deeds += [(self.enroll, number) for number in range(clerks)]
        self.threads = [
            threading.Thread(target=self._run, args=deed, daemon=True) for deed in deeds
        ]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *trouble):
        self.stop()

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)
        self.faults += ["a writer never came to an end" for t in self.threads if t.is_alive()]

    def await_more(self, each=3, patience=40.0):
        """Return when every kind of write has been acknowledged so many times more."""
        wanted = {kind: self.ledger.counts.get(kind, 0) + each for kind in ("batch", "person")}
        end = time.monotonic() + patience
        while any(self.ledger.counts.get(kind, 0) < least for kind, least in wanted.items()):
            assert not self.faults, self.faults
            assert time.monotonic() < end, f"writes did not go on: {self.ledger.counts}"
            time.sleep(0.02)

    def _run(self, deed, number):
        try:
            deed(number)
        except Exception as fault:  # noqa: BLE001 -- told by the test's own thread
            self.faults.append(repr(fault))

    def report(self, number):
        """Send readings of one gauge, a batch after another, now over the line and now below."""
        since = datetime.fromtimestamp(time.time(), tz=UTC) - timedelta(days=20)
        sent = 0
        with httpx.Client(timeout=PATIENCE) as http:
            while not self.stopping.is_set():
                key = f"gauge-{number}-{uuid4()}"
                rows = [
                    {
                        "station": f"2140{number:04}",
                        "quantity": "flow_m3s",
                        "at": (since + timedelta(minutes=sent + n)).isoformat(),
                        "value": 1200 if (sent // 40) % 2 else 800,
                    }
                    for n in range(4)
                ]
                headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": key}
                answer = self._insist(
                    lambda rows=rows, headers=headers: http.post(
                        self._url("/api/monitoring/readings"),
                        json={"readings": rows},
                        headers=headers,
                    )
                )
                said = answer.json() if answer.status_code == 200 else {}
                if said.get("accepted") != len(rows):
                    raise RefusedError(f"{answer.status_code} {answer.text[:300]}")
                sent += len(rows)
                self.ledger.enter("batch", key, said["batch"], readings=len(rows))
                time.sleep(REST)

    def enroll(self, number):
        """Sign in and enter people by the page's form, as a person at a browser does."""
        done = 0
        with httpx.Client(timeout=PATIENCE) as http:
            self._sign_in(http)
            while not self.stopping.is_set():
                done += 1
                form = self._form(http, "/organization/people/new/")
                form["name"] = f"第{number}号文书登记第{done}人"
                answer = self._send(http, "/organization/people/new/", form)
                made = re.search(
                    r"/organization/people/([0-9a-f-]{36})/", answer.headers.get("location", "")
                )
                if answer.status_code != 303 or not made:
                    raise RefusedError(f"{answer.status_code} {answer.text[:300]}")
                self.ledger.enter("person", form["idempotency_key"], made[1], name=form["name"])
                time.sleep(REST)

    def _sign_in(self, http):
        form = self._form(http, "/accounts/login/")
        answer = self._send(
            http, "/accounts/login/", form | {"login": OFFICER, "password": PASSWORD}
        )
        if answer.status_code != 302:
            raise RefusedError(f"sign-in: {answer.status_code} {answer.text[:300]}")

    def _form(self, http, path):
        page = self._insist(lambda: http.get(self._url(path)))
        if page.status_code != 200:
            raise RefusedError(f"{path}: {page.status_code} {page.headers.get('location')}")
        return dict(HIDDEN.findall(page.text))

    def _send(self, http, path, form):
        return self._insist(lambda: http.post(self._url(path), data=form))

    def _insist(self, ask):
        """Ask again, the same with the same key, until there is an answer."""
        while True:
            try:
                answer = ask()
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code < 500 and answer.status_code != 429:
                return answer
            self.ledger.retries += 1
            time.sleep(0.2)

    def _url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"
