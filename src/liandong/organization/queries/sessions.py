"""Where an account is signed in now."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from liandong.kernel import clock
from liandong.organization.models import Account, AccountSession


def sessions_of(account: Account) -> QuerySet[AccountSession]:
    """The browsers in which an account is signed in, the one used last first.

    One that was not used for as long as a session may last has run out, though nobody ended it.
    """
    oldest = clock.real() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    rows = account.sessions.filter(ended_at=None, era=account.session_era, seen_at__gt=oldest)
    return rows.order_by("-seen_at", "-id")


def session_stands(pk: UUID | str) -> bool:
    """Say whether nobody ended this one."""
    return AccountSession.objects.filter(pk=pk, ended_at=None).exists()
