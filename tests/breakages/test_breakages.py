"""Each patch beside this file breaks one promise, and must turn the test it names red.

A patch says in its head what it breaks and what then fails. It is applied to a copy of the
checkout, where the named test runs in a process of its own; all on one database, made once.
When a patch no longer applies, what it breaks has moved: write it anew.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from liandong.kernel.database import Cluster
from tests.architecture.tree import ROOT

PATCHES = sorted(Path(__file__).parent.glob("*.patch"))
WANTED = 12
COPIED = ("src", "tests", "tools", "pyproject.toml")
PATIENCE = 300
pytestmark = pytest.mark.slow


def named(patch):
    """The test that a patch turns red."""
    return re.search(r"^Turns red: (\S+)$", patch.read_text(), re.MULTILINE)[1]


def makes_its_own_database(patch):
    return "/migrations/" in patch.read_text()


def try_out(workshop, tests, *options, borrowed=True):
    """Run tests of the copy; the last line of what pytest says, and all of it."""
    place, home = workshop
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")
    }
    environment |= {"PYTHONPATH": f"{place / 'src'}:{place}", "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    if borrowed:
        environment["LIANDONG_TEST_HOME"] = str(home)
        options = ("--reuse-db", *options)
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", "--tb=line"]
    plain = ["-p", "pytest_django.plugin", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *plain, *options, *tests],
        cwd=place,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    said = done.stdout + done.stderr
    return (done.stdout.strip().splitlines() or [""])[-1], said


@pytest.fixture(scope="module")
def workshop():
    """A copy of the checkout, and a database server for all that runs there."""
    folder = Path(tempfile.mkdtemp(prefix="liandong-test-", dir="/tmp"))
    folder.chmod(0o755)
    place, home = folder / "checkout", folder / "home"
    place.mkdir()
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, place / name)
    with Cluster(home, throwaway=True) as cluster:
        cluster.ensure_database()
        yield place, home
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def sound(workshop):
    """Which of the named tests fail in the copy as it is; none may."""
    last, said = try_out(workshop, sorted({named(patch) for patch in PATCHES}), "--create-db")
    assert re.search(r"\d+ (passed|failed)", last), said[-3000:]
    return {
        name.split("[")[0]
        for name in re.findall(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)
    }


@pytest.fixture
def broken(workshop, sound, request):
    """The copy with a patch applied; taken back afterwards."""
    place, _home = workshop
    patch = request.param
    apply(place, patch)
    yield patch
    apply(place, patch, "--reverse")


def apply(place, patch, *options):
    done = subprocess.run(
        ["git", "apply", "-C0", *options, str(patch)],  # the lines around may have changed
        cwd=place,
        env=os.environ | {"GIT_CEILING_DIRECTORIES": str(place.parent)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{patch.name} does not apply any more:\n{done.stderr}"


def test_there_are_patches_enough():
    assert len(PATCHES) >= WANTED


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_a_patch_breaks_the_program_and_not_its_tests(patch):
    touched = re.findall(r"^\+\+\+ b/(\S+)$", patch.read_text(), re.MULTILINE)

    assert [path for path in touched if not path.startswith("src/liandong/")] == []
    assert len(touched) == 1


@pytest.mark.parametrize("broken", PATCHES, ids=lambda patch: patch.stem, indirect=True)
def test_the_named_test_turns_red(workshop, sound, broken):
    last, said = try_out(workshop, [named(broken)], borrowed=not makes_its_own_database(broken))

    assert named(broken) not in sound, "it fails without the patch"
    assert re.match(r"\d+ failed", last), said[-3000:]
