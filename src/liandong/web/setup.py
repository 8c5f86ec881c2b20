"""Making a node a county's own: one line of the checklist, as each app fills it in."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Text = str | Promise
DONE, PARTLY, MISSING = "done", "partly", "missing"
SLOT = "organization.setup"


@dataclass(frozen=True)
class Link:
    """Where something is put right, by whoever may; ``by`` says who that is when the reader may not."""

    label: Text
    url: str
    may: bool = True
    by: Text = ""
    is_main: bool = False


@dataclass(frozen=True, kw_only=True)
class Item:
    """What stands, what is still missing, and where to go. ``state``: done, partly or missing."""

    title: Text
    state: str
    said: Text
    lacks: tuple[Text, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def is_done(self) -> bool:
        """Nothing is left to do here."""
        return self.state == DONE


def shown(item: Item) -> tuple[str, dict[str, Any]]:
    """What a panel of the slot gives back."""
    return "web/components/setup_item.html", {"item": item}


def state_of(done: int, whole: int) -> str:
    """Done, partly or missing, by how many of how many there are."""
    if whole and done >= whole:
        return DONE
    return PARTLY if done else MISSING
