"""Consultations: called, minuted, closed."""

from collections.abc import Mapping, Sequence

from django.db.models import Max

from liandong.command.actions.claims import demand_reach, demand_realm, locked_incident
from liandong.command.actions.task import settle_all
from liandong.command.events import ConsultationClosed, ConsultationOpened, MinutesRecorded
from liandong.command.models import Consultation, Incident
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_words
from liandong.command.states import CONSULTATION_MOVES, ConsultationState, TaskKind
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.organization.models import Post

ITEM = ("decision", "responsible", "by")


@action(Permission.OPEN_CONSULTATION)
def open_consultation(
    actor: Actor,
    *,
    incident: Incident,
    attendees: Sequence[Post],
    place: str = "",
    idempotency_key: str = "",
) -> Consultation:
    """Call posts together about an incident; they and the duty desk see it, nobody else.

    Publishes ``ConsultationOpened``. Refuses without attendees and in a closed incident.
    Clause 二(二)2.
    """
    if not attendees:
        raise Invalid(
            _("没有选参会岗位。"),
            place=_("参会"),
            remedy=_("请至少选一个岗位。"),
            fields={"attendees": _("请选择参会岗位")},
        )
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.OPEN_CONSULTATION, row)
    demand_open(row)
    last = Consultation.objects.filter(incident=row).aggregate(last=Max("number"))["last"] or 0
    audience = {"duty", *(f"post:{post.pk}" for post in attendees)}
    consultation = Consultation.objects.create(
        realm=actor.realm,
        audience=sorted(audience),
        incident=row,
        number=last + 1,
        convened_by=actor.label[:120],
        place=place.strip(),
        attendees=[{"post": str(post.pk), "title": name_of(post)} for post in attendees],
        opened_at=clock.now(actor.realm),
    )
    fact = ConsultationOpened(
        subject_id=str(consultation.pk),
        incident_id=str(row.pk),
        number=consultation.number,
        attendees="、".join(name_of(post) for post in attendees),
    )
    happened(fact, incident=str(row.pk), audience=audience)
    return consultation


@action(Permission.RECORD_MINUTES)
def record_minutes(
    actor: Actor,
    *,
    consultation: Consultation,
    situation: str,
    findings: str,
    expected_version: int,
    dissent: str = "",
    items: Sequence[Mapping[str, str]] = (),
    idempotency_key: str = "",
) -> Consultation:
    """Write down what was found, who saw it otherwise, and who does what by when.

    Publishes ``MinutesRecorded``. Refuses after the consultation was closed, without findings,
    and an item without somebody responsible or a time. Clause 二(二)2.
    """
    demand_realm(actor, consultation)
    demand_reach(actor, Permission.RECORD_MINUTES, consultation.incident)
    _demand_running(consultation)
    demand_words(findings, field="findings", what=_("研判结论"))
    kept = [_item(at, item) for at, item in enumerate(items, start=1)]
    consultation.change(
        expected_version=expected_version,
        situation=situation.strip(),
        findings=findings.strip(),
        dissent=dissent.strip(),
        items=kept,
        recorder=actor.label[:120],
    )
    fact = MinutesRecorded(
        subject_id=str(consultation.pk),
        incident_id=str(consultation.incident_id),
        number=consultation.number,
        findings=consultation.findings,
        dissent=consultation.dissent,
        items="；".join("-".join(item.values()) for item in kept),
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

    What plans wanted consulted about in this incident is settled by it (``TaskSettled``).

    Refuses while there are no findings. Clause 二(二)2.
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
    consultation.change(
        expected_version=expected_version,
        state=ConsultationState.CLOSED,
        closed_at=clock.now(actor.realm),
    )
    fact = ConsultationClosed(
        subject_id=str(consultation.pk),
        incident_id=str(consultation.incident_id),
        number=consultation.number,
    )
    happened(fact, incident=str(consultation.incident_id), audience=consultation.audience)
    outcome = f"{consultation}：{consultation.findings}"
    settle_all(actor, consultation.incident, TaskKind.CONSULT, outcome)
    return consultation


def _demand_running(consultation: Consultation) -> None:
    if consultation.state != ConsultationState.OPEN:
        raise IllegalMove(
            _("%(consultation)s已经结束，纪要不再改动。") % {"consultation": consultation},
            remedy=_("如有新情况，请另开一次会商。"),
        )


def _item(at: int, item: Mapping[str, str]) -> dict[str, str]:
    kept = {name: str(item.get(name, "")).strip() for name in ITEM}
    labels = {"decision": _("事项"), "responsible": _("责任"), "by": _("时限")}
    missing = [labels[name] for name in ITEM if not kept[name]]
    if missing:
        raise Invalid(
            _("第 %(n)d 项议定事项缺少%(what)s。") % {"n": at, "what": listed(missing)},
            place=_("议定事项"),
            remedy=_("每项写明事项、责任和时限。"),
            fields={"items": _("第 %(n)d 项不全") % {"n": at}},
        )
    return kept
