"""What the server is told: settings, who may come in, and as whom."""

import os
from pathlib import Path

from liandong.kernel.database.account import Account
from liandong.kernel.database.roles import OWNER_ROLE, RUNNING_ROLE

INCLUDE = "include_if_exists = 'liandong.conf'"

SETTINGS = """\
# Written by liandong at every start. Put changes below the include in postgresql.conf.
max_connections = 100
max_locks_per_transaction = 256
shared_buffers = 128MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 128MB
synchronous_commit = on
wal_level = replica
max_wal_senders = 10
max_wal_size = 1GB
wal_compression = pglz
checkpoint_timeout = 10min
timezone = 'UTC'
datestyle = 'iso, ymd'
default_text_search_config = 'simple'
idle_in_transaction_session_timeout = 5min
logging_collector = on
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_checkpoints = off
log_connections = off
# A payload that was destroyed must not live on in a log.
log_min_error_statement = panic
log_error_verbosity = terse
"""

THROWAWAY = """\
fsync = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum_naptime = 5min
"""

ACCESS = """\
# Written by liandong at every start: only over the private socket, only accounts named in pg_ident.conf.
local all all peer map=us
"""


def write_configuration(data: Path, log: Path, account: Account, *, throwaway: bool) -> None:
    """Write the files the server reads at its start."""
    settings = (
        SETTINGS + f"log_directory = {_quoted(str(log))}\n" + (THROWAWAY if throwaway else "")
    )
    _write(data / "liandong.conf", settings, account)
    _write(data / "pg_hba.conf", ACCESS, account)
    _write(data / "pg_ident.conf", identities(account), account)
    main = data / "postgresql.conf"
    text = main.read_text(encoding="utf-8")
    if INCLUDE not in text:
        _write(main, f"{text}\n{INCLUDE}\n", account)


def identities(account: Account) -> str:
    """Which account of the machine may be which role."""
    names = [account.name, *(["root"] if account.is_other else [])]
    lines = [f'us "{name}" {role}' for name in names for role in (OWNER_ROLE, RUNNING_ROLE)]
    return "\n".join(["# map account role", *lines, ""])


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _write(path: Path, text: str, account: Account) -> None:
    """Put a file in its place whole, so that a crash never leaves half of one."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(0o600)
    if account.is_other:
        os.chown(fresh, account.uid, account.gid)
    fresh.replace(path)
