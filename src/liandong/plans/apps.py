"""Plans as a Django app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """预案."""

    name = "liandong.plans"
    label = "plans"
    verbose_name = "预案"
