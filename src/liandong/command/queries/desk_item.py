"""One thing that waits at somebody's desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from liandong.kernel.actors import Actor

# Things without a deadline of their own stand among the others as if they had this long.
PATIENCE = timedelta(minutes=10)
# What nobody has seen to for so long must not stand before what has just come.
STALE = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class DeskItem:
    """One thing to do: what, about what, until when or since when, and the one verb."""

    key: str
    title: str
    detail: str
    page: str
    pk: str
    verb: str
    due_at: datetime | None = None
    started_at: datetime | None = None
    since: datetime | None = None
    main: bool = False

    @property
    def url(self) -> str:
        """Where it is done; a signal is registered at the desk itself."""
        if self.page == "signal":
            return f"{reverse('organization:desk')}?signal={self.pk}"
        return reverse(f"command:{self.page}", args=[self.pk])

    @property
    def rank(self) -> datetime:
        """By what the list is ordered."""
        if self.due_at:
            return self.due_at
        assert self.since  # noqa: S101 -- every item has one or the other
        return self.since + PATIENCE

    def is_stale(self, now: datetime) -> bool:
        """Whether its time ran out long ago."""
        return now - self.rank > STALE


def chairs(actor: Actor) -> list[UUID]:
    """The posts somebody sits at, whichever one came in by."""
    return [UUID(scope[5:]) for scope in actor.scopes if scope.startswith("post:")]
