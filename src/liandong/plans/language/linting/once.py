"""What many rules ask of one plan, laid out once for all of them."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeVar

from liandong.plans.language.document import Plan

T = TypeVar("T")
KEPT: Final = 8  # plans, the latest ones


class _Same:
    """A plan that is the same only as itself: its contents are not compared."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __hash__(self) -> int:
        return id(self.plan)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.plan is self.plan


def once_a_plan(lay_out: Callable[[Plan], T]) -> Callable[[Plan], T]:
    """Keep what a function made of the latest plans; whoever gets it leaves it as it is."""
    kept = lru_cache(maxsize=KEPT)(lambda same: lay_out(same.plan))

    def laid_out(plan: Plan) -> T:
        return kept(_Same(plan))

    laid_out.__doc__ = lay_out.__doc__
    return laid_out
