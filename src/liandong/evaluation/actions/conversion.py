"""演练转实战: what was being played has become real."""

from collections.abc import Mapping
from dataclasses import replace

from liandong.command.actions import open_incident, record_incident_facts
from liandong.command.models import Incident
from liandong.command.permissions import Permission as Command
from liandong.evaluation.actions.running import shut
from liandong.evaluation.events import DrillConverted
from liandong.evaluation.models import Drill
from liandong.evaluation.permissions import Permission
from liandong.evaluation.queries.drill import posts_of
from liandong.evaluation.rules.drill import demand_actual, demand_words
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, Grant
from liandong.kernel.problems import IllegalMove
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.plans.permissions import Permission as Plans


@action(Permission.CONVERT_DRILL)
def convert_drill(
    actor: Actor,
    *,
    drill: Drill,
    title: str,
    hazard: str,
    source: str,
    expected_version: int,
    place: str = "",
    facts: Mapping[str, str] | None = None,
    idempotency_key: str = "",
) -> Incident:
    """Open a real incident, end the drill, and tell everybody on its list, in one deed.

    Of what was played only ``facts`` are taken over: those that somebody says are true. Nothing else
    crosses. Publishes command's ``IncidentOpened``, ``DrillConverted`` and messages in earnest. Refuses a
    drill that does not go on, and what ``open_incident`` refuses. Clause 二(五)1.
    """
    demand_actual(actor)
    if not drill.is_under_way:
        raise IllegalMove(
            _("演练“%(drill)s”%(state)s，不能转实战。")
            % {"drill": drill, "state": drill.get_state_display()},
            remedy=_("请直接登记突发事件。"),
        )
    said = demand_words(source, field="source", what=_("信息来源"))
    in_earnest = _lend(actor)
    incident = open_incident(in_earnest, title=title, hazard=hazard, source=said, place=place)
    if facts:
        record_incident_facts(
            in_earnest,
            incident=incident,
            facts=facts,
            source=said,
            confirmed_by=actor.label[:120],
        )
    words = _("转为实战：%(incident)s") % {"incident": incident.title}
    shut(drill, words, expected_version, incident)
    posts = posts_of(drill)
    for post in posts:
        send_message(
            in_earnest,
            to_post=post,
            title=_("演练转实战：%(incident)s") % {"incident": incident.title[:120]},
            text=_("演练“%(drill)s”已终止，现为真实情况。请回到实战，按本岗位职责行动。")
            % {"drill": drill.name},
            subject_kind="command.incident",
            subject_id=str(incident.pk),
            audience=["duty"],
            incident=str(incident.pk),
            urgent=True,
            link=f"/command/incidents/{incident.pk}/",
        )
    fact = DrillConverted(
        subject_id=str(drill.pk),
        title=drill.name,
        incident_id=str(incident.pk),
        incident_title=incident.title,
        told=len(posts),
    )
    happened(fact, incident=str(incident.pk), audience=drill.audience)
    return incident


def _lend(actor: Actor) -> Actor:
    """Whoever may turn a drill into earnest does all that it takes."""
    names = (
        Command.OPEN_INCIDENT,
        Command.RECORD_FACTS,
        Plans.RECORD_FACTS,
        Messaging.SEND_MESSAGE,
    )
    return replace(actor, grants=actor.grants | {Grant(permission=str(name)) for name in names})
