"""Consultations: called, widened, minuted, closed, signed."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from liandong.command.actions.claims import demand_reach, demand_realm, lend, locked_incident
from liandong.command.actions.task import settle_all
from liandong.command.events import (
    ConsultationClosed,
    ConsultationOpened,
    ConsultationWidened,
    MinutesRecorded,
    MinutesSigned,
)
from liandong.command.models import Attendee, Consultation, ConsultationItem, Incident
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.queries.pack import data_pack
from liandong.command.rules.consultation import (
    demand_link,
    demand_other_signer,
    demand_running,
    demand_somebody,
)
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_words
from liandong.command.states import CONSULTATION_MOVES, ConsultationState, TaskKind
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.journal.commitments import canonical, digest
from liandong.kernel.problems import IllegalMove
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization import queries as organization
from liandong.organization.models import Post
from liandong.sharing.models import Record
from liandong.web.times import moment

KIND = "command.consultation"
# As much of an incident's name as leaves room in the title of a message.
LONGEST_NAME = 120


@action(Permission.OPEN_CONSULTATION)
def open_consultation(
    actor: Actor,
    *,
    incident: Incident,
    attendees: Sequence[Post],
    experts: Sequence[Record] = (),
    place: str = "",
    video_link: str = "",
    idempotency_key: str = "",
) -> Consultation:
    """Call posts and experts together about an incident; they and the duty desk see it, nobody else.

    What is known now is kept with it, as whoever calls may see it. Everybody at a post is sent a
    message; the register's experts have no post and are called by telephone. Publishes
    ``ConsultationOpened``. Refuses without attendees, an address that is none, and a closed incident.
    Clause 二(二)2.
    """
    demand_somebody(attendees)
    link = video_link.strip()
    demand_link(link)
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.OPEN_CONSULTATION, row)
    demand_open(row)
    last = Consultation.objects.filter(incident=row).aggregate(last=Max("number"))["last"] or 0
    now = clock.now(actor.realm)
    pack = data_pack(actor, row, now)
    consultation = Consultation.objects.create(
        realm=actor.realm,
        audience=["duty"],
        incident=row,
        number=last + 1,
        convened_by=actor.label[:120],
        place=place.strip(),
        video_link=link,
        pack=pack,
        opened_at=now,
    )
    called = _seat(consultation, attendees, experts)
    fact = ConsultationOpened(
        subject_id=str(consultation.pk),
        incident_id=str(row.pk),
        number=consultation.number,
        attendees="、".join(one.name for one in called),
        place=consultation.place,
        video_link=link,
        pack=digest(canonical(pack), algorithm="sha256"),
    )
    happened(fact, incident=str(row.pk), audience=consultation.audience)
    _tell(consultation, called)
    return consultation


@action(Permission.OPEN_CONSULTATION)
def widen_consultation(
    actor: Actor,
    *,
    consultation: Consultation,
    attendees: Sequence[Post] = (),
    experts: Sequence[Record] = (),
    idempotency_key: str = "",
) -> Consultation:
    """Call more posts and experts to one that goes on; who was called already is called once.

    Publishes ``ConsultationWidened``. Refuses with nobody new, and after it was closed. Clause 二(二)2.
    """
    demand_realm(actor, consultation)
    demand_reach(actor, Permission.OPEN_CONSULTATION, consultation.incident)
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    demand_running(row)
    there = Attendee.objects.filter(consultation=row)
    seated = set(there.values_list("post", flat=True))
    known = set(there.values_list("expert", flat=True))
    posts = [one for one in attendees if one.pk not in seated]
    more = [one for one in experts if one.number not in known]
    demand_somebody([*posts, *more])
    called = _seat(row, posts, more)
    fact = ConsultationWidened(
        subject_id=str(row.pk),
        incident_id=str(row.incident_id),
        number=row.number,
        attendees="、".join(one.name for one in called),
    )
    happened(fact, incident=str(row.incident_id), audience=row.audience)
    _tell(row, called)
    return row


@action(Permission.RECORD_MINUTES)
def record_minutes(
    actor: Actor,
    *,
    consultation: Consultation,
    situation: str,
    findings: str,
    expected_version: int,
    dissent: str = "",
    chair: str = "",
    idempotency_key: str = "",
) -> Consultation:
    """Write down what was found, and who saw it otherwise. Opinions and items stand as they were entered.

    Publishes ``MinutesRecorded``. Refuses after the consultation was closed, and without findings.
    Clause 二(二)2.
    """
    demand_realm(actor, consultation)
    demand_reach(actor, Permission.RECORD_MINUTES, consultation.incident)
    demand_running(consultation)
    demand_words(findings, field="findings", what=_("研判结论"))
    consultation.change(
        expected_version=expected_version,
        situation=situation.strip(),
        findings=findings.strip(),
        dissent=dissent.strip(),
        chair=chair.strip(),
        recorder=actor.label[:120],
    )
    fact = MinutesRecorded(
        subject_id=str(consultation.pk),
        incident_id=str(consultation.incident_id),
        number=consultation.number,
        situation=consultation.situation,
        findings=consultation.findings,
        dissent=consultation.dissent,
        chair=consultation.chair,
        items="；".join(_items(consultation)),
    )
    happened(fact, incident=str(consultation.incident_id), audience=consultation.audience)
    return consultation


@action(Permission.RECORD_MINUTES)
def close_consultation(
    actor: Actor,
    *,
    consultation: Consultation,
    expected_version: int,
    idempotency_key: str = "",
) -> Consultation:
    """End a consultation; its minutes stand. Publishes ``ConsultationClosed``.

    Whoever is still there has left. What plans wanted consulted about in this incident is settled by
    it (``TaskSettled``). Refuses while there are no findings. Clause 二(二)2.
    """
    demand_realm(actor, consultation)
    demand_reach(actor, Permission.RECORD_MINUTES, consultation.incident)
    CONSULTATION_MOVES.check(consultation.state, ConsultationState.CLOSED)
    if not consultation.findings:
        raise IllegalMove(
            _("%(consultation)s还没有研判结论。") % {"consultation": consultation},
            place=_("会商纪要"),
            remedy=_("请先写纪要，再结束会商。"),
        )
    now = clock.now(actor.realm)
    consultation.change(
        expected_version=expected_version, state=ConsultationState.CLOSED, closed_at=now
    )
    _all_leave(consultation, now)
    fact = ConsultationClosed(
        subject_id=str(consultation.pk),
        incident_id=str(consultation.incident_id),
        number=consultation.number,
    )
    happened(fact, incident=str(consultation.incident_id), audience=consultation.audience)
    outcome = f"{consultation}：{consultation.findings}"
    settle_all(actor, consultation.incident, TaskKind.CONSULT, outcome)
    return consultation


@action(Permission.SIGN_MINUTES)
def sign_minutes(
    actor: Actor,
    *,
    consultation: Consultation,
    expected_version: int,
    idempotency_key: str = "",
) -> Consultation:
    """Put one's name under the minutes. Publishes ``MinutesSigned``.

    Refuses while the consultation goes on, a second signature, and whoever wrote them. Clause 二(二)2.
    """
    demand_realm(actor, consultation)
    demand_reach(actor, Permission.SIGN_MINUTES, consultation.incident)
    demand_other_signer(actor, consultation)
    consultation.change(
        expected_version=expected_version,
        signed_by=actor.label[:120],
        signed_at=clock.now(actor.realm),
    )
    fact = MinutesSigned(
        subject_id=str(consultation.pk),
        incident_id=str(consultation.incident_id),
        number=consultation.number,
        signed_by=consultation.signed_by,
    )
    happened(fact, incident=str(consultation.incident_id), audience=consultation.audience)
    return consultation


def _seat(
    consultation: Consultation, posts: Sequence[Post], experts: Sequence[Record]
) -> list[Attendee]:
    """Give a chair to each, once, and let whoever sits at a post see the consultation."""
    chairs = {post.pk: Attendee(post=post, name=name_of(post)[:200]) for post in posts}
    called = [*chairs.values(), *(_expert(one) for one in experts)]
    for one in called:
        one.consultation = consultation
    Attendee.objects.bulk_create(called)
    seen = sorted({*consultation.audience, *(f"post:{pk}" for pk in chairs)})
    Consultation.objects.filter(pk=consultation.pk).update(audience=seen)
    consultation.audience = seen
    return called


def _expert(record: Record) -> Attendee:
    workplace = str(record.values.get("workplace", "")).strip()
    name = f"{record.name}（{workplace}）" if workplace else record.name
    return Attendee(expert=record.number, name=name[:200])


def _tell(consultation: Consultation, called: Sequence[Attendee]) -> None:
    """Send word to every post at which somebody sits; the page shows who cannot be reached so."""
    where = [
        _("地点：%(place)s") % {"place": consultation.place} if consultation.place else "",
        _("视频会议：%(link)s") % {"link": consultation.video_link}
        if consultation.video_link
        else "",
        _("请打开后答复怎样参加。"),
    ]
    teller = lend(
        system_actor("run", _("会商通知"), consultation.realm), Messaging.SEND_MESSAGE
    )
    incident = consultation.incident
    chairs = organization.staffed([one.post for one in called if one.post])
    for one in called:
        if one.post is None or not chairs.get(one.post.pk):
            continue
        send_message(
            teller,
            to_post=one.post,
            title=_("%(incident)s：请参加%(consultation)s")
            % {"incident": incident.title[:LONGEST_NAME], "consultation": consultation},
            text="\n".join(str(line) for line in where if line),
            subject_kind=KIND,
            subject_id=str(consultation.pk),
            incident=str(consultation.incident_id),
            audience=["duty"],
            urgent=True,
            link=f"/command/consultations/{consultation.pk}/",
            idempotency_key=str(one.pk),
        )


def _items(consultation: Consultation) -> list[str]:
    rows = ConsultationItem.objects.filter(consultation=consultation, withdrawn_reason="")
    return [f"{one.decision}-{one.responsible}-{until(one)}" for one in rows]


def until(item: ConsultationItem) -> str:
    """Until when something is to be done, in words."""
    return str(listed(filter(None, [moment(item.due_at), item.by])))


def _all_leave(consultation: Consultation, now: datetime) -> None:
    Attendee.objects.filter(
        consultation=consultation, came_at__isnull=False, left_at=None
    ).update(left_at=now)
