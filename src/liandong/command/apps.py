"""The command app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommandConfig(AppConfig):
    """统一指挥: incidents, proposals, consultations, responses, orders, reports."""

    name = "liandong.command"
    label = "command"
    verbose_name = _("统一指挥")
