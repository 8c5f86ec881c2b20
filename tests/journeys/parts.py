"""The processes of a served node, by what they are."""

import contextlib
from pathlib import Path

from liandong.kernel.database import Cluster


def read(pid, name):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8", errors="replace")
    return ""


def parent(pid):
    """Its parent's number; 0 once it is gone, or only waits to be buried."""
    stat = read(pid, "stat").rpartition(")")[2].split()
    return int(stat[1]) if stat and stat[0] != "Z" else 0


def children(pid):
    living = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [one for one in living if parent(one) == pid]


def descendants(pid):
    mine = children(pid)
    return mine + [one for child in mine for one in descendants(child)]


def part(serve, word):
    """The supervisor's child whose command line has a word; None while it is down."""
    found = [pid for pid in children(serve) if word in read(pid, "cmdline").split("\0")]
    return found[0] if found else None


def web(serve, home):
    return part(serve, "wsgi")


def web_worker(serve, home):
    main = web(serve, home)
    return min(children(main), default=None) if main else None


def worker(serve, home):
    return part(serve, "worker")


def database(serve, home):
    return Cluster(home).pid() or None
