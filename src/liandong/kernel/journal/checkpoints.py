"""Heads of the journal kept outside the database, so that a cut tail shows."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from liandong.kernel import clock
from liandong.kernel.journal.models import Link
from liandong.kernel.journal.verifying import Head

NAME = "heads.jsonl"


def checkpoint(folder: Path, *, known: Head | None = None) -> Head | None:
    """Append the present head to the file, durably; nothing when it is the one already known."""
    link = Link.objects.last()
    if link is None:
        return None
    head = Head(link.epoch, link.position, link.digest)
    if known == head:
        return head
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = json.dumps({**vars(head), "at": clock.real().isoformat()})
    with (folder / NAME).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
    return head


def heads(folder: Path) -> Iterator[Head]:
    """Every head that was written down; a line broken by a power cut is passed over."""
    path = folder / NAME
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
            yield Head(int(row["epoch"]), int(row["position"]), str(row["digest"]))
        except (ValueError, KeyError, TypeError):
            continue


def last_line(folder: Path) -> Head | None:
    """The head written last."""
    last = None
    for head in heads(folder):
        last = head
    return last
