"""Pages and API, as WSGI; before them the static files."""

import os
from wsgiref.types import WSGIApplication

from django.core.wsgi import get_wsgi_application

from liandong.kernel.processes import die_with_parent

die_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liandong.config.settings.base")
pages = get_wsgi_application()

from liandong.config.static import with_files  # noqa: E402 -- settings are ready only now

application: WSGIApplication = with_files(pages)
