"""The live stream, as plain ASGI beside Django."""

import os

import django

from liandong.kernel.processes import die_with_parent

die_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liandong.config.settings.base")
django.setup()

from liandong.config.readers import reader_of  # noqa: E402 -- app ready
from liandong.kernel.live.app import Live  # noqa: E402 -- app ready

application = Live(reader_of)
