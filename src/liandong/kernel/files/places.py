"""Where bytes are put: whole or not at all, under their digest."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, cast

from django.core.files.base import File as Bytes
from django.core.files.storage import default_storage

from liandong.kernel.ids import uuid7


def put(content: BinaryIO, place: str, size: int) -> None:
    """Keep the content at a place, durably; a crash leaves an unnamed orphan, never half a file."""
    content.seek(0)
    folder = local_folder()
    if folder is None:
        # Object stores take an object whole.
        if not (default_storage.exists(place) and default_storage.size(place) == size):
            default_storage.delete(place)
            default_storage.save(place, Bytes(content))
        return
    final = folder / place
    if final.exists() and final.stat().st_size == size:
        return
    waiting = folder / "incoming" / str(uuid7())
    for path in (waiting, final):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with waiting.open("xb") as file:
            shutil.copyfileobj(content, file, 1024 * 1024)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(final)
        _sync(final.parent)
    finally:
        waiting.unlink(missing_ok=True)


def take(place: str) -> BinaryIO:
    """Open what is kept at a place."""
    return cast("BinaryIO", default_storage.open(place, "rb"))


def remove(places: Iterable[str]) -> None:
    """Throw away what is at these places."""
    for place in places:
        default_storage.delete(place)


def local_folder() -> Path | None:
    """The folder the storage stands on; None for an object store."""
    try:
        return Path(default_storage.path(""))
    except NotImplementedError:
        return None


def _sync(folder: Path) -> None:
    """Make the new name durable too, where the system lets a folder be synced."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
