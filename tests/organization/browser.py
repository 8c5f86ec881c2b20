"""Browsers in which somebody has signed in, second factor and all."""

from django.test import Client

from liandong.config.middleware import PROVED


def entered(account):
    """A browser in which this account has passed the door."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[PROVED] = True
    session.save()
    return client
