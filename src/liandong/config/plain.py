"""Plain HTTP beside HTTPS: shows how to trust the node, and sends everything else to HTTPS."""

import os
from collections.abc import Iterable
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIEnvironment

from liandong.config.wsgi import application as pages

OPEN = ("/trust/", "/static/")


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer one request. A phone that came by the bare address is first told whom to trust."""
    path = environ.get("PATH_INFO", "/")
    if path.startswith(OPEN):
        return pages(environ, start_response)
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
        return ["这里不收表单，请用 https 地址。".encode()]
    start_response("302 Found", [("Location", _elsewhere(path)), ("Content-Length", "0")])
    return []


def _elsewhere(path: str) -> str:
    """The same page over HTTPS, at the address the node gives for itself: never one a caller names."""
    if path == "/":
        return "/trust/"
    return os.environ.get("LIANDONG_ADDRESS", "/trust/").rstrip("/") + quote(path)
