import pytest
from django.contrib.staticfiles import storage

from liandong.config.static import with_files

NAME = "web/app.0123456789ab.css"


@pytest.fixture
def gathered(tmp_path, monkeypatch):
    """One file, as ``collectstatic`` leaves it: under its hashed name."""
    place = tmp_path / NAME
    place.parent.mkdir()
    place.write_text("body{}")
    monkeypatch.setattr(
        storage.staticfiles_storage, "hashed_files", {"web/app.css": NAME}, raising=False
    )
    monkeypatch.setattr(storage.staticfiles_storage, "path", lambda name: str(tmp_path / name))


def pages(environ, start_response):
    start_response("200 OK", [])
    return [b"page"]


def ask(path):
    """What the server answers: its status, headers and body."""
    told = []
    environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET"}
    parts = with_files(pages)(
        environ, lambda status, headers: told.extend((status, dict(headers)))
    )
    body = b"".join(parts)
    getattr(parts, "close", lambda: None)()  # as servers do
    return *told, body


def test_a_gathered_file_is_handed_out_for_good(gathered):
    status, headers, body = ask(f"/static/{NAME}")

    assert (status, body) == ("200 OK", b"body{}")
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"


def test_a_browser_may_not_guess_what_a_file_is(gathered):
    _status, headers, _body = ask(f"/static/{NAME}")

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == 'text/css; charset="utf-8"'


@pytest.mark.parametrize("path", ["/", "/static/web/app.css", "/static/staticfiles.json"])
def test_everything_else_is_asked_of_the_pages(gathered, path):
    assert ask(path)[2] == b"page"
