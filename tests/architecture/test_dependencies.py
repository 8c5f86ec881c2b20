import json
import re
import tomllib

import pytest

from tests.architecture.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PAGE = (ROOT / "docs" / "dependencies.md").read_text()


def python_packages():
    extras = PROJECT["optional-dependencies"]
    wanted = [*PROJECT["dependencies"], *extras["build"], *extras["dev"]]
    return sorted(re.match(r"[\w.-]+", text)[0] for text in wanted)


def front_end_packages():
    package = json.loads((ROOT / "package.json").read_text())
    return sorted({**package.get("dependencies", {}), **package.get("devDependencies", {})})


def described():
    """What the first column of the tables names."""
    return [
        cell
        for row in re.findall(r"^\| (`.+?) \|", PAGE, re.MULTILINE)
        for cell in re.findall(r"`(.+?)`", row)
    ]


def addresses(value):
    """Every address in a JSON document but those of sponsors."""
    if isinstance(value, dict):
        return [a for key, part in value.items() if key != "funding" for a in addresses(part)]
    if isinstance(value, list):
        return [a for part in value for a in addresses(part)]
    return [value] if isinstance(value, str) and "://" in value else []


def test_every_dependency_is_described_and_nothing_else():
    assert sorted(described()) == sorted([*python_packages(), *front_end_packages()])


@pytest.mark.parametrize("package", [*python_packages(), *front_end_packages()])
def test_every_dependency_is_pinned_in_a_lock(package):
    python = (ROOT / "requirements.lock").read_text().lower()
    front = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    in_python = (
        f"\n{package.lower().replace('_', '-')}==" in f"\n{python}"
        or f"{package.lower()}[" in python
    )
    assert in_python or f"node_modules/{package}" in front


def test_the_python_lock_names_no_host():
    assert (
        re.findall(r"^.*://.*$", (ROOT / "requirements.lock").read_text(), re.MULTILINE) == []
    )


def test_every_line_of_the_python_lock_has_a_hash():
    pins = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text().strip())

    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []


def test_the_front_end_lock_names_no_host():
    lock = json.loads((ROOT / "package-lock.json").read_text())

    assert addresses(lock) == []


def test_every_package_of_the_front_end_lock_has_a_hash():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: said for name, said in lock["packages"].items() if name}

    assert [name for name, said in packages.items() if "integrity" not in said] == []
