"""Those who were called to a consultation: they answer, come, say what they think, and leave."""

from datetime import datetime

from liandong.command.actions.claims import demand_realm
from liandong.command.actions.consultation import KIND
from liandong.command.events import (
    ConsultationAnswered,
    ConsultationJoined,
    ConsultationLeft,
    ConsultationOpinionGiven,
)
from liandong.command.models import Attendee, Consultation, ConsultationOpinion
from liandong.command.permissions import Permission
from liandong.command.rules.consultation import (
    demand_answer,
    demand_opinion,
    demand_running,
    demand_since_called,
    demand_speaks,
    is_own,
)
from liandong.command.states import AttendanceWay, InvitationAnswer
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.files.models import File
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _


@action(Permission.JOIN_CONSULTATION)
def answer_invitation(
    actor: Actor,
    *,
    attendee: Attendee,
    answer: str,
    expected_version: int,
    deputy: str = "",
    reason: str = "",
    idempotency_key: str = "",
) -> Attendee:
    """Say whether and how one takes part; whoever keeps the minutes writes it down for others.

    Publishes ``ConsultationAnswered``. Refuses to send nobody in one's place, to stay away without a
    reason, to answer for others, and once it is over. Clause 二(二)2.
    """
    consultation = _running(actor, attendee)
    said = demand_answer(answer, deputy, reason)
    # What belongs to another answer is not kept with this one.
    through = deputy.strip() if said == InvitationAnswer.DEPUTY else ""
    why = reason.strip() if said == InvitationAnswer.CANNOT else ""
    attendee.change(
        expected_version=expected_version,
        answer=said,
        deputy=through,
        reason=why,
        answered_by=actor.label[:120],
        answered_at=clock.now(actor.realm),
    )
    fact = ConsultationAnswered(
        subject_id=str(consultation.pk),
        incident_id=str(consultation.incident_id),
        number=consultation.number,
        attendee=attendee.name,
        answer=str(said.label),
        note=through or why,
        on_behalf=not is_own(actor, attendee),
    )
    _happened(fact, consultation)
    return attendee


@action(Permission.JOIN_CONSULTATION)
def join_consultation(
    actor: Actor,
    *,
    attendee: Attendee,
    way: str,
    expected_version: int,
    came_at: datetime | None = None,
    idempotency_key: str = "",
) -> Attendee:
    """Note that somebody is there, and by which way; who left comes again so.

    Publishes ``ConsultationJoined``. Refuses who is there already, a moment outside the consultation,
    to speak for others, and once it is over. Clause 二(二)2.
    """
    consultation = _running(actor, attendee)
    if way not in AttendanceWay.values:
        raise Invalid(_("没有选参会方式。"), fields={"way": _("请选择")})
    if attendee.is_there and attendee.way == way:
        raise IllegalMove(
            _("“%(attendee)s”已经到会。") % {"attendee": attendee},
            place=str(consultation),
            remedy=_("请刷新后看最新状态。"),
        )
    now = clock.now(actor.realm)
    demand_since_called(came_at, consultation, now, field="came_at")
    # Who only goes on by another way has been there since they came.
    begun = attendee.came_at if attendee.is_there else came_at or now
    attendee.change(expected_version=expected_version, way=way, came_at=begun, left_at=None)
    fact = ConsultationJoined(
        subject_id=str(consultation.pk),
        incident_id=str(consultation.incident_id),
        number=consultation.number,
        attendee=attendee.name,
        way=str(AttendanceWay(way).label),
    )
    _happened(fact, consultation, told=came_at)
    return attendee


@action(Permission.JOIN_CONSULTATION)
def leave_consultation(
    actor: Actor,
    *,
    attendee: Attendee,
    expected_version: int,
    left_at: datetime | None = None,
    idempotency_key: str = "",
) -> Attendee:
    """Note that somebody left before it was over. Publishes ``ConsultationLeft``.

    Refuses who is not there, a moment before they came or after now, to speak for others, and once it
    is over. Clause 二(二)2.
    """
    consultation = _running(actor, attendee)
    now = clock.now(actor.realm)
    if attendee.came_at is None or attendee.left_at is not None:
        raise IllegalMove(
            _("“%(attendee)s”不在会上。") % {"attendee": attendee},
            place=str(consultation),
            remedy=_("请刷新后看最新状态。"),
        )
    if left_at is not None and not attendee.came_at <= left_at <= now:
        raise Invalid(
            _("离会时间不在到会以后、现在以前。"),
            place=_("离会时间"),
            remedy=_("请核对时间；现在离会的留空。"),
            fields={"left_at": _("应在到会以后、现在以前")},
        )
    attendee.change(expected_version=expected_version, left_at=left_at or now)
    fact = ConsultationLeft(
        subject_id=str(consultation.pk),
        incident_id=str(consultation.incident_id),
        number=consultation.number,
        attendee=attendee.name,
    )
    _happened(fact, consultation, told=left_at)
    return attendee


@action(Permission.JOIN_CONSULTATION)
def give_opinion(
    actor: Actor,
    *,
    attendee: Attendee,
    stance: str,
    words: str = "",
    file: File | None = None,
    told_at: datetime | None = None,
    idempotency_key: str = "",
) -> ConsultationOpinion:
    """Keep what somebody thinks, by name; what they said before stays beside it.

    ``file``: a written opinion that was stored for this consultation. Publishes
    ``ConsultationOpinionGiven``. Refuses to differ without words or paper, a moment outside the
    consultation, to speak for others, and once it is over. Clause 二(二)2.
    """
    consultation = _running(actor, attendee)
    said = demand_opinion(stance, words, has_file=file is not None)
    now = clock.now(actor.realm)
    demand_since_called(told_at, consultation, now, field="told_at")
    if file is not None:
        _demand_belongs(file, consultation)
    on_behalf = not is_own(actor, attendee)
    opinion = ConsultationOpinion.objects.create(
        attendee=attendee,
        stance=said,
        words=words.strip(),
        file=file,
        by=actor.label[:120],
        on_behalf=on_behalf,
        at=now,
        told_at=told_at,
    )
    fact = ConsultationOpinionGiven(
        subject_id=str(consultation.pk),
        incident_id=str(consultation.incident_id),
        number=consultation.number,
        attendee=attendee.name,
        stance=str(said.label),
        words=opinion.words,
        on_behalf=on_behalf,
        file_id=str(file.pk) if file else "",
        digest=file.digest if file else "",
    )
    _happened(fact, consultation, told=told_at)
    return opinion


def _running(actor: Actor, attendee: Attendee) -> Consultation:
    """The consultation, held so that nobody closes it meanwhile, where the actor may speak for somebody."""
    demand_realm(actor, attendee.consultation)
    demand_speaks(actor, attendee)
    row = Consultation.objects.select_for_update().get(pk=attendee.consultation_id)
    demand_running(row)
    return row


def _demand_belongs(file: File, consultation: Consultation) -> None:
    belongs = (file.realm, file.subject_kind, file.subject_id)
    if belongs != (consultation.realm, KIND, str(consultation.pk)):
        raise IllegalMove(
            _("“%(file)s”不是交给这次会商的文件。") % {"file": file.name},
            place=str(consultation),
            remedy=_("请从会商页面重新上传。"),
        )


def _happened(
    fact: ConsultationAnswered
    | ConsultationJoined
    | ConsultationLeft
    | ConsultationOpinionGiven,
    consultation: Consultation,
    *,
    told: datetime | None = None,
) -> None:
    happened(
        fact,
        incident=str(consultation.incident_id),
        audience=consultation.audience,
        told=told,
    )
