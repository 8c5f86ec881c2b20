"""The organization as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationConfig(AppConfig):
    """组织体系."""

    name = "liandong.organization"
    label = "organization"
    verbose_name = _("组织体系")
