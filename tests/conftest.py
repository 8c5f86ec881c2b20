"""One throw-away PostgreSQL cluster for each pytest process, and the crank that tests turn."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from liandong.kernel.database import Cluster, socket_folder

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# How fast examples are drawn is the machine's affair, not the code's.
settings.register_profile(
    "liandong", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("liandong")

LENT = os.environ.get(
    "LIANDONG_TEST_HOME", ""
)  # a running server whoever started us looks after
HOME = Path(LENT or tempfile.mkdtemp(prefix="liandong-test-", dir="/tmp"))
HOME.chmod(0o755)
cluster = Cluster(HOME, throwaway=True)


@pytest.fixture(scope="session")
def django_db_keepdb(request):
    """The database goes with its cluster: nobody drops it first."""
    return request.config.getoption("reuse_db") or not LENT


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    from django.db import connections

    cluster.start()
    place = {"NAME": "liandong", "USER": "liandong", "HOST": str(socket_folder(HOME))}
    connections["default"].settings_dict.update(place)


def pytest_unconfigure(config):
    if LENT:
        return
    if cluster.is_running():
        cluster.stop()
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def fresh_clock(monkeypatch):
    """Read clock and node once a test: on a busy machine a second passes, and queries are counted."""
    from liandong.kernel import clock, identity

    monkeypatch.setattr(clock, "FRESH_SECONDS", 3600)
    monkeypatch.setattr(identity, "FRESH_SECONDS", 3600)
    clock.forget()
    identity.forget()
    yield
    clock.forget()
    identity.forget()


@pytest.fixture
def work(db):
    from liandong.kernel.worker import work_until_quiet

    return lambda: work_until_quiet(epoch=1)


@pytest.fixture
def at(db):
    """Set the clock of the actual realm and hold it there: ``at("2026-07-14T04:07")``, Shanghai time."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from liandong.kernel import clock

    def set_to(text, realm="actual"):
        told = datetime.fromisoformat(text)
        if told.tzinfo is None:
            told = told.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        clock.set_clock(realm, told, rate=0)
        return told

    return set_to
