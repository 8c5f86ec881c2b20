"""The organization as a Django app."""

from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    """组织体系."""

    name = "liandong.organization"
    label = "organization"
    verbose_name = "组织体系"
