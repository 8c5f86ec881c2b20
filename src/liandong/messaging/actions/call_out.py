"""Call-outs: whom they call is settled when they start; stopped, nobody is dialed any more."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.sets import insert_rows
from liandong.kernel.timers import set_timer
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries, rules
from liandong.messaging.events import CallOutStarted, CallOutStopped
from liandong.messaging.models import CallAttempt, Callee, CallListing, CallOut
from liandong.messaging.permissions import Permission
from liandong.messaging.states import (
    CALL_OUT_MOVES,
    AttemptState,
    CalleeState,
    CallOutcome,
    CallOutState,
    Channel,
)
from liandong.organization import queries as organization
from liandong.organization.models import Person, Post

DIAL = "messaging.dial"
VOICE = "messaging.voice"
LONGEST_SPEECH = 600
STILL_OPEN = [CalleeState.WAITING, CalleeState.CALLING]


@action(Permission.START_CALL_OUT)
def start_call_out(
    actor: Actor,
    *,
    subject_kind: str,
    subject_id: str,
    title: str,
    text: str,
    urgency: int,
    audience: Iterable[str],
    hazard: str = "",
    areas: Collection[str] = (),
    chain: str = "",
    incident: str = "",
    link: str = "",
    seconds: int = 0,
    idempotency_key: str = "",
) -> CallOut:
    """Call everybody the call list names for a hazard, urgency and places. Publishes ``CallOutStarted``.

    Whoever answered in the same chain at this urgency or a higher one is left in peace, and what
    still rings of the chain gives way. A drill calls only those on its list. Refuses a text that
    cannot be said in two minutes, and a list that names nobody. A fixed number of queries.
    Clause 二(一)2.
    """
    spoken = rules.mark(actor.realm) + _checked(title, text)
    wanted = queries.must_be_reached(hazard=hazard, urgency=urgency, areas=areas)
    heard = queries.answered_in_chain(actor.realm, chain, urgency)
    people = [one for one in who_is_meant(list(wanted), actor.realm) if one.key not in heard]
    if not people:
        raise _nobody(actor, had=bool(heard))
    _give_way(actor, chain)
    return begin_call_out(
        actor,
        people,
        CallOut(
            realm=actor.realm,
            audience=sorted({*audience, "duty"}),
            subject_kind=subject_kind,
            subject_id=str(subject_id),
            chain=chain,
            incident=incident,
            link=link,
            title=title.strip()[:200],
            text=spoken,
            seconds=seconds or rules.spoken_seconds(spoken),
            hazard=hazard,
            urgency=urgency,
            areas=[queries.trimmed(code) for code in areas],
            started_at=clock.now(actor.realm),
            started_by=actor.label[:200],
        ),
    )


@action(Permission.STOP_CALL_OUT)
def stop_call_out(
    actor: Actor,
    *,
    call_out: CallOut,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> CallOut:
    """Dial nobody any more. Publishes ``CallOutStopped``.

    A phone that rings already rings on; whoever picks it up still counts as having answered.
    Refuses a blank reason, and a call-out that is over.
    """
    if not reason.strip():
        remedy = _("请写明为什么停止，例如“预警已解除”。")
        raise Invalid(_("没有写理由。"), remedy=remedy, fields={"reason": remedy})
    CALL_OUT_MOVES.check(call_out.state, CallOutState.STOPPED)
    call_out.change(
        expected_version=expected_version,
        state=CallOutState.STOPPED,
        ended_at=clock.now(actor.realm),
        reason=reason.strip()[:500],
    )
    _hush([call_out], CalleeState.STOPPED)
    happened(
        CallOutStopped(
            subject_id=str(call_out.pk), title=call_out.title, reason=call_out.reason
        ),
        incident=call_out.incident,
        audience=call_out.audience,
    )
    return call_out


def wake_dialer(realm: str, at: datetime | None = None) -> None:
    """Have the dialer look at its lines; one timer a realm, so that lines are shared fairly."""
    set_timer(
        DIAL,
        realm=realm,
        due_at=at or clock.now(realm),
        subject_kind=VOICE,
        subject_id=realm,
    )


@dataclass(frozen=True)
class Called:
    """Somebody on the list, with the chair, the place and the numbers for which they stand there."""

    listing: CallListing
    person: Person | None
    post: Post | None
    name: str
    numbers: Sequence[str]
    deputy: str
    deputy_numbers: Sequence[str]

    @property
    def key(self) -> UUID:
        """Whoever stands on the list for several places is called once."""
        return self.person.pk if self.person else self.listing.pk


def who_is_meant(listings: Sequence[CallListing], realm: str) -> list[Called]:
    """Who is meant by each line today, the highest place first; nobody twice."""
    posts = [one.post for one in listings if one.post]
    chairs = organization.staffed(posts)
    seated = {post: [chair.person for chair in some] for post, some in chairs.items()}
    people = {one.pk for some in seated.values() for one in some}
    people |= {pk for one in listings for pk in (one.person_id, one.deputy_id) if pk}
    numbers, enrolled = _numbers(people, [post.pk for post in posts], realm)
    found: dict[UUID, Called] = {}
    for listing in listings:
        holders = seated.get(listing.post_id, []) if listing.post_id else []
        person = listing.person or next(iter(holders), None)
        deputy = listing.deputy or next(iter(holders[1:]), None)
        whole = Called(
            listing=listing,
            person=person,
            post=listing.post,
            name=person.name if person else _("%(post)s（空缺）") % {"post": listing.post},
            numbers=_of(numbers, person.pk if person else None, listing.post_id)[:3],
            deputy=deputy.name if deputy else "",
            deputy_numbers=_of(numbers, deputy.pk if deputy else None),
        )
        if enrolled is None or (person and person.pk in enrolled):
            found.setdefault(whole.key, whole)
    return list(found.values())


def _numbers(
    people: Collection[UUID], posts: Collection[UUID], realm: str
) -> tuple[dict[UUID, list[str]], set[UUID] | None]:
    """Every telephone by owner, and who may be called; None: everybody."""
    allowed = rules.may_be_called(realm)
    numbers: dict[UUID, list[str]] = defaultdict(list)
    enrolled: set[UUID] = set()
    for point in queries.telephones_to_dial(people, posts):
        owner = point.person_id or point.post_id
        if owner is None:
            continue
        if point.channel != Channel.EMAIL:
            numbers[owner].append(point.address)
        if allowed is not None and point.address.casefold() in allowed:
            enrolled.add(owner)
    return numbers, None if allowed is None else enrolled


def _of(numbers: dict[UUID, list[str]], *owners: UUID | None) -> list[str]:
    found = [one for owner in owners if owner for one in numbers.get(owner, [])]
    return list(dict.fromkeys(found))


def begin_call_out(actor: Actor, people: Sequence[Called], call_out: CallOut) -> CallOut:
    """Put down a call-out and whom it calls, in fair order, and wake the dialer; inside an action."""
    call_out.save(force_insert=True)
    placed = [
        (one.listing.tier, one.listing.area[:9], one.listing.order, one) for one in people
    ]
    tries = 1 if call_out.is_test else settings.VOICE_TRIES
    rows = []
    for turn, one in enumerate(rules.fair_order(placed)):
        others = [] if call_out.is_test else one.deputy_numbers
        rungs = rules.rungs_for(one.name, one.numbers, one.deputy, others, tries=tries)
        rows.append(
            Callee(
                call_out=call_out,
                listing=one.listing,
                person=one.person,
                post=one.post,
                name=one.name,
                tier=one.listing.tier,
                area=one.listing.area,
                area_name=one.listing.area_name,
                town=one.listing.area[:9],
                turn=turn,
                rungs=rungs,
                number=rungs[0]["number"] if rungs else "",
                next_at=call_out.started_at,
            )
        )
    insert_rows(rows)
    happened(
        CallOutStarted(
            subject_id=str(call_out.pk),
            title=call_out.title,
            text=call_out.text,
            subject_of_call=f"{call_out.subject_kind}:{call_out.subject_id}",
            urgency=call_out.urgency,
            people=len(rows),
            is_test=call_out.is_test,
        ),
        incident=call_out.incident,
        audience=call_out.audience,
    )
    wake_dialer(actor.realm)
    return call_out


def _give_way(actor: Actor, chain: str) -> None:
    """What still rings of the same chain would say what no longer holds."""
    if not chain:
        return
    for former in queries.running_in_chain(actor.realm, chain):
        former.change(
            expected_version=former.version,
            state=CallOutState.STOPPED,
            ended_at=clock.now(actor.realm),
            reason=_("按新的内容重新叫应"),
        )
        _hush([former], CalleeState.STOPPED)
        happened(
            CallOutStopped(subject_id=str(former.pk), title=former.title, reason=former.reason),
            incident=former.incident,
            audience=former.audience,
        )


def _hush(call_outs: Sequence[CallOut], state: CalleeState) -> None:
    """Nobody waits any more. Of calls that were only noted, none is made."""
    rows = Callee.objects.filter(call_out__in=call_outs, state__in=STILL_OPEN)
    rows.update(state=state, next_at=None)
    CallAttempt.objects.filter(
        callee__call_out__in=call_outs, state=AttemptState.CLAIMED, asked_at=None
    ).update(state=AttemptState.ENDED, outcome=CallOutcome.CANCELED)


def _checked(title: str, text: str) -> str:
    plain = " ".join(text.split())
    wrong: dict[str, str] = {}
    if not title.strip():
        wrong["title"] = _("请写标题。")
    if not 0 < len(plain) <= LONGEST_SPEECH:
        wrong["text"] = _("语音内容请写 1 到 600 字，20 秒大约 90 字。")
    if wrong:
        raise Invalid(_("叫应内容没有写好。"), remedy=_("请按提示改后再叫。"), fields=wrong)
    return plain


def _nobody(actor: Actor, *, had: bool) -> Invalid:
    if had:
        return Invalid(
            _("该叫的人都已应答，没有新增的人要叫。"), remedy=_("请在叫应页查看应答情况。")
        )
    if rules.may_be_called(actor.realm) is not None:
        return Invalid(
            _("演练名单里没有该叫的人，没有外呼。"),
            remedy=_("请在演练设置中登记参演人员并取得其同意。"),
        )
    return Invalid(
        _("叫应名单里没有这个地方、这个级别该叫的人。"),
        place=_("叫应名单"),
        remedy=_("请先登记叫应名单，或降低起叫级别。"),
    )
