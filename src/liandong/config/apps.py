"""The outermost app: what no other may hold."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Wakes what has to know every app."""

    name = "liandong.config"
    label = "config"
