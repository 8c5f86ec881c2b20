"""The chrome as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Base layout, components and the pages about the node itself."""

    name = "liandong.web"
    label = "web"
    verbose_name = _("界面")
