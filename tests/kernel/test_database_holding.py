"""One node in one home."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from liandong.kernel.database import DatabaseTrouble, hold
from liandong.kernel.database.holding import held_by


def test_a_second_holder_is_refused_and_told_who_holds(tmp_path: Path) -> None:
    with hold(tmp_path), pytest.raises(DatabaseTrouble) as caught, hold(tmp_path):
        pytest.fail("two hold one home")

    assert caught.value.title == "这个数据目录已有一个节点在运行，不能再启动第二个。"
    assert caught.value.place == f"{tmp_path}，进程 {os.getpid()}"


def test_the_home_is_free_again_afterwards(tmp_path: Path) -> None:
    with hold(tmp_path):
        during = held_by(tmp_path)
    with hold(tmp_path):
        again = held_by(tmp_path)

    assert (during, again, held_by(tmp_path)) == (os.getpid(), os.getpid(), 0)


def test_a_killed_holder_leaves_the_home_free(tmp_path: Path) -> None:
    program = "import os, sys, pathlib; from liandong.kernel.database import hold\nwith hold(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)

    with hold(tmp_path):
        assert held_by(tmp_path) == os.getpid()
