"""How much of a level was read in real papers: each of its figures counted by where it comes from."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from liandong.plans.language.conditions import Status
from liandong.plans.language.document import DEADLINES, Level
from liandong.plans.language.reader import clauses_of

ROLES = ("proposes", "decides", "consent", "informs", "ends", "expected")


@dataclass(frozen=True)
class Shares:
    """How many figures of a level were recorded, assumed, and not recorded."""

    recorded: int
    assumed: int
    not_recorded: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.recorded + self.assumed + self.not_recorded


def shares_of(level: Level) -> Shares:
    """Count a level's figures: its clauses, who has a say, and of each step what, who and by when."""
    counted = Counter(statuses_of(level))
    return Shares(
        counted[Status.RECORDED], counted[Status.ASSUMED], counted[Status.NOT_RECORDED]
    )


def statuses_of(level: Level) -> Iterator[Status]:
    """Go through the figures of a level; conditions that were not found are one."""
    conditions = level.source_of("when").status
    if level.when is None:
        yield conditions
    yield from (clause.status or conditions for clause in clauses_of(level.when))
    yield from (level.source_of(role).status for role in ROLES if getattr(level, role))
    for step in level.steps:
        given = [one for one in sorted(DEADLINES) if getattr(step, one)]
        for figure in ("text", "to", *given):
            yield level.source_of_step(step, figure).status
