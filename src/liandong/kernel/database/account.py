"""The operating-system account the server runs under: our own, or an unprivileged one when we are root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liandong.kernel.database.troubles import DatabaseTrouble

SYSTEM_ACCOUNT = "liandong"


@dataclass(frozen=True)
class Account:
    """Who the server runs as."""

    name: str
    uid: int
    gid: int
    is_other: bool  # we are root and it is not us

    def launch(self) -> dict[str, Any]:
        """Arguments for ``subprocess`` that make the child this account."""
        common: dict[str, Any] = {"cwd": "/", "umask": 0o077, "stdin": subprocess.DEVNULL}
        return common | (
            {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}
        )

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program to its end as this account, without the language of the person at the terminal."""
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
        return subprocess.run(  # noqa: S603 -- our own binaries and fixed arguments
            [str(part) for part in command],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
            **self.launch(),
        )

    def can_enter(self, folder: Path) -> bool:
        """Whether the account can go into a folder."""
        return self.run("/bin/sh", "-c", 'cd -- "$1"', "sh", folder).returncode == 0

    def own(self, folder: Path) -> None:
        """Make a folder that only this account can use."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.is_other:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)


def server_account() -> Account:
    """The account for the server; made when we are root and it is not there yet."""
    if os.getuid():
        return _present()
    try:
        entry = pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        entry = _made()
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, is_other=True)


def _present() -> Account:
    try:
        entry = pwd.getpwuid(os.getuid())
    except KeyError:
        raise DatabaseTrouble(
            f"当前用户编号 {os.getuid()} 没有对应的系统账户，数据库无法核对来访者。",
            place="/etc/passwd",
            remedy="请用登记过的系统账户运行，或请管理员为该编号建立账户。",
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, is_other=False)


def _made() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    options = [
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
    ]
    failure = "系统中没有 useradd 程序"
    if useradd:
        command = [useradd, *options, SYSTEM_ACCOUNT]
        result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- fixed arguments
        failure = result.stderr.strip()
    try:
        return pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        raise DatabaseTrouble(
            f"数据库不能以 root 身份运行，而系统账户“{SYSTEM_ACCOUNT}”建立失败：{failure}。",
            place="/etc/passwd",
            remedy=f"请先建立系统账户“{SYSTEM_ACCOUNT}”，或改用普通账户运行本程序。",
        ) from None
