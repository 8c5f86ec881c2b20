"""The checks that are not tests: each a command, run by `make lint`, `make types` and pytest alike."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CHECKS = {
    "ruff": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "djlint": ["djlint", "--lint", "--quiet", "src"],
    "codespell": ["codespell"],
    "mypy": ["mypy"],
    "contracts": ["lint-imports"],
    "docs": ["python", "tools/docs.py", "--check"],
}


def run(name: str) -> subprocess.CompletedProcess[str]:
    """Run one check from the root; its output is kept together, for whoever has to read it."""
    program, *arguments = CHECKS[name]
    return subprocess.run(
        [BIN / program, *arguments],
        cwd=ROOT,
        check=False,
        text=True,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def environment() -> dict[str, str]:
    """Both the package and tools.doors must be found by the contracts."""
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}


def main(names: list[str]) -> None:
    failed = []
    for name in names or list(CHECKS):
        result = run(name)
        print(result.stdout, end="")
        print(f"{name}: {'failed' if result.returncode else 'passed'}")
        failed += [name] if result.returncode else []
    sys.exit(bool(failed))


if __name__ == "__main__":
    main(sys.argv[1:])
