"""Missing people: those there are, what is known of them, and the sums, which always balance."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet

from liandong.command.models import Incident, MissingPerson
from liandong.command.queries.incident import within
from liandong.command.queries.payload import said_of
from liandong.command.states import MissingState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _

KIND = "command.missing_person"
REPORTED, SETTLED = "command.missing_person_reported", "command.missing_person_settled"


@dataclass(frozen=True)
class Sought:
    """Somebody missing or found, with what was said of them as far as it is still kept."""

    row: MissingPerson
    name: str
    about: str
    last_seen: str
    reporter: str
    words: str


@dataclass(frozen=True)
class MissingFigures:
    """How many were reported, and what became of them; withdrawn reports count nowhere."""

    missing: int = 0
    alive: int = 0
    hurt: int = 0
    dead: int = 0
    withdrawn: int = 0

    @property
    def reported(self) -> int:
        """All who were ever missing: those still are, and those found, however."""
        return self.missing + self.alive + self.hurt + self.dead


def visible_missing_people(actor: Actor) -> QuerySet[MissingPerson]:
    """The missing people an actor may see, in the order in which they were reported."""
    rows = MissingPerson.objects.select_related("incident__merged_into")
    return visible(rows.order_by("entered_at", "id"), actor)


def missing_person_for(actor: Actor, pk: UUID | str) -> MissingPerson:
    """Return one; raises ``Missing``."""
    try:
        found = visible_missing_people(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这名失踪人员的登记，或者您所在岗位看不到它。"),
            remedy=_("请从事件室的“失踪人员”进入。"),
        )
    return found


def sought(actor: Actor, incident: Incident) -> list[Sought]:
    """Everybody of an incident and of what was merged into it, as far as the actor may see. Three queries."""
    rows = list(visible_missing_people(actor).filter(within(incident)))
    told = said_of(KIND, REPORTED, (one.pk for one in rows))
    found = said_of(KIND, SETTLED, (one.pk for one in rows if one.settled_at))
    return [
        Sought(
            one,
            told[one.pk]["called"] if one.pk in told else _("（姓名已依法销毁）"),
            told.get(one.pk, {}).get("about", ""),
            told.get(one.pk, {}).get("last_seen", ""),
            told.get(one.pk, {}).get("reporter", ""),
            found.get(one.pk, {}).get("words", ""),
        )
        for one in rows
    ]


def missing_figures(incident: Incident) -> MissingFigures:
    """The sums of an incident and of what was merged into it. One query."""
    rows = MissingPerson.objects.filter(within(incident)).order_by()
    counts = dict(rows.values_list("state").annotate(Count("pk")))
    return MissingFigures(**{str(state): counts.get(state, 0) for state in MissingState})
