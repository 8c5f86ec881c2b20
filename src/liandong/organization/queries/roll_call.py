"""Roll-calls, and whom they have not reached."""

from django.db.models import Count, Q, QuerySet

from liandong.organization.models import Body, RollCall, RollCallLine
from liandong.organization.queries.bodies import LISTED
from liandong.organization.states import Answer, BodyKind

CALLED = (BodyKind.TOWNSHIP, BodyKind.UNIT)


def roll_calls() -> QuerySet[RollCall]:
    """Roll-calls, the latest first, each with how many were called and reached."""
    return RollCall.objects.annotate(
        called=Count("lines"),
        reached=Count("lines", filter=Q(lines__answer=Answer.PRESENT)),
    ).order_by("-begun_at", "-id")


def lines_of(roll_call: RollCall) -> list[RollCallLine]:
    """Return the lines of a roll-call, in its order."""
    rows = RollCallLine.objects.filter(roll_call=roll_call)
    return list(rows.select_related("body", "person").order_by("order", "id"))


def unreached() -> QuerySet[RollCallLine]:
    """Bodies that the latest call did not reach, in the order in which they were called."""
    rows = RollCallLine.objects.filter(latest=True).exclude(answer=Answer.PRESENT)
    return rows.select_related("body", "person", "roll_call").order_by(
        "roll_call__begun_at", "order", "id"
    )


def bodies_to_call() -> QuerySet[Body]:
    """Whom a morning's roll-call may call: townships, then units."""
    return Body.objects.filter(kind__in=CALLED).order_by("kind", *LISTED)
