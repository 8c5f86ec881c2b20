"""The morning's roll-call: units and townships are called, and what came of it is put down."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.keeping import keep, keep_all
from liandong.organization.events import RollCallBegun, RollCallLineAnswered
from liandong.organization.models import Body, Person, Post, RollCall, RollCallLine
from liandong.organization.permissions import Permission
from liandong.organization.states import Answer

AUDIENCE = frozenset({"duty"})


@action(Permission.CALL_ROLL)
def begin_roll_call(
    actor: Actor, *, bodies: Sequence[Body], title: str = "", idempotency_key: str = ""
) -> RollCall:
    """Begin to call some bodies, in the order given. Publishes ``RollCallBegun``.

    Each line names who is on duty by the body's own roster, else who answers for its liaison
    post, with their telephone. An older line of the same body waits no longer. Refuses none at
    all. A fixed number of queries. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    listed = list(dict.fromkeys(bodies))
    if not listed:
        raise Invalid(_("请至少选一个单位。"), fields={"bodies": _("请至少选一个单位")})
    now = clock.now(actor.realm)
    roll_call = RollCall(
        title=title.strip()[:60] or str(_("晨检点名")), begun_at=now, begun_by=actor.label[:200]
    )
    keep(roll_call)
    RollCallLine.objects.filter(body__in=listed, latest=True).update(
        latest=False, version=F("version") + 1
    )
    keep_all(_lines(roll_call, listed))
    happened(
        RollCallBegun(
            subject_id=str(roll_call.pk),
            title=roll_call.title,
            bodies=[one.short_name for one in listed],
        ),
        audience=AUDIENCE,
    )
    return roll_call


@action(Permission.CALL_ROLL)
def answer_roll_call(
    actor: Actor,
    *,
    line: RollCallLine,
    answer: str,
    name: str = "",
    note: str = "",
    expected_version: int,
    idempotency_key: str = "",
) -> RollCallLine:
    """Put down what came of a call. Publishes ``RollCallLineAnswered``.

    Who was not reached can be called again; each try is counted. ``name`` is who answered, if it
    was somebody else than the roster says. Refuses no answer, and somebody not at their post
    without a note.
    """
    rules.demand_actual(actor)
    if answer not in Answer.values or answer == Answer.WAITING:
        raise Invalid(_("请选点名结果。"), fields={"answer": _("请选择")})
    said = note.strip()[:200]
    if answer == Answer.ABSENT and not said:
        raise Invalid(
            _("请写明不在岗的情况。"),
            place=str(line),
            fields={"note": _("不在岗的请写明情况和通知了谁")},
        )
    line.change(
        expected_version=expected_version,
        answer=answer,
        name=name.strip()[:60] or line.name,
        note=said,
        tries=line.tries + 1,
        answered_at=clock.now(actor.realm),
        answered_by=actor.label[:200],
    )
    happened(
        RollCallLineAnswered(
            subject_id=str(line.roll_call_id),
            line_id=str(line.pk),
            body_id=str(line.body_id),
            body=line.body.short_name,
            person_id=str(line.person_id or ""),
            who=line.name,
            answer=answer,
            answer_label=str(Answer(answer).label),
            tries=line.tries,
        ),
        audience=AUDIENCE,
    )
    return line


def _lines(roll_call: RollCall, bodies: Sequence[Body]) -> list[RollCallLine]:
    on_duty = queries.on_duty_at(bodies)
    posts = {post.body_id: post for post in queries.liaisons(bodies)}
    chairs = queries.staffed(posts.values())
    named: dict[UUID, Person] = {}
    for body in bodies:
        post = posts.get(body.pk)
        seated = chairs.get(post.pk) if post else None
        person = on_duty.get(body.pk) or (seated[0].person if seated else None)
        if person:
            named[body.pk] = person
    numbers = queries.telephones_of(
        [*(one.pk for one in named.values()), *(post.pk for post in posts.values())]
    )
    return [
        RollCallLine(
            roll_call=roll_call,
            body=body,
            person=named.get(body.pk),
            name=named[body.pk].name if body.pk in named else "",
            number=_number(numbers, named.get(body.pk), posts.get(body.pk)),
            order=at,
        )
        for at, body in enumerate(bodies)
    ]


def _number(numbers: dict[UUID, str], person: Person | None, post: Post | None) -> str:
    """The person's number, else that of the post, whoever holds it."""
    own = numbers.get(person.pk, "") if person else ""
    return own or (numbers.get(post.pk, "") if post else "")
