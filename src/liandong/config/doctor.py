"""``doctor``: everything a node stands on, looked at one by one, each with its remedy."""

import hashlib
import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from liandong.config.findings import Finding, guarded
from liandong.config.homes import is_founded, right_now
from liandong.kernel import certificates
from liandong.kernel.database import Cluster
from liandong.kernel.database.binaries import MAJOR, wheel_binaries
from liandong.kernel.database.holding import held_by
from liandong.kernel.database.places import data_folder, is_elsewhere

LEAST_FREE = 2 * 1024**3
LEAST_SYNCS = 30
SYNCS = 40
PROGRAM_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)


def examine(home: Path) -> Iterator[Finding]:
    """Everything that can be looked at without the database."""
    for check in (
        _python,
        _digests,
        _binaries,
        _folders,
        _keys,
        _certificate,
        _space,
        _disk,
        _clock,
        _service,
    ):
        yield from guarded(check, home)


def _python(_home: Path) -> Iterator[Finding]:
    found = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding(
        "Python", sys.version_info >= (3, 11), found, "请安装 Python 3.11 或更新版本。"
    )


def _digests(_home: Path) -> Iterator[Finding]:
    wanted = os.environ.get("LIANDONG_DIGEST", "sha256")
    try:
        hashlib.new(wanted)
    except ValueError:
        remedy = "请安装带国密算法的 OpenSSL，或改用 LIANDONG_DIGEST=sha256。"
        yield Finding("摘要算法", ok=False, detail=f"{wanted} 不可用", remedy=remedy)
    else:
        yield Finding("摘要算法", ok=True, detail=wanted)


def _binaries(home: Path) -> Iterator[Finding]:
    if is_elsewhere():
        yield Finding("数据库程序", ok=None, detail="使用外部数据库(DATABASE_URL)")
        return
    yield Finding("数据库程序", ok=True, detail=str(wheel_binaries().folder))
    version = data_folder(home) / "PG_VERSION"
    found = version.read_text().strip() if version.exists() else ""
    remedy = "请用原版本程序备份，再用本版本恢复。"
    yield Finding(
        "数据目录版本", (found == MAJOR) if found else None, found or "尚未建立", remedy
    )


def _folders(home: Path) -> Iterator[Finding]:
    if not home.exists():
        yield Finding(
            "数据目录", ok=False, detail=f"{home} 不存在", remedy="请先执行 liandong init。"
        )
        return
    open_to = stat.S_IMODE(home.stat().st_mode) & 0o066
    detail = f"{home}，权限 {stat.S_IMODE(home.stat().st_mode):04o}"
    yield Finding("数据目录", not open_to, detail, f"请执行 chmod go-rw {home}。")
    cluster = Cluster(home)
    if cluster.socket.exists():
        mode = stat.S_IMODE(cluster.socket.stat().st_mode)
        yield Finding(
            "数据库通信目录",
            mode == 0o700,
            f"{cluster.socket}，权限 {mode:04o}",
            "请停止节点并删除该目录后重启。",
        )


def _keys(home: Path) -> Iterator[Finding]:
    if not is_founded(home):
        yield Finding(
            "节点密钥", ok=None, detail="尚未建立节点", remedy="请先执行 liandong init。"
        )
        return
    loose = [
        path.name
        for path in (home / "keys").iterdir()
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    detail = f"别人可读：{'、'.join(loose)}" if loose else str(home / "keys")
    yield Finding("节点密钥权限", not loose, detail, f"请执行 chmod 600 {home / 'keys'}/*。")


def _certificate(home: Path) -> Iterator[Finding]:
    if not certificates.is_there(home):
        remedy = "手机通知、定位等要 HTTPS，请执行 liandong certificate make。"
        yield Finding("HTTPS 证书", ok=None, detail="没有，只提供 HTTP", remedy=remedy)
        return
    served, now = certificates.served(home), right_now()
    left = (served.until - now).days
    whose = "本节点签发" if served.is_own else "县里的证书"
    remedy = (
        "请重启 liandong serve，会自动更换。"
        if served.is_own
        else "请换发后执行 liandong certificate use。"
    )
    detail = f"{whose}，到 {served.until:%Y-%m-%d}，还有 {left} 天"
    yield Finding("HTTPS 证书", served.until - now > certificates.RENEW_BEFORE, detail, remedy)


def _space(home: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(_existing(home)).free
    detail = f"剩余 {free / 1024**3:.1f} GB"
    yield Finding(
        "磁盘空间", free > LEAST_FREE, detail, "请清理磁盘或扩容；数据库写满磁盘会停止服务。"
    )


def _disk(home: Path) -> Iterator[Finding]:
    """How often a second the disk can promise that a write is safe."""
    probe = _existing(home) / f".sync-probe-{os.getpid()}"
    try:
        with probe.open("wb", buffering=0) as file:
            begun = time.perf_counter()
            for _ in range(SYNCS):
                file.write(b"x" * 4096)
                os.fsync(file.fileno())
            rate = round(SYNCS / (time.perf_counter() - begun))
    finally:
        probe.unlink(missing_ok=True)
    yield Finding(
        "磁盘落盘速度",
        rate >= LEAST_SYNCS,
        f"每秒 {rate} 次",
        "磁盘太慢，请换固态硬盘；办理会排队等待落盘。",
    )


def _clock(home: Path) -> Iterator[Finding]:
    now = datetime.fromtimestamp(
        time.time(), tz=UTC
    )  # the machine's own clock is what is examined
    known = [PROGRAM_WRITTEN]
    heads = home / "checkpoints" / "heads.jsonl"
    if heads.exists():
        known.append(datetime.fromtimestamp(heads.stat().st_mtime, tz=UTC))
    is_sane = now > max(known) - timedelta(minutes=1)
    yield Finding(
        "系统时间",
        is_sane,
        now.astimezone().isoformat(timespec="seconds"),
        "系统时间倒退，请校时（对接授时服务器）后再启动。",
    )


def _service(home: Path) -> Iterator[Finding]:
    holder = held_by(home) if home.exists() else 0
    detail = f"运行中，进程 {holder}" if holder else "未运行"
    yield Finding(
        "节点服务", True if holder else None, detail, "如应在运行，请执行 liandong serve。"
    )


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
