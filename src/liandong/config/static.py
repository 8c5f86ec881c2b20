"""Static files: hashed names, also inside JavaScript modules; handed out before Django is asked."""

from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from servestatic import ServeStatic
from servestatic.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # without types
    """Rewrites ``import "./chunk.js"`` to the hashed name as well."""

    support_js_module_import_aggregation = True


def with_files(application: Any) -> ServeStatic:
    """Put the gathered files before a WSGI application.

    As middleware they would cost each page an event loop and a thread: servestatic's is
    asynchronous, our pages are not.
    """
    server = ServeStatic(
        application,
        allow_all_origins=False,
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=_guard,
    )
    for name in getattr(staticfiles_storage, "hashed_files", {}).values():
        place = staticfiles_storage.path(name)
        server.add_file_to_dictionary(f"{settings.STATIC_URL}{name}", place)
    return server


def _guard(headers: Headers, _path: str, _url: str) -> None:
    """What Django's security middleware says on pages."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = settings.SECURE_REFERRER_POLICY
    headers["Cross-Origin-Opener-Policy"] = settings.SECURE_CROSS_ORIGIN_OPENER_POLICY
