"""The command app."""

from django.apps import AppConfig


class CommandConfig(AppConfig):
    """统一指挥: incidents, proposals, consultations, responses, orders, reports."""

    name = "liandong.command"
    label = "command"
    verbose_name = "统一指挥"
