"""The sharing app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    """信息共享: registers, records, reporting rounds."""

    name = "liandong.sharing"
    label = "sharing"
    verbose_name = _("信息共享")
