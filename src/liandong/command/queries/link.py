"""How incidents belong together, and what they come to, counted once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from liandong.command.models import Incident, IncidentLink
from liandong.command.queries.choice import KIND, disputed_figures, is_figure
from liandong.command.queries.incident import visible_incidents
from liandong.command.states import LinkKind
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.plans import queries as plans
from liandong.plans.language import Fact, dictionary

# However deep people nest them; links make no rings, but a page does not depend on that.
DEEPEST = 20
BELOW = """
WITH RECURSIVE below AS (
    SELECT id, incident_id, 1 AS depth FROM command_incidentlink
    WHERE to_id = %s AND withdrawn_at IS NULL
    UNION
    SELECT link.id, link.incident_id, depth + 1 FROM below
    JOIN command_incidentlink link ON link.to_id = below.incident_id
    WHERE link.withdrawn_at IS NULL AND depth < %s
)
SELECT * FROM command_incidentlink WHERE id IN (SELECT id FROM below) ORDER BY made_at, id
"""
ABOVE = """
WITH RECURSIVE above AS (
    SELECT id, to_id, 1 AS depth FROM command_incidentlink
    WHERE incident_id = %s AND withdrawn_at IS NULL
    UNION
    SELECT link.id, link.to_id, depth + 1 FROM above
    JOIN command_incidentlink link ON link.incident_id = above.to_id
    WHERE link.withdrawn_at IS NULL AND depth < %s
)
SELECT * FROM command_incidentlink WHERE id IN (SELECT id FROM above) ORDER BY made_at, id
"""


@dataclass(frozen=True)
class Share:
    """What one incident adds to a total; ``is_counted`` where its figure stands in another's already."""

    incident: Incident
    value: str
    is_counted: bool
    is_disputed: bool


@dataclass(frozen=True)
class Total:
    """A figure over an incident and all that belong to it, each counted once."""

    label: str
    value: str
    shares: list[Share]

    @property
    def is_disputed(self) -> bool:
        """Whether somebody has still to settle on a value of a share that counts."""
        return any(one.is_disputed and not one.is_counted for one in self.shares)


@dataclass(frozen=True)
class Linked:
    """What an incident belongs to, what belongs to it, what was merged into it, and the totals."""

    up: list[IncidentLink]
    down: list[IncidentLink]
    merged: list[Incident]
    totals: list[Total]
    hidden: int

    @property
    def is_empty(self) -> bool:
        """Whether it stands alone."""
        return not (self.up or self.down or self.merged)


def links_below(incident: Incident) -> list[IncidentLink]:
    """The links of all that belongs to an incident, however indirectly. One query."""
    return list(IncidentLink.objects.raw(BELOW, [incident.pk, DEEPEST]))


def incidents_above(incident: Incident) -> set[UUID]:
    """All that an incident belongs to, however indirectly, and itself. One query."""
    links = IncidentLink.objects.raw(ABOVE, [incident.pk, DEEPEST])
    return {incident.pk, *(one.to_id for one in links)}


def standing_links(incident: Incident) -> list[IncidentLink]:
    """The links of an incident itself, either way."""
    rows = IncidentLink.objects.filter(withdrawn_at=None).select_related("incident", "to")
    mine = rows.filter(incident=incident) | rows.filter(to=incident)
    return list(mine.order_by("made_at", "id"))


def link_for(actor: Actor, pk: UUID) -> IncidentLink:
    """Return one link, both ends of which the actor may see; raises ``Missing``."""
    rows = IncidentLink.objects.select_related("incident", "to")
    seen = visible_incidents(actor).order_by().values("pk")
    found = rows.filter(pk=pk, incident__in=seen, to__in=seen).first()
    if found is None:
        raise Missing(_("没有这个关联，或者您所在岗位看不到它。"), remedy=_("请从事件室进入。"))
    return found


def linked(actor: Actor, incident: Incident) -> Linked:
    """All that belongs together with an incident, as far as the actor may see it. A fixed number of queries."""
    below = links_below(incident)
    merged = visible_incidents(actor).filter(merged_into=incident).order_by("closed_at", "id")
    own = standing_links(incident)
    wanted = {one.incident_id for one in below} | {one.to_id for one in own}
    seen = visible_incidents(actor).in_bulk(wanted - {incident.pk})
    there = seen | {incident.pk: incident}
    shown = [one for one in own if one.incident_id in there and one.to_id in there]
    return Linked(
        up=[one for one in shown if one.incident_id == incident.pk],
        down=[one for one in shown if one.to_id == incident.pk],
        merged=list(merged),
        totals=_totals(actor, incident, below, there) if below else [],
        hidden=len(wanted - there.keys()),
    )


def _totals(
    actor: Actor, root: Incident, below: Iterable[IncidentLink], there: dict[UUID, Incident]
) -> list[Total]:
    """What the figures of all come to: whoever stands in another's figure, or is the same, adds nothing."""
    kinds = {one.incident_id: one for one in below if one.incident_id in there}
    counted = {
        one.incident_id for one in below if one.is_counted or one.kind == LinkKind.SAME_AS
    }
    members = [root, *(there[pk] for pk in kinds if pk != root.pk)]
    known = plans.facts_of_each(KIND, [str(one.pk) for one in members], realm=root.realm)
    open_ = disputed_figures(actor, [one.pk for one in members])
    found = []
    for name in _figures(known.values()):
        fact = dictionary()[name]
        shares, total = [], Decimal(0)
        for one in members:
            value = known[str(one.pk)].get(name)
            if value is None:
                continue
            if one.pk not in counted:
                total += Decimal(str(value.value))
            shares.append(
                Share(
                    one,
                    fact.show(value.value),
                    one.pk in counted,
                    (one.pk, name) in open_,
                )
            )
        found.append(Total(fact.label, _shown(fact, total), shares))
    return found


def _figures(several: Iterable[Mapping[str, object]]) -> list[str]:
    """The names of the figures that somebody told, of the whole county, in the dictionary's order."""
    told = {name for known in several for name in known}
    return [name for name, fact in dictionary().items() if name in told and is_figure(fact)]


def _shown(fact: Fact, total: Decimal) -> str:
    return fact.show(int(total) if fact.type == "integer" else total)
