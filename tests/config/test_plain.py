import pytest

from liandong.config import plain


def asked(path, method="GET"):
    said = {}

    def start(status, headers):
        said.update(status=status, **dict(headers))

    body = plain.application({"PATH_INFO": path, "REQUEST_METHOD": method}, start)
    return said, b"".join(body)


@pytest.fixture(autouse=True)
def _node(monkeypatch):
    monkeypatch.setenv("LIANDONG_ADDRESS", "https://10.0.0.9:8000/")


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/", "/trust/"),
        ("/command/incidents/", "https://10.0.0.9:8000/command/incidents/"),
        ("//elsewhere.example/", "https://10.0.0.9:8000//elsewhere.example/"),
        ("/\r\nx: y", "https://10.0.0.9:8000/%0D%0Ax%3A%20y"),
    ],
)
def test_everything_but_trust_is_sent_to_https(path, to):
    said, _body = asked(path)

    assert (said["status"], said["Location"]) == ("302 Found", to)


def test_no_form_is_taken_in_the_clear():
    said, body = asked("/accounts/login/", "POST")

    assert said["status"] == "403 Forbidden"
    assert "https" in body.decode()


def test_the_page_that_tells_whom_to_trust_is_shown(monkeypatch):
    monkeypatch.setattr(plain, "pages", lambda _environ, _start: [b"page"])

    assert asked("/trust/")[1] == b"page"
