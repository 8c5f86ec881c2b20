"""Messaging as a Django app."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """叫应."""

    name = "liandong.messaging"
    label = "messaging"
    verbose_name = "叫应"
