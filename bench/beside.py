"""A plain server beside the node: on its database, by the same server program, as many workers."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from liandong.config.homes import environment
from tests.browser.houses import House


@contextmanager
def beside(node: House, interface: str, app: str, *more: str, **values: str) -> Iterator[int]:
    """Serve ``app`` by granian with the options ``more``; yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(sys.executable, "-m", "granian", "--interface", interface, "--host", "127.0.0.1"),
        *("--port", str(port), "--no-ws", "--log-level", "warning", *more, app),
    ]
    paths = os.pathsep.join(("src", "."))
    settings = {
        "LIANDONG_HOSTS": "127.0.0.1",
        "PYTHONPATH": os.environ.get("PYTHONPATH", paths),
    }
    server = subprocess.Popen(  # noqa: S603 -- our own
        command, env=environment(node.home, **settings) | values, start_new_session=True
    )
    try:
        _await(port)
        yield port
    finally:
        # With its workers; and it would wait for open streams.
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _await(port: int) -> None:
    for _ in range(150):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise LookupError("the plain server does not answer")
