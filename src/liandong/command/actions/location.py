"""Where an incident is."""

from decimal import Decimal

from liandong.command.actions.claims import demand_reach, demand_realm
from liandong.command.events import IncidentLocated
from liandong.command.models import Incident
from liandong.command.permissions import Permission
from liandong.command.rules.incident import checked_position, demand_open
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor


@action(Permission.LOCATE_INCIDENT)
def locate_incident(
    actor: Actor,
    *,
    incident: Incident,
    lon: Decimal,
    lat: Decimal,
    expected_version: int,
    idempotency_key: str = "",
) -> Incident:
    """Fix on the map where the incident is, in degrees of WGS-84. Publishes ``IncidentLocated``.

    What the caller said of the place stays beside it. Refuses places outside China, a closed
    incident, and one that somebody else has changed. Clause 二(二)2.
    """
    demand_realm(actor, incident)
    demand_reach(actor, Permission.LOCATE_INCIDENT, incident)
    demand_open(incident)
    lon, lat = checked_position(lon, lat)
    incident.change(expected_version=expected_version, lon=lon, lat=lat)
    fact = IncidentLocated(
        subject_id=str(incident.pk), lon=str(lon), lat=str(lat), place=incident.place
    )
    happened(fact, incident=str(incident.pk), audience=incident.scopes)
    return incident
