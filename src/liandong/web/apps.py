"""The chrome as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Base layout, components and the pages about the node itself."""

    name = "liandong.web"
    label = "web"
    verbose_name = "界面"
