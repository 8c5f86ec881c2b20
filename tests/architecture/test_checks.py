import os
import shutil

import pytest

from tools import checks


@pytest.mark.parametrize("name", sorted(checks.CHECKS))
def test_check(name):
    program = checks.BIN / checks.CHECKS[name][0]
    if not program.exists() and "CI" not in os.environ:
        pytest.skip(f"NOT RUN: {program.name} is not installed")

    result = checks.run(name)

    assert result.returncode == 0, f"make {name}:\n{result.stdout}"


def test_the_browser_can_run():
    if not shutil.which("chromium") and "CI" not in os.environ:
        pytest.skip("NOT RUN: the browser tests want Chromium")

    assert shutil.which("chromium")
