"""Pages and API, as WSGI."""

import os

from django.core.wsgi import get_wsgi_application

from liandong.kernel.processes import die_with_parent

die_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liandong.config.settings.base")
application = get_wsgi_application()
