"""Where things stand in the checkout, for the tests that look at files."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "liandong"
TESTS = ROOT / "tests"
LIBRARIES = {"config", "demo", "documents", "kernel", "web"}  # no clause of their own
MODULES = [path for path in sorted(SRC.rglob("*.py")) if "migrations" not in path.parts]
APPS = sorted(path.parent.name for path in SRC.glob("*/__init__.py"))
MECHANISMS = [app for app in APPS if app not in LIBRARIES]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))
