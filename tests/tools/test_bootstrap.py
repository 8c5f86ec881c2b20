import hashlib
import io
import platform
import sys
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tools import bootstrap

SETTINGS = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL", "PIP_CONFIG_FILE")
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="wheels are named for Linux here"
)


def wheel():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("uv-1.0.data/scripts/uv", "#!/bin/sh\n")
    return held.getvalue()


@pytest.fixture
def nothing_configured(monkeypatch, tmp_path):
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def index(tmp_path):
    """An index on this machine that serves one uv."""
    name = f"uv-1.0-py3-none-manylinux_2_17_{platform.machine()}.whl"
    (tmp_path / "simple/uv").mkdir(parents=True)
    (tmp_path / "simple/uv/index.html").write_text(
        f'<a href="../../files/{name}#sha256=0">{name}</a>'
    )
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / name).write_bytes(wheel())
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/simple/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def checkout(monkeypatch, tmp_path):
    """A checkout whose lock names a uv by the given hash."""
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "LOCK", tmp_path / "requirements.lock")

    def lock(digest):
        (tmp_path / "requirements.lock").write_text(f"uv==1.0 \\\n    --hash=sha256:{digest}\n")

    return lock


def test_uv_comes_from_the_index_that_is_given(checkout, index):
    checkout(hashlib.sha256(wheel()).hexdigest())

    uv = bootstrap.fetch_uv(index)

    assert uv.read_text() == "#!/bin/sh\n"
    assert uv.stat().st_mode & 0o777 == 0o755


def test_a_uv_with_another_hash_is_refused(checkout, index, tmp_path):
    checkout("0" * 64)

    with pytest.raises(SystemExit, match="another uv than the one"):
        bootstrap.fetch_uv(index)

    assert list((tmp_path / ".venv").iterdir()) == []


def test_an_index_without_this_uv_says_so(checkout, index):
    with pytest.raises(SystemExit, match=r"offers no uv 2\.0"):
        bootstrap.wheel_address(f"{index}uv/", "2.0")


@pytest.mark.usefixtures("nothing_configured")
def test_pips_own_file_names_the_index(tmp_path):
    (tmp_path / "config/pip").mkdir(parents=True)
    (tmp_path / "config/pip/pip.conf").write_text(
        "[global]\nindex-url = http://mirror.county/simple\n"
    )

    assert bootstrap.configured("index-url", *SETTINGS) == "http://mirror.county/simple"


@pytest.mark.usefixtures("nothing_configured")
def test_a_variable_outweighs_the_file(monkeypatch, tmp_path):
    (tmp_path / "config/pip").mkdir(parents=True)
    (tmp_path / "config/pip/pip.conf").write_text(
        "[global]\nindex-url = http://mirror.county/simple\n"
    )
    monkeypatch.setenv("PIP_INDEX_URL", "http://other.county/simple")

    assert (
        bootstrap.uv_environment(bootstrap.configured("index-url", "PIP_INDEX_URL"))[
            "UV_DEFAULT_INDEX"
        ]
        == "http://other.county/simple"
    )
