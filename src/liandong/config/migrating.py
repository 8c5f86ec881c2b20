"""Bringing the database to the shape this program expects, and the running role to its rights."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from liandong.kernel.database import RUNNING_ROLE, grant_running_role, owner_url, running_url
from liandong.kernel.database.places import is_elsewhere
from liandong.kernel.problems import Problem
from liandong.kernel.search.indexing import rebuild


def migrate(home: Path, *, tell: Callable[[str], None]) -> list[str]:
    """Apply what is missing; what was applied. Django must be awake as the owner."""
    _refuse_one_role(home)
    executor = MigrationExecutor(connection)
    _refuse_newer(executor)
    targets = executor.loader.graph.leaf_nodes()
    missing = [str(migration) for migration, _back in executor.migration_plan(targets)]

    def progress(act: str, migration: object = None, fake: bool = False) -> None:  # noqa: ARG001, FBT001, FBT002 -- Django calls it so
        if act == "apply_success":
            tell(str(migration))

    if missing:
        executor.progress_callback = progress  # type: ignore[assignment]
        executor.migrate(targets)
        # Django's own permissions and content types ride on this signal.
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
        # Another program may read the same rows otherwise, and the first that searches has none yet.
        rebuild()
    call_command("createcachetable", verbosity=0)
    grant_running_role(owner_url(home), running_role())
    return missing


def unapplied() -> list[str]:
    """The migrations this database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _back in plan]


def running_role() -> str:
    """The role the program runs as; another name where the cluster is somebody else's."""
    if not is_elsewhere():
        return RUNNING_ROLE

    return unquote(urlsplit(running_url(Path())).username or RUNNING_ROLE)


def _refuse_one_role(home: Path) -> None:
    """On a cluster of one's own, too, the role that migrates is not the one that runs."""
    owner = unquote(urlsplit(owner_url(home)).username or "")
    if is_elsewhere() and owner == running_role():
        raise Problem(
            "运行和升级用了同一个数据库角色，流水就挡不住改动。",
            place=f"DATABASE_URL、DATABASE_OWNER_URL:{owner}",
            remedy="请在数据库中另建一个没有建表权限的角色，写进 DATABASE_URL；建表的角色写进 DATABASE_OWNER_URL。",
        )


def _refuse_newer(executor: MigrationExecutor) -> None:
    """A database that a newer program shaped is left alone."""
    loader = executor.loader
    ours = {app for app, _name in loader.disk_migrations or {}}
    unknown = [
        f"{app}.{name}"
        for app, name in loader.applied_migrations or {}
        if app in ours
        and (app, name) not in (loader.disk_migrations or {})
        and (app, name) not in loader.replacements
    ]
    if unknown:
        raise Problem(
            f"数据库比本程序新：其中已有本程序不认识的改动 {'、'.join(sorted(unknown)[:5])}。",
            place=str(connection.settings_dict["NAME"]),
            remedy="请换用不低于上次运行的程序版本；不要用旧程序打开新数据。",
        )
