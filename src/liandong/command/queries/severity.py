"""How severe an incident is by the tables of law, as far as is known: for whoever fixes it, never instead."""

from datetime import datetime

from liandong.command.models import Incident
from liandong.plans import queries as plans
from liandong.plans.language import SeverityFinding, grade_severity, severity_tables

KIND = "command.incident"


def severity_findings(incident: Incident, at: datetime) -> list[SeverityFinding]:
    """What each table for this class of event makes of the facts. One query."""
    facts = plans.facts_of(KIND, str(incident.pk), at, realm=incident.realm)
    return [grade_severity(table, facts) for table in severity_tables(incident.hazard)]
