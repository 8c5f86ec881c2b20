"""Overall command passes: up, on, or back to the county, which serves and keeps its own tasks."""

from datetime import datetime

from liandong.command.actions.claims import (
    demand_reach,
    demand_realm,
    locked_incident,
    widen_incident,
)
from liandong.command.actions.field_post import let_in
from liandong.command.events import CommandMoved
from liandong.command.models import CommandTerm, Incident, Report
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.queries.command_term import command_words, standing_term
from liandong.command.queries.field_post import standing_field_post
from liandong.command.queries.report import (
    cadences_of,
    cadences_without_response,
    clocked_follow_ups,
)
from liandong.command.queries.response import active_responses
from liandong.command.rules.command_term import demand_elsewhere, demand_ground, demand_start
from liandong.command.rules.field_post import demand_holder
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_told, demand_words
from liandong.command.states import OWED, CommandLevel, ReportKind
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization.models import Post

KIND = "command.command_term"


@action(Permission.MOVE_COMMAND)
def move_command(
    actor: Actor,
    *,
    incident: Incident,
    level: CommandLevel,
    headquarters: str,
    reason: str,
    expected_version: int,
    paper: str = "",
    told_by: str = "",
    told_at: datetime | None = None,
    read_back: str = "",
    starts_at: datetime | None = None,
    keeps: str = "",
    liaison: Post | None = None,
    idempotency_key: str = "",
) -> CommandTerm:
    """Enter that overall command passed to a headquarters; what the county began goes on, serving it.

    Follow-ups that are owed go to whoever commands now; the liaison is told. Publishes
    ``CommandMoved``. Refuses without a reason, without paper or a call that was said back, to where
    it is already, to a second of the same level by word alone, upward without a liaison in office,
    a beginning that lies ahead or before the last, and in a closed incident. Clause 二(二)2.
    """
    demand_realm(actor, incident)
    demand_reach(actor, Permission.MOVE_COMMAND, incident)
    demand_words(reason, field="reason", what=_("依据"))
    demand_words(headquarters, field="headquarters", what=_("指挥机构"))
    demand_ground(paper=paper, told_by=told_by, told_at=told_at, read_back=read_back)
    now = clock.now(actor.realm)
    demand_told(told_at, now)
    # Claimed first: whoever decides on what he saw before is told who commands now.
    incident.change(expected_version=expected_version)
    row = locked_incident(actor, incident)
    demand_open(row)
    level = CommandLevel(level)
    before, words = standing_term(row), command_words(standing_term(row))
    demand_elsewhere(before, level, headquarters, paper)
    start = starts_at or now
    demand_start(start, before.starts_at if before else row.received_at, now)
    _demand_liaison(level, liaison)
    if before:
        before.change(expected_version=before.version, ended_at=start)
    term = CommandTerm.objects.create(
        realm=actor.realm,
        audience=_audience(row, liaison),
        incident=row,
        level=level,
        headquarters=headquarters.strip(),
        paper=paper.strip(),
        told_by=told_by.strip(),
        told_at=told_at,
        read_back=read_back.strip(),
        reason=reason.strip(),
        keeps=keeps.strip(),
        liaison=liaison,
        starts_at=start,
        entered_by=actor.label[:120],
        entered_at=now,
    )
    widen_incident(row, term.audience)
    fact = CommandMoved(
        subject_id=str(row.pk),
        before=words,
        after=str(term),
        reason=term.reason,
        term_id=str(term.pk),
        headquarters=term.headquarters,
        starts_at=start.isoformat(),
        paper=term.paper,
        told_by=term.told_by,
        told_at=told_at.isoformat() if told_at else "",
        read_back=term.read_back,
        keeps=term.keeps,
        liaison=name_of(liaison) if liaison else "",
    )
    happened(fact, incident=str(row.pk), audience=row.scopes, told=told_at)
    _readdress(row)
    if post := standing_field_post(row):
        let_in(post, post.groups.all())
    if liaison:
        _tell(term, liaison)
    return term


def _demand_liaison(level: CommandLevel, liaison: Post | None) -> None:
    """Whoever commands from above speaks to somebody in the county, who sits there."""
    if liaison is not None:
        demand_holder(liaison, field="liaison", what=_("县联络员"))
    elif level != CommandLevel.COUNTY:
        raise Invalid(
            _("没有指定县联络员。"),
            place=_("县联络员"),
            remedy=_("上级统一指挥时，须有一人与它联系。"),
            fields={"liaison": _("请选岗位")},
        )


def _audience(incident: Incident, liaison: Post | None) -> list[str]:
    scopes = set(incident.scopes)
    if liaison:
        scopes |= {f"post:{liaison.pk}", f"body:{liaison.body_id}"}
    return sorted(scopes)


def _readdress(incident: Incident) -> None:
    """Send the follow-ups that are owed to whoever commands now; keeps the version, for who writes one."""
    for response in active_responses(incident):
        if cadences := cadences_of(response):
            first, *others = cadences
            owed = Report.objects.filter(
                response=response,
                kind=ReportKind.FOLLOW_UP,
                channel=first.channel,
                state__in=sorted(OWED),
            )
            owed.exclude(to__in=[one.to for one in others]).update(to=first.to)
    if cadences := cadences_without_response(incident):
        first, *others = cadences
        owed = clocked_follow_ups(incident).filter(
            channel=first.channel, state__in=sorted(OWED)
        )
        owed.exclude(to__in=[one.to for one in others]).update(to=first.to)


def _tell(term: CommandTerm, liaison: Post) -> None:
    text = _("请与%(headquarters)s保持联系，接收指令、回报办理情况") % {
        "headquarters": term.headquarters
    }
    send_message(
        system_actor("run", _("指挥权移交"), term.realm, Messaging.SEND_MESSAGE),
        to_post=liaison,
        title=_("%(incident)s由%(command)s统一指挥")
        % {"incident": term.incident.title[:60], "command": term},
        text=text,
        subject_kind=KIND,
        subject_id=str(term.pk),
        incident=str(term.incident_id),
        audience=["duty"],
        urgent=True,
        link=f"/command/terms/{term.pk}/",
        idempotency_key=f"{term.pk}/liaison",
    )
