"""What a call tells of the number that was dialed: it works, or it is nobody's."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import F, Q

from liandong.kernel import clock
from liandong.kernel.actions import happened
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions.contact_points import AUDIENCE
from liandong.messaging.events import ContactPointChecked
from liandong.messaging.models import CallAttempt, Callee, ContactCheck, ContactPoint
from liandong.messaging.rules import owner_of
from liandong.messaging.states import CallOutcome, CheckResult

RESULTS = {
    CallOutcome.CONFIRMED: CheckResult.REACHED,
    CallOutcome.WRONG: CheckResult.WRONG,
}


def verify_numbers(
    actor: Actor, attempts: Sequence[CallAttempt], callees: Mapping[UUID, Callee]
) -> None:
    """Keep calls as tests of their numbers; inside an action. A fixed number of queries.

    Publishes ``ContactPointChecked`` for those that are wrong. That one works follows from who
    answered, which is in the journal.
    """
    results = {
        (one.number, callees[one.callee_id].person_id): RESULTS[CallOutcome(one.outcome)]
        for one in attempts
        if one.outcome in RESULTS and not one.is_deputy
    }
    if not results:
        return
    people = {callees[one.callee_id].person_id for one in attempts}
    posts = {callees[one.callee_id].post_id for one in attempts}
    points = ContactPoint.objects.select_related("person", "post__body").filter(
        Q(person__in=people - {None}) | Q(post__in=posts - {None}),
        address__in={number for number, _person in results},
        retired_at=None,
    )
    by_number = {number: result for (number, _person), result in results.items()}
    found = [
        (point, results.get((point.address, point.person_id)) or by_number[point.address])
        for point in points
    ]
    now = clock.now(actor.realm)
    for result, change in (
        (CheckResult.REACHED, {"verified_at": now, "is_stale": False}),
        (CheckResult.WRONG, {"is_stale": True}),
    ):
        some = [point.pk for point, came in found if came == result]
        if some:
            ContactPoint.objects.filter(pk__in=some).update(version=F("version") + 1, **change)
    ContactCheck.objects.bulk_create(
        ContactCheck(
            contact_point=point,
            result=result,
            note=_("语音叫应"),
            at=now,
            by=actor.label[:200],
        )
        for point, result in found
    )
    for point, result in found:
        if result == CheckResult.WRONG:
            happened(
                ContactPointChecked(
                    subject_id=str(point.pk),
                    owner=str(owner_of(point)),
                    channel=point.channel,
                    works=False,
                    result=result,
                    answered_by="",
                ),
                audience=AUDIENCE,
            )
