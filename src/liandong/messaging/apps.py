"""Messaging as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    """叫应."""

    name = "liandong.messaging"
    label = "messaging"
    verbose_name = _("叫应")
