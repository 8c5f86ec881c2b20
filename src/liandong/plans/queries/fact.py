"""What is known of a subject, and the levels it makes."""

from collections.abc import Mapping
from datetime import datetime

from liandong.kernel.actors import Actor
from liandong.kernel.visibility import visible
from liandong.plans.language import Grading, Known, Value, dictionary, grade
from liandong.plans.models import FactValue, PlanVersion
from liandong.plans.queries.version import plan_of


def facts_of(
    subject_kind: str, subject_id: str, at: datetime | None = None, *, realm: str = ""
) -> dict[str, Known]:
    """What is known of a subject at a moment: of each fact the value observed last."""
    rows = FactValue.objects.filter(subject_kind=subject_kind, subject_id=str(subject_id))
    if realm:
        rows = rows.filter(realm=realm)
    if at is not None:
        rows = rows.filter(observed_at__lte=at)
    latest = rows.order_by("name", "-observed_at", "-id").distinct("name")
    known = dictionary()
    return {
        row.name: Known(
            value=known[row.name].read(row.value), at=row.observed_at, source=row.source
        )
        for row in latest
        if row.value is not None and row.name in known
    }


def facts_told(actor: Actor, subject_kind: str, subject_id: str) -> list[FactValue]:
    """Everything that was said about a subject and that the actor may see, the newest first."""
    rows = FactValue.objects.filter(subject_kind=subject_kind, subject_id=str(subject_id))
    return list(visible(rows, actor).order_by("-observed_at", "-id"))


def merged(*several: Mapping[str, Known]) -> dict[str, Known]:
    """Put facts from several sources together; of one fact the value observed last counts."""
    found: dict[str, Known] = {}
    for facts in several:
        for name, known in facts.items():
            before = found.get(name)
            if before is None or _later(known.at, before.at):
                found[name] = known
    return found


def _later(one: datetime | None, other: datetime | None) -> bool:
    return other is None or (one is not None and one >= other)


def grade_subject(
    version: PlanVersion,
    subject_kind: str,
    subject_id: str,
    at: datetime | None = None,
    *,
    realm: str = "",
    also: Mapping[str, Known] | None = None,
) -> Grading:
    """Grade a subject by a version; ``also`` adds facts known elsewhere, such as from gauges."""
    facts = merged(facts_of(subject_kind, subject_id, at, realm=realm), also or {})
    return grade(plan_of(version), facts)


def scalar(value: Value) -> bool | int | str:
    """Give a fact's value as JSON keeps it: decimals as text."""
    return value if isinstance(value, bool | int | str) else format(value, "f")
