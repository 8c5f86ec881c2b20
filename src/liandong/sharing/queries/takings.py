"""Files that came in."""

from liandong.sharing.models import Taking
from liandong.sharing.states import Deed


def taken_before(kind: str, digest: str) -> Taking | None:
    """The last time that exactly this file came into a register; of two, one that still stands."""
    rows = Taking.objects.filter(kind=kind, digest=digest).select_related("undone_by")
    standing = rows.filter(undone_by=None).order_by("-at", "-id")
    return (standing.first() or rows.order_by("-at", "-id").first()) if digest else None


def withdrawn_by(taking: Taking) -> int:
    """How many records a file said are no longer there."""
    return taking.versions.filter(deed=Deed.WITHDRAWN).count()
