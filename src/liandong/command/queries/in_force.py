"""What is in force in an incident, so that it cannot simply become another."""

from liandong.command.models import Decision, Incident, Precaution
from liandong.command.queries.command_term import standing_term
from liandong.command.queries.field_post import standing_field_post
from liandong.command.queries.response import active_responses
from liandong.command.states import DecisionState, PrecautionState


def left_in_force(incident: Incident) -> list[str]:
    """Responses, decisions to be signed, measures for warnings, the field headquarters, a superior in command."""
    pending = Decision.objects.filter(incident=incident, state=DecisionState.PENDING)
    measures = Precaution.objects.filter(
        incident=incident, state__in=[PrecautionState.PROPOSED, PrecautionState.ADOPTED]
    )
    standing, term = standing_field_post(incident), standing_term(incident)
    found = [
        *active_responses(incident),
        *pending.select_related("response", "plan_version"),
        *measures,
        *([standing] if standing else []),
        *([term] if term and term.is_superior else []),
    ]
    return [str(one) for one in found]
