"""Make .venv out of a bare python3: the standard library fetches uv, and uv fetches the rest.

The index is the one this machine already uses: UV_DEFAULT_INDEX, PIP_INDEX_URL or pip's own
configuration files. Whatever answers, and however, the hashes in requirements.lock decide.
"""

import base64
import configparser
import hashlib
import html
import io
import os
import platform
import re
import ssl
import subprocess
import sys
import urllib.error
import zipfile
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
VENV, LOCK = ROOT / ".venv", ROOT / "requirements.lock"
STAMP = VENV / ".installed"
DEFAULT_INDEX = (
    "https://pypi.org/simple/"  # pip's own default; asked only if none is configured
)


def main() -> None:
    project = (ROOT / "pyproject.toml").read_text().split("[tool.")[0]
    state = hashlib.sha256(LOCK.read_bytes() + project.encode()).hexdigest()
    if STAMP.is_file() and STAMP.read_text() == state:
        STAMP.touch()
        return
    if not (VENV / "bin/python").exists():
        say("making .venv")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", VENV], check=True)
    index = configured("index-url", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
    environment = uv_environment(index)
    uv = [fetch_uv(index or DEFAULT_INDEX), "pip"]
    target = ["--python", VENV / "bin/python"]
    say("installing what requirements.lock names")
    for command in (
        # Compiled once here: where Python may not write beside its sources, every start would.
        ["sync", *target, "--require-hashes", "--compile-bytecode", LOCK],
        ["install", *target, "--no-deps", "--no-build-isolation", "--editable", ROOT],
    ):
        if subprocess.run([*uv, *command], env=environment, check=False).returncode:
            sys.exit(
                "setup: stopped. Another index is named by UV_DEFAULT_INDEX, own certificates by SSL_CERT_FILE."
            )
    subprocess.run([VENV / "bin/python", "-m", "compileall", "-q", ROOT / "src"], check=True)
    STAMP.write_text(state)


def uv_environment(index: str) -> dict[str, str]:
    """Tell uv what it would not find out by itself: it reads none of pip's settings."""
    environment = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    if index:
        environment["UV_DEFAULT_INDEX"] = index
    if certificates := configured("cert", "SSL_CERT_FILE", "PIP_CERT"):
        environment["SSL_CERT_FILE"] = certificates
    if Path(
        "/etc/ssl/certs/ca-certificates.crt"
    ).exists():  # a site's own authority is in there
        environment.setdefault("UV_SYSTEM_CERTS", "1")
    return environment


def configured(option: str, *variables: str) -> str:
    """Return the first of these variables that is set, or else what pip's files say."""
    home, given = Path.home(), os.environ.get
    own = Path(given("XDG_CONFIG_HOME") or home / ".config") / "pip/pip.conf"
    files = ["/etc/pip.conf", home / ".pip/pip.conf", own, given("PIP_CONFIG_FILE", "")]
    parser = configparser.RawConfigParser()
    parser.read(files)
    return next(filter(None, map(given, variables)), "") or parser.get(
        "global", option, fallback=""
    )


def fetch_uv(index: str) -> Path:
    pin = re.search(
        r"^uv==(\S+)((?:\s+\\\s+--hash=sha256:\w+)+)", LOCK.read_text(), re.MULTILINE
    )
    if not pin:
        sys.exit("requirements.lock pins no uv: make lock")
    uv = VENV / f"uv-{pin[1]}"
    if not uv.exists():
        page = index.rstrip("/") + "/uv/"
        say(f"fetching uv {pin[1]}")
        wheel = download(wheel_address(page, pin[1]))
        if hashlib.sha256(wheel).hexdigest() not in pin[2]:
            sys.exit(f"{page} serves another uv than the one requirements.lock names; stopped.")
        with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
            name = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
            uv.write_bytes(archive.read(name))
        uv.chmod(0o755)
    return uv


def wheel_address(page: str, version: str) -> str:
    linux = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    system, machine = "macosx" if sys.platform == "darwin" else linux, platform.machine()
    for found in re.findall(r'href=["\']([^"\'#]+\.whl)', download(page).decode()):
        name = found.rsplit("/", 1)[-1]
        if (
            name.startswith(f"uv-{version}-")
            and system in name
            and name.endswith(f"{machine}.whl")
        ):
            return urljoin(page, html.unescape(found))
    sys.exit(f"{page} offers no uv {version} for {system} on {machine}.")


def download(address: str) -> bytes:
    parts = urlsplit(address)
    request = Request(parts._replace(netloc=parts.netloc.split("@")[-1]).geturl())  # noqa: S310 -- an index
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        request.add_unredirected_header(
            "Authorization", f"Basic {base64.b64encode(pair).decode()}"
        )
    try:
        with urlopen(request, timeout=60) as answer:  # noqa: S310 -- an index
            return answer.read()
    except urllib.error.URLError as error:
        if not isinstance(error.reason, ssl.SSLCertVerificationError):
            sys.exit(f"{parts.hostname}: {error}. Another index? Set UV_DEFAULT_INDEX.")
    # A bare machine has no certificates to check with; the hash in the lock still vouches.
    request.remove_header("Authorization")
    unverified = ssl.create_default_context()
    unverified.check_hostname, unverified.verify_mode = False, ssl.CERT_NONE
    with urlopen(request, timeout=60, context=unverified) as answer:  # noqa: S310 -- an index
        return answer.read()


def say(what: str) -> None:
    print(f"setup: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
