"""A node out of a backup file: checked whole before anything is put in place."""

import hashlib
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from liandong.config.backup import DUMP, FOLDERS, FORMAT, MANIFEST
from liandong.config.founding import chain
from liandong.config.homes import database, migrate_apart, wake_django
from liandong.kernel import certificates, keys
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.database import owner_url
from liandong.kernel.database.binaries import MAJOR, wheel_binaries
from liandong.kernel.database.places import is_elsewhere
from liandong.kernel.problems import Invalid, Problem

MEMBER = re.compile(r"manifest\.json|database\.dump|(checkpoints|files|keys)(/[^/\0]+)+")
Move = Callable[[int, int, str], None]
REMEDY = "请换一份完好的备份文件；如有多份，请用时间最近的一份。"


def unpack(file: Path, place: Path, *, move: Move) -> dict[str, Any]:
    """Take the archive apart into a folder and check every byte against the manifest; the manifest."""
    found: dict[str, dict[str, Any]] = {}
    total = file.stat().st_size
    try:
        with tarfile.open(file, mode="r:") as tar:
            for member in tar:
                move(member.offset, total, member.name[:40])
                found[member.name] = _take(tar, member, place, file)
    except (tarfile.TarError, EOFError, OSError) as trouble:
        raise Invalid(
            f"备份文件读不出来：{trouble}。", place=str(file), remedy=REMEDY
        ) from trouble
    manifest = _manifest(place, file)
    found.pop(MANIFEST, None)
    if found != manifest["members"]:
        names = {
            name
            for name in {*found, *manifest["members"]}
            if found.get(name) != manifest["members"].get(name)
        }
        raise Invalid(
            f"备份文件与其清单不符：{'、'.join(sorted(names)[:5])}。",
            place=str(file),
            remedy=REMEDY,
        )
    move(total, total, "")
    return manifest


def restore(home: Path, file: Path, *, how: str, move: Move) -> dict[str, Any]:
    """Make an empty home the node of a backup, and journal it; what the node is now.

    Nothing is put in place before the whole file is checked; a failure leaves the home empty again.
    """
    refuse_occupied(home)
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".liandong-restore-", dir=home.parent) as place:
        manifest = unpack(file, Path(place), move=move)
        try:
            home.mkdir(mode=0o700, exist_ok=True)
            with database(home):
                move(0, 1, "数据库")
                _load(owner_url(home), Path(place) / DUMP)
                _put_in_place(home, Path(place))
                migrate_apart(home)
                wake_django(home)
                return _recorded(home, manifest, how)
        except BaseException:
            empty(home)
            raise


def _recorded(home: Path, manifest: dict[str, Any], how: str) -> dict[str, Any]:
    from django.contrib.sessions.models import Session  # noqa: PLC0415 -- Django woke up only now

    from liandong.kernel import node  # noqa: PLC0415 -- as above

    if how == node.COPY:
        keys.key_path(home).unlink(missing_ok=True)
        # Phones that trust the node must not take its copy for it.
        shutil.rmtree(certificates.folder(home), ignore_errors=True)
        keys.make_key(home)
        # Second factors lie encrypted under django.key, which therefore stays; a cookie of the
        # former node opens nothing here.
        Session.objects.all().delete()
    actor = system_actor("node", "恢复", ACTUAL, node.Permission.RESTORE_NODE)
    row = node.record_restore(
        actor, how=how, public_key=keys.public_key(home), former_head=manifest["head"]
    )
    chain(home)
    return {
        "how": how,
        "home": str(home),
        "node": str(row.pk),
        "name": row.name,
        "epoch": row.epoch,
        "former": manifest["node"],
        "head": manifest["head"],
        "made_at": manifest["made_at"],
    }


def _put_in_place(home: Path, place: Path) -> None:
    for folder in FOLDERS:
        if (place / folder).exists():
            shutil.move(place / folder, home / folder)


def empty(home: Path) -> None:
    """Remove everything in a home that never came to be."""
    for path in home.iterdir() if home.exists() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def refuse_occupied(home: Path) -> None:
    """Restore only where nothing is."""
    if home.exists() and any(home.iterdir()):
        raise Invalid(
            "恢复的目标目录不是空的，不会覆盖其中的数据。",
            place=str(home),
            remedy="请用 --home 指定一个空目录，或先移走该目录中的内容。",
        )


def _take(
    tar: tarfile.TarFile, member: tarfile.TarInfo, place: Path, file: Path
) -> dict[str, Any]:
    parts = member.name.split("/")
    if not (member.isfile() and MEMBER.fullmatch(member.name)) or {"..", "."} & set(parts):
        raise Invalid(
            f"备份文件里有不该有的内容：{member.name[:80]}。", place=str(file), remedy=REMEDY
        )
    target = place / member.name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    source = tar.extractfile(member)
    if source is None:
        raise Invalid(f"备份文件读不出来：{member.name[:80]}。", place=str(file), remedy=REMEDY)
    with source, target.open("xb") as copy:
        target.chmod(0o600)
        return {"size": member.size, "sha256": _copied(source, copy)}


def _copied(source: IO[bytes], copy: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := source.read(1 << 20):
        digest.update(piece)
        copy.write(piece)
    return digest.hexdigest()


def _manifest(place: Path, file: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        form, major, _members = manifest["format"], manifest["postgres"], manifest["members"]
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        raise Invalid("备份文件不完整：没有清单。", place=str(file), remedy=REMEDY) from trouble
    if form != FORMAT or int(major) > int(MAJOR):
        raise Invalid(
            f"备份由更新的程序制作（格式 {form},PostgreSQL {major}），本程序读不了。",
            place=str(file),
            remedy="请用制作备份的那个版本或更新的程序恢复。",
        )
    return dict(manifest)


def _load(url: str, dump: Path) -> None:
    options = ["--single-transaction", "--exit-on-error", f"--dbname={url}"]
    if is_elsewhere():  # roles of a foreign cluster have names of their own
        options += ["--no-owner", "--no-acl"]
    program = wheel_binaries().path("pg_restore")
    done = subprocess.run(  # noqa: S603 -- our own binary
        [str(program), *options, str(dump)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Problem(
            f"数据库载入失败：{done.stderr.strip()[-600:]}",
            place=url.partition("?")[0],
            remedy="目标数据库须为空；请换一个空目录或空数据库重试。",
        )
