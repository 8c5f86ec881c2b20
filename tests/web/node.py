"""Runs a module of the front end under node and hands back what it prints as JSON."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import SRC

SCRIPTS = SRC / "web/assets/js"


def run(script, *, timeout=20):
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    assert node, "node is missing: run make setup"
    done = subprocess.run(
        [node, "--input-type=module", "--eval", script.replace("@", SCRIPTS.as_uri() + "/")],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
