"""Transition tables: which state may follow which."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from django.db.models import TextChoices

from liandong.kernel.problems import IllegalMove
from liandong.kernel.wording import gettext as _

S = TypeVar("S", bound=TextChoices)


class Moves(Generic[S]):
    """A table of permitted moves, e.g. ``Moves({OPEN: {CLOSED}, CLOSED: set()})``."""

    def __init__(self, table: Mapping[S, set[S]]) -> None:
        self.table = table

    def check(self, old: S | str, new: S, *, remedy: str = "") -> None:
        """Raise ``IllegalMove`` unless ``new`` may follow ``old``."""
        before = type(new)(old)
        if new not in self.table[before]:
            raise IllegalMove(
                _("现在是“%(old)s”，不能转为“%(new)s”。")
                % {"old": before.label, "new": new.label},
                remedy=remedy or _("请刷新后看最新状态。"),
            )

    def is_final(self, state: S | str) -> bool:
        """Say whether nothing may follow this state."""
        return not any(moves for old, moves in self.table.items() if old == state)
