"""A node in one file, taken while it runs: chain heads, database, files, keys, and a list of it all."""

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import psycopg

from liandong.kernel.database import owner_url
from liandong.kernel.database.binaries import MAJOR, wheel_binaries
from liandong.kernel.problems import Invalid, Problem

FORMAT = 1
MANIFEST, DUMP = "manifest.json", "database.dump"
FOLDERS = ("checkpoints", "files", "keys")
Move = Callable[[int, int, str], None]


@dataclass
class Writer:
    """Adds members to the archive and remembers what each was."""

    tar: tarfile.TarFile
    total: int
    move: Move
    done: int = 0
    members: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, path: Path, name: str) -> None:
        """Add one file as it is now; one that vanished meanwhile was never whole, and is left out."""
        try:
            source = path.open("rb")
        except FileNotFoundError:
            return
        with source:
            size = os.fstat(source.fileno()).st_size
            reader = _Hashing(source, lambda count: self._moved(count, name))
            information = tarfile.TarInfo(name)
            information.size, information.mode = size, 0o600
            information.mtime = int(path.stat().st_mtime)
            self.tar.addfile(information, reader)
        self.members[name] = {"size": size, "sha256": reader.digest.hexdigest()}

    def _moved(self, count: int, name: str) -> None:
        self.done += count
        self.move(min(self.done, self.total), self.total, name[:40])


class _Hashing(io.RawIOBase):
    """Reads through to a file and digests what went by."""

    def __init__(self, source: IO[bytes], moved: Callable[[int], None]) -> None:
        self.source, self.moved, self.digest = source, moved, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.source.read(size)
        self.digest.update(piece)
        self.moved(len(piece))
        return piece


def back_up(home: Path, target: Path, *, move: Move) -> dict[str, Any]:
    """Write the node into one file, whole or not at all; its manifest. The database must be up.

    Heads are copied before the database and files after it: a head then never knows more than the
    database, and no row points at a file that is not there.
    """
    _refuse_bad_target(home, target)
    with tempfile.TemporaryDirectory(prefix=".liandong-backup-", dir=target.parent) as place:
        work = Path(place)
        heads = _copied_heads(home, work)
        move(0, 1, "数据库")
        about = _dump(owner_url(home), work / DUMP)
        part = work / "whole.tar"
        with part.open("xb") as file:
            os.fchmod(file.fileno(), 0o600)
            manifest = _write(home, file, [*heads, (work / DUMP, DUMP)], about, move)
            file.flush()
            os.fsync(file.fileno())
        os.link(part, target)  # refuses to replace what appeared meanwhile
    return manifest


def _write(
    home: Path,
    file: IO[bytes],
    first: list[tuple[Path, str]],
    about: dict[str, Any],
    move: Move,
) -> dict[str, Any]:
    sources = [*first, *_sources(home, "files"), *_sources(home, "keys")]
    total = sum(path.stat().st_size for path, _name in sources if path.exists())
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        writer = Writer(tar, total, move)
        for path, name in sources:
            writer.add(path, name)
        manifest = {"format": FORMAT, **about, "members": writer.members}
        text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        information = tarfile.TarInfo(MANIFEST)
        information.size, information.mode = len(text), 0o600
        tar.addfile(information, io.BytesIO(text))
    return manifest


def _copied_heads(home: Path, work: Path) -> list[tuple[Path, str]]:
    """Copies of the checkpoint files: they grow while we read."""
    copies = []
    for path, name in _sources(home, "checkpoints"):
        copy = work / name.replace("/", "-")
        copy.write_bytes(path.read_bytes())
        copies.append((copy, name))
    return copies


def _sources(home: Path, folder: str) -> list[tuple[Path, str]]:
    root = home / folder
    paths = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return [(path, path.relative_to(home).as_posix()) for path in paths]


def _dump(url: str, target: Path) -> dict[str, Any]:
    """Dump the database and say which node and which head it was, as of one snapshot."""
    with _snapshot(url) as (connection, snapshot):
        about = _about(connection)
        program = wheel_binaries().path("pg_dump")
        options = [
            "--format=custom",
            f"--snapshot={snapshot}",
            f"--file={target}",
            f"--dbname={url}",
        ]
        done = subprocess.run(  # noqa: S603 -- our own binary
            [str(program), *options], capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise Problem(
            f"数据库导出失败：{done.stderr.strip()[-600:]}",
            place=str(target.parent),
            remedy="请检查目标磁盘的剩余空间后重试。",
        )
    return about


@contextmanager
def _snapshot(url: str) -> Iterator[tuple[psycopg.Connection, str]]:
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        yield connection, str(row and row[0])


def _about(connection: psycopg.Connection) -> dict[str, Any]:
    query = (
        "SELECT id, division_code, name, epoch, public_key, clock_timestamp() FROM kernel_node"
    )
    node = connection.execute(query).fetchone()
    head = connection.execute(
        "SELECT epoch, position, digest FROM kernel_link ORDER BY position DESC LIMIT 1"
    ).fetchone()
    if node is None:
        raise Problem(
            "数据库里还没有节点，没有可备份的内容。", remedy="请先执行 liandong init。"
        )
    names = ("id", "division_code", "name", "epoch", "public_key")
    return {
        "program": version("liandong"),
        "postgres": MAJOR,
        "made_at": node[5].isoformat(timespec="seconds"),
        "node": dict(zip(names, (str(node[0]), *node[1:5]), strict=True)),
        "head": ":".join(str(part) for part in head) if head else "",
    }


def _refuse_bad_target(home: Path, target: Path) -> None:
    if target.exists():
        raise Invalid(
            "备份文件已存在，不会覆盖它。",
            place=str(target),
            remedy="请换一个文件名，或先移走原文件。",
        )
    if not target.parent.is_dir():
        raise Invalid(
            "备份文件所在的目录不存在。", place=str(target.parent), remedy="请先建立该目录。"
        )
    if home in target.parents:
        raise Invalid(
            "备份不能放在数据目录里：磁盘损坏时会一起丢失。",
            place=str(target),
            remedy="请放到另一个目录，最好是另一块磁盘。",
        )
