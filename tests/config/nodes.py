"""Whole nodes in folders of their own, driven as a person drives them: by the command."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from liandong.config.cli.app import main
from liandong.kernel.database import processes

COMMAND = [sys.executable, "-m", "liandong.config.cli"]
DROPPED = (
    "DJANGO_SETTINGS_MODULE",
    "LIANDONG_HOME",
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "LIANDONG_ROLE",
)


def environment():
    return {name: value for name, value in os.environ.items() if name not in DROPPED}


def liandong(*arguments, home=None):
    """Run the command to its end."""
    where = ["--home", str(home)] if home else []
    return subprocess.run(
        [*COMMAND, *(str(one) for one in arguments), *where],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )


def answer(*arguments, home=None):
    """The command's JSON."""
    done = liandong(*arguments, "--json", home=home)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def refusal(capsys, *arguments):
    """What the command refuses, asked in this process: quick, for what needs no Django of its own."""
    with pytest.raises(SystemExit) as ended:
        main([str(one) for one in (*arguments, "--json")])
    assert ended.value.code == 1
    return json.loads(capsys.readouterr().out)["problem"]


def new_folder():
    """A folder the database's account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="liandong-test-", dir="/tmp"))
    folder.chmod(0o755)
    return folder


def twin(home, folder):
    """The same home elsewhere; ownership stays."""
    subprocess.run(["cp", "-a", str(home), str(folder / "home")], check=True)
    return folder / "home"


def remove(folder):
    for data in folder.rglob("postgres"):
        if (data / "PG_VERSION").exists():
            processes.sweep_orphans(data)
    shutil.rmtree(folder, ignore_errors=True)


def free_port():
    """A port that is free together with the one after it.

    Below those that the system gives out by itself: the second would be taken before the node binds it.
    """
    while True:
        port = 15_000 + 2 * secrets.randbelow(8_000)
        with socket.socket() as one, socket.socket() as next_one:
            try:
                one.bind(("127.0.0.1", port))
                next_one.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


@contextmanager
def serving(home, *more):
    """A served node: its process, and its port. Stopped in the end, by force if need be."""
    port = free_port()
    arguments = [
        "serve",
        "--home",
        home,
        "--host",
        "127.0.0.1",
        "--port",
        port,
        "--workers",
        1,
        "--json",
        *more,
    ]
    process = subprocess.Popen(
        [*COMMAND, *(str(one) for one in arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        preexec_fn=processes.dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 -- one prctl
    )
    try:
        said = process.stdout.readline()
        assert said, process.stderr.read()
        assert json.loads(said)["ok"], said
        yield process, port
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def status(port, path="/"):
    """What the node answers, after redirects; 0 when it does not."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as page:
            return page.status
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code
    except OSError:
        return 0


def until(true, patience=60.0):
    """Wait until something is so; what it gave."""
    end = time.monotonic() + patience
    while not (got := true()):
        assert time.monotonic() < end, "never came true"
        time.sleep(0.1)
    return got
