"""Handing the shift over: open things are handed on one by one, then both sign."""

from collections.abc import Sequence

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.journal.reading import head
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.organization import queries, rules
from liandong.organization.actions.keeping import keep, keep_all
from liandong.organization.events import (
    HandoverBegun,
    HandoverCanceled,
    HandoverGiven,
    HandoverItemHanded,
    HandoverTaken,
)
from liandong.organization.models import Handover, HandoverItem, Person
from liandong.organization.permissions import Permission
from liandong.organization.states import HANDOVER_MOVES, HandoverState

AUDIENCE = frozenset({"duty"})
NAMED = 3


@action(Permission.HAND_OVER)
def begin_handover(actor: Actor, *, to: Person | None, idempotency_key: str = "") -> Handover:
    """Begin to hand the shift over, to somebody or to whoever comes. Publishes ``HandoverBegun``.

    Refuses while another handover goes on, and handing over to oneself. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    giver = _person(actor)
    if queries.handover_open():
        raise IllegalMove(
            _("上一次交接班还没有完成。"), place=_("交接班"), remedy=_("请先完成或取消那一次。")
        )
    if to is not None and to.pk == giver.pk:
        raise Invalid(_("接班的不能是交班人自己。"), fields={"to": _("请另选一人")})
    handover = Handover(from_person=giver, to_person=to, begun_at=clock.now(actor.realm))
    keep(handover)
    happened(
        HandoverBegun(
            subject_id=str(handover.pk),
            from_name=giver.name,
            to_name=to.name if to else "",
        ),
        audience=AUDIENCE,
    )
    return handover


@action(Permission.HAND_OVER)
def hand_on_items(
    actor: Actor,
    *,
    handover: Handover,
    places: Sequence[str],
    note: str = "",
    expected_version: int,
    idempotency_key: str = "",
) -> Handover:
    """Hand open things on to the next shift, with a word about them.

    ``places`` name them as ``still_to_hand_on`` does; what is done meanwhile is passed over.
    Publishes ``HandoverItemHanded`` for each. Refuses a handover that is closed, and nothing.
    """
    rules.demand_actual(actor)
    _demand_open(handover)
    wanted = set(places)
    if not wanted:
        raise Invalid(_("请勾选要移交的事项。"), fields={"places": _("请至少选一项")})
    items = [one for one in queries.still_to_hand_on(actor, handover) if one.place in wanted]
    handover.change(expected_version=expected_version)
    now = clock.now(actor.realm)
    rows = [
        HandoverItem(
            handover=handover,
            source=one.source,
            key=one.key,
            title=one.title[:200],
            detail=one.detail[:300],
            url=one.url,
            note=note.strip()[:300],
            handed_at=now,
            handed_by=actor.label[:200],
        )
        for one in items
    ]
    keep_all(rows)
    for row in rows:
        happened(
            HandoverItemHanded(subject_id=str(handover.pk), title=row.title, note=row.note),
            audience=AUDIENCE,
        )
    return handover


@action(Permission.HAND_OVER)
def give_shift(
    actor: Actor,
    *,
    handover: Handover,
    weather: str = "",
    equipment: str = "",
    notes: str = "",
    expected_version: int,
    idempotency_key: str = "",
) -> Handover:
    """Sign as the one who goes. Publishes ``HandoverGiven``.

    Refuses anybody but them, a handover that is closed or signed by them, and while something
    open has not been handed on.
    """
    rules.demand_actual(actor)
    _demand_open(handover)
    if str(handover.from_person_id) != actor.person:
        raise Forbidden(
            _("请交班人%(name)s本人签字。") % {"name": handover.from_person.name},
            remedy=_("请用本人账号登录，或在值班机上签名。"),
        )
    if handover.given_at:
        raise IllegalMove(_("交班人已经签字。"), remedy=_("请接班人签字。"))
    _refuse_open_items(actor, handover)
    handover.change(
        expected_version=expected_version,
        weather=weather.strip()[:500],
        equipment=equipment.strip()[:500],
        notes=notes.strip()[:1000],
        given_at=clock.now(actor.realm),
        given_by=actor.label[:200],
    )
    happened(
        HandoverGiven(
            subject_id=str(handover.pk),
            from_name=handover.from_person.name,
            items=handover.items.count(),
            weather=handover.weather,
            equipment=handover.equipment,
            notes=handover.notes,
        ),
        audience=AUDIENCE,
    )
    return handover


@action(Permission.HAND_OVER)
def take_shift(
    actor: Actor, *, handover: Handover, expected_version: int, idempotency_key: str = ""
) -> Handover:
    """Sign as the one who comes; closes the handover. Publishes ``HandoverTaken``.

    Refuses before the other has signed, the one who goes, somebody else than was named, and
    while something that came up since has not been handed on.
    """
    rules.demand_actual(actor)
    _demand_open(handover)
    taker = _person(actor)
    if not handover.given_at:
        raise IllegalMove(_("交班人还没有签字。"), remedy=_("请交班人先签字。"))
    if taker.pk == handover.from_person_id or (
        handover.to_person_id and taker.pk != handover.to_person_id
    ):
        raise Forbidden(
            _("接班的应是%(name)s。") % {"name": handover.to_person.name}
            if handover.to_person and taker.pk != handover.from_person_id
            else _("交班和接班不能是同一个人。"),
            remedy=_("请接班人本人签字。"),
        )
    _refuse_open_items(actor, handover)
    HANDOVER_MOVES.check(handover.state, HandoverState.CLOSED)
    handover.change(
        expected_version=expected_version,
        state=HandoverState.CLOSED,
        to_person=taker,
        taken_at=clock.now(actor.realm),
        taken_by=actor.label[:200],
        head=head(),
    )
    happened(
        HandoverTaken(
            subject_id=str(handover.pk),
            from_name=handover.from_person.name,
            to_name=taker.name,
            items=handover.items.count(),
            head=handover.head,
        ),
        audience=AUDIENCE,
    )
    return handover


@action(Permission.HAND_OVER)
def cancel_handover(
    actor: Actor,
    *,
    handover: Handover,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Handover:
    """Give a handover up that had begun. Publishes ``HandoverCanceled``; refuses a blank reason."""
    rules.demand_actual(actor)
    said = reason.strip()[:200]
    if not said:
        raise Invalid(_("请写明原因。"), fields={"reason": _("请填写这一项")})
    HANDOVER_MOVES.check(handover.state, HandoverState.CANCELED)
    handover.change(expected_version=expected_version, state=HandoverState.CANCELED)
    happened(
        HandoverCanceled(
            subject_id=str(handover.pk), from_name=handover.from_person.name, reason=said
        ),
        audience=AUDIENCE,
    )
    return handover


def _refuse_open_items(actor: Actor, handover: Handover) -> None:
    left = queries.still_to_hand_on(actor, handover)
    if left:
        raise IllegalMove(
            _("还有 %(n)d 项未办结的事没有移交：%(what)s。")
            % {"n": len(left), "what": listed(one.title for one in left[:NAMED])},
            place=_("移交事项"),
            remedy=_("请逐项交代、勾选移交，再签字。"),
        )


def _demand_open(handover: Handover) -> None:
    if handover.state != HandoverState.OPEN:
        raise IllegalMove(
            _("这次交接班已经结束。"), place=str(handover), remedy=_("请刷新后看现在的交接班。")
        )


def _person(actor: Actor) -> Person:
    person = queries.person_of(actor)
    if person is None:
        raise Forbidden(_("交接班要由本人签字。"), remedy=_("请用本人账号登录。"))
    return person
