import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, name

PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").rglob("*.md")]
)
FOLDERS = r"(?:\.ci|bench|docs|src|tests|tools)/"


def prose(path):
    """The page without what it shows as an example."""
    return re.sub(r"^```.*?^```", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)


def commands():
    """Every command of the program that a page names."""
    said = "".join(path.read_text() for path in PAGES if "reference" not in path.parts)
    return sorted(
        set(re.findall(r"(?:`|^|/)liandong ((?:journal )?[a-z-]+)", said, re.MULTILINE))
    )


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_link_leads_somewhere(path):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", prose(path))
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]

    assert [link for link in local if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_path_that_is_named_exists(path):
    named = re.findall(rf"`({FOLDERS}[^`\s]*)`", prose(path))
    plain = [text for text in named if not re.search(r"[<>…*{}$]", text)]

    assert [text for text in plain if not (ROOT / text.split(":")[0]).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_make_target_that_is_named_exists(path):
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    named = re.findall(r"^make ([a-z]+)|`make ([a-z]+)[^`]*`", path.read_text(), re.MULTILINE)

    assert {a or b for a, b in named} - set(targets) == set()


@pytest.mark.parametrize("command", commands())
def test_every_command_that_is_named_exists(command):
    told = subprocess.run(
        [Path(sys.executable).parent / "liandong", *command.split(), "--help"],
        check=False,
        capture_output=True,
        text=True,
    )

    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("*.md")), ids=name)
def test_a_decision_fits_one_screen(path):
    assert len(path.read_text().splitlines()) <= 60


def test_the_style_fits_two_hundred_lines():
    assert len((ROOT / "CONTRIBUTING.md").read_text().splitlines()) < 200
