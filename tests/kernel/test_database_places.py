"""Addresses and folders, computed without a server."""

from pathlib import Path

import pytest

from liandong.kernel.database import database_url, owner_url, running_url, socket_folder


@pytest.fixture(autouse=True)
def _no_cluster_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)


@pytest.mark.parametrize(("length", "is_inside"), [(92, True), (93, True), (94, False)])
def test_socket_folder_moves_out_at_the_94th_byte(length: int, *, is_inside: bool) -> None:
    home = Path("/" + "a" * (length - len("//run")))

    assert (socket_folder(home) == home / "run") == is_inside
    assert len(str(home / "run")) == length


def test_short_socket_folders_of_two_homes_differ_and_stay() -> None:
    one, other = Path("/" + "a" * 200), Path("/" + "b" * 200)

    assert socket_folder(one) == socket_folder(one)
    assert socket_folder(one) != socket_folder(other)


def test_a_chinese_home_is_measured_in_bytes() -> None:
    home = Path("/数据" * 13)

    assert socket_folder(home) != home / "run"


def test_urls_name_role_database_and_folder() -> None:
    home = Path("/var/lib/liandong")

    assert (
        database_url(home, "x", "y") == "postgresql://y@/x?host=%2Fvar%2Flib%2Fliandong%2Frun"
    )
    assert (
        running_url(home)
        == "postgresql://liandong_app@/liandong?host=%2Fvar%2Flib%2Fliandong%2Frun"
    )
    assert (
        owner_url(home) == "postgresql://liandong@/liandong?host=%2Fvar%2Flib%2Fliandong%2Frun"
    )


def test_the_environment_points_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/county")
    same_for_both = owner_url(Path("/h"))
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db/county")

    assert running_url(Path("/h")) == "postgresql://app@db/county"
    assert same_for_both == "postgresql://app@db/county"
    assert owner_url(Path("/h")) == "postgresql://owner@db/county"
