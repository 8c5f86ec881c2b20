"""HTTPS as a phone meets it: made by the command, served, and checked by a real client."""

import json
import shutil
import socket
import ssl
import urllib.error
import urllib.request

import pytest

from liandong.kernel import certificates
from tests.config.nodes import answer, free_port, liandong, refusal, serving, until

pytestmark = pytest.mark.slow


def client_of(home):
    """What a browser does that trusts this node's authority and nobody else."""
    trust = ssl.create_default_context(cafile=str(certificates.authority_file(home)))
    return urllib.request.build_opener(urllib.request.HTTPSHandler(context=trust))


def refused(opener, url):
    with pytest.raises(urllib.error.HTTPError) as found:
        opener.open(url, timeout=20)
    with found.value as said:
        return said.code


def plain(port, path):
    """Status and Location without following it."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head = b""
        while chunk := wire.recv(65536):
            head += chunk
    lines = head.split(b"\r\n\r\n")[0].decode().lower().split("\r\n")
    return int(lines[0].split()[1]), next(
        (x[10:] for x in lines if x.startswith("location:")), ""
    )


def test_pages_and_stream_come_by_https_to_who_trusts_the_node(home):
    made = answer("certificate", "make", home=home)

    with serving(home) as (_process, port):
        opener = client_of(home)
        with opener.open(f"https://127.0.0.1:{port}/accounts/login/", timeout=20) as page:
            headers, status = page.headers, page.status
        live = refused(opener, f"https://127.0.0.1:{port + 1}/live?after=0:0")
        with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
            urllib.request.urlopen(f"https://127.0.0.1:{port}/", timeout=20)
        found = [plain(port + 2, path) for path in ("/", "/trust/", "/command/incidents/")]

    assert (made["own"], "127.0.0.1" in made["names"]) == (True, True)
    assert (status, live) == (200, 401)
    assert "max-age=604800" in headers["Strict-Transport-Security"]
    assert "Secure" in headers["Set-Cookie"]
    assert [status for status, _to in found] == [302, 200, 302]
    assert found[2][1].strip() == f"https://127.0.0.1:{port}/command/incidents/"


def test_a_certificate_given_by_hand_is_served(home, tmp_path):
    answer("certificate", "make", home=home)
    pair = [shutil.copy(path, tmp_path) for path in certificates.files(home)]
    authority = tmp_path / "authority"
    (authority / "keys").mkdir(parents=True)
    shutil.copytree(certificates.folder(home), certificates.folder(authority))
    shutil.rmtree(certificates.folder(home))

    with serving(home, "--certificate", pair[0], "--certificate-key", pair[1]) as (_p, port):
        opener = client_of(authority)
        with opener.open(f"https://127.0.0.1:{port}/accounts/login/", timeout=20) as page:
            status = page.status

    assert status == 200


def test_https_is_left_out_when_it_is_not_wanted(home):
    answer("certificate", "make", home=home)

    with (
        serving(home, "--no-https") as (_process, port),
        urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=20) as page,
    ):
        status = page.status

    assert status == 200


def test_https_without_a_certificate_says_how_to_make_one(home):
    done = liandong("serve", "--https", "--json", "--port", free_port(), home=home)

    assert done.returncode == 1
    assert "liandong certificate make" in json.loads(done.stdout)["problem"]["remedy"]


def test_another_countys_certificate_is_refused_in_words(home, capsys, tmp_path):
    answer("certificate", "make", home=home)
    noise = tmp_path / "noise"
    noise.write_text("公函")

    told = refusal(capsys, "certificate", "use", noise, noise, "--home", home)

    assert told["title"] == "这不是证书文件。"


def test_doctor_tells_until_when_the_certificate_holds(home):
    answer("certificate", "make", home=home)

    found = {one["name"]: one for one in answer("doctor", home=home)["findings"]}

    assert found["HTTPS 证书"]["ok"]
    assert "本节点签发" in found["HTTPS 证书"]["detail"]


def test_changed_sources_are_served_anew(home, tmp_path):
    """``--reload`` watches the program's own files."""
    from liandong.config import static_files
    from tests.config.test_supervisor import _children

    touched = static_files.PACKAGE / "config" / "wsgi.py"
    with serving(home, "--reload") as (process, port):
        (former,) = _children(process.pid, "wsgi")
        touched.touch()
        until(lambda: _children(process.pid, "wsgi") not in ([], [former]))
        until(lambda: _listens(port))


def _listens(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
