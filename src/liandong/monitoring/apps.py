"""The monitoring app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    """监测预警: stations, readings, thresholds, warnings."""

    name = "liandong.monitoring"
    label = "monitoring"
    verbose_name = _("监测预警")
