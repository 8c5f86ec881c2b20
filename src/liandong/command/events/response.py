"""What is said of proposals and of decisions about responses."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.level_proposed", about="command.proposal")
class LevelProposed(Event):
    """Grading a plan against the facts gave something new to decide about."""

    incident_id: str
    plan: str
    ordinal: int
    kind: str
    level: str
    at_least: str
    present: str
    headline: str
    open_facts: str
    say = _("研判第{ordinal}次：{headline}")


@event("command.decision_signed", about="command.decision")
class DecisionSigned(Event):
    """One of several who must has signed; the decision waits for the others."""

    incident_id: str
    text: str
    who: str
    awaited: str
    say = _("{who}签署“{text}”，待{awaited}会签")


@event("command.response_decided", about="command.response")
class ResponseDecided(Event):
    """A response was begun, raised, lowered, maintained or ended by those entitled to."""

    incident_id: str
    decision_id: str
    plan: str
    kind: str
    level_before: str
    level_after: str
    matters: str
    measures: str
    expected_until: str
    overrule_reason: str
    signed_by: str
    text: str
    say = _("决定{text}（{signed_by}）")


@event("command.consent_given", about="command.decision")
class ConsentGiven(Event):
    """Whose consent the plan asks for has given it."""

    incident_id: str
    text: str
    who: str
    say = _("{who}同意“{text}”")


@event("command.consent_refused", about="command.decision")
class ConsentRefused(Event):
    """Whose consent the plan asks for has refused it; the decision does not take effect."""

    incident_id: str
    text: str
    who: str
    reason: str
    say = _("{who}不同意“{text}”：{reason}")
