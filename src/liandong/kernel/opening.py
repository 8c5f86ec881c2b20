"""Opening a drill's realm, and closing it for good."""

from collections.abc import Collection
from datetime import datetime

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.realms import Realm
from liandong.kernel.timers import drop_timers_in


def open_realm(
    name: str, *, title: str, told_at: datetime, rate: int, reachable: Collection[str] = ()
) -> None:
    """Begin a realm whose clock stands at ``told_at`` and goes ``rate`` times as fast as life.

    Mail leaves it for the addresses in ``reachable`` only. Within the caller's transaction.
    """
    if name == ACTUAL:
        raise ValueError("what is real is not opened")
    Realm.objects.create(
        name=name,
        title=title[:200],
        real_at=clock.real(),
        told_at=told_at,
        rate=rate,
        reachable=sorted(reachable),
    )
    clock.forget()


def let_reach(name: str, addresses: Collection[str]) -> None:
    """Set to whom mail may leave a realm."""
    Realm.objects.filter(pk=name).update(reachable=sorted(addresses))


def close_realm(name: str) -> None:
    """Stop a realm's clock, drop its timers, and refuse every later write in it.

    Waits for whoever is writing there just now. Within the caller's transaction.
    """
    if name == ACTUAL:
        raise ValueError("what is real does not end")
    Realm.objects.filter(pk=name, closed_at=None).update(
        closed_at=clock.real(), told_at=clock.now(name), real_at=clock.real(), rate=0
    )
    drop_timers_in(name)
    clock.forget()
