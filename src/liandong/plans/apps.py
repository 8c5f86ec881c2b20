"""Plans as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """预案."""

    name = "liandong.plans"
    label = "plans"
    verbose_name = _("预案")
