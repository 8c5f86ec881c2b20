from pathlib import Path

from tests.architecture.tree import ROOT, SRC, TESTS

OTHER = {"architecture", "breakages", "browser", "journeys"}  # not about one module
SOURCES = {".js", ".mjs", ".py", ".toml", ".ts", ".yaml"}


def written_in(package: Path) -> set[str]:
    """Name each source of a package as its test is named: actions/order.py is actions_order."""
    files = (
        p for p in package.rglob("*") if p.suffix in SOURCES and "migrations" not in p.parts
    )
    parts = (path.relative_to(package).with_suffix("").parts for path in files)
    return {
        "_".join(part for part in found if part != "__init__").replace("-", "_")
        for found in parts
    }


def package_of(app: str) -> Path:
    return ROOT / app if app in {"bench", "tools"} else SRC / app


def test_every_test_module_mirrors_a_source_module():
    strays = []

    for path in sorted(TESTS.rglob("test_*.py")):
        app, *rest = path.relative_to(TESTS).with_suffix("").parts
        name = "_".join([*rest[:-1], rest[-1].removeprefix("test_")]) if rest else app
        if app not in OTHER and name not in written_in(package_of(app)):
            strays.append(str(path.relative_to(TESTS)))

    assert strays == []
