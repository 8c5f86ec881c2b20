"""What a report can be written from: figures that changed since, and what was decided and done, as the journal tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from liandong.command.models import Incident, Report
from liandong.command.queries.fact import FactTold, facts_told, reported_figures
from liandong.command.queries.incident import merged_into
from liandong.command.queries.nil_round import RoundTold, last_round
from liandong.command.queries.report import told_before
from liandong.command.states import ReportKind
from liandong.kernel.actors import Actor
from liandong.kernel.journal.reading import Told, readable, tell
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded
from liandong.plans.language import dictionary
from liandong.web.times import full_moment, moment

# Figures of people by the fact that tells them.
FACTS = {
    "dead": "deaths",
    "missing": "missing",
    "injured": "serious_injuries",
    "relocated": "relocated",
}
PEOPLE = frozenset({*FACTS.values(), "dead_missing", "evacuated_people", "trapped_people"})
DONE = (
    "command.response_decided",
    "command.severity_set",
    "command.command_moved",
    "command.order_finished",
    "command.field_post_opened",
    "command.field_post_closed",
    "command.consultation_closed",
    "command.special_period_declared",
    "command.special_period_lifted",
    "command.incident_noted",
)
MOST_DEEDS = 60


@dataclass(frozen=True)
class FigureMoved:
    """A figure that somebody tells otherwise than it was told before, and who says so when."""

    name: str
    label: str
    old: str
    new: str
    source: str
    at: datetime

    @property
    def words(self) -> str:
        """As it is written into a report."""
        said = {"label": self.label, "old": self.old, "new": self.new, "source": self.source}
        said["at"] = moment(self.at)
        if not self.old:
            return _("%(label)s %(new)s（%(source)s，%(at)s）") % said
        return _("%(label)s由 %(old)s 变为 %(new)s（%(source)s，%(at)s）") % said


@dataclass(frozen=True)
class Since:
    """What is new in an incident since a moment; ``more`` deeds were left off."""

    at: datetime | None
    figures: list[FigureMoved]
    deeds: list[Told]
    more: int = 0
    round: RoundTold | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to follow up with."""
        return not self.figures and not self.deeds and self.round is None


def changed_since(actor: Actor, incident: Incident, at: datetime | None) -> Since:
    """Figures, deeds and the last round of nil reports since a moment, from the beginning if none; seven queries at most."""
    links = readable(actor).select_related("entry__payload").filter(entry__name__in=DONE)
    links = links.filter(entry__incident__in=[str(incident.pk), *merged_into(actor, incident)])
    if at is not None:
        links = links.filter(entry__at__gt=at)
    found = [tell(link) for link in links.order_by("-position")[: MOST_DEEDS + 1]]
    more = links.count() - MOST_DEEDS if len(found) > MOST_DEEDS else 0
    deeds = [one for one in reversed(found[:MOST_DEEDS]) if not one.erased]
    figures = [
        moved for told in facts_told(actor, incident) if (moved := _moved(told, at)) is not None
    ]
    asked = last_round(actor, incident)
    told = [one.answered_at for one in asked.returns if one.answered_at] if asked else []
    new = bool(told) and (at is None or max(told) > at)
    return Since(at, figures, deeds, more, asked if new else None)


def drafted_elements(report: Report, since: Since) -> dict[str, str | None]:
    """What a report can say before anybody has written a word; the rest is for people to fill in.

    Of a follow-up only what changed; of the last report the whole span. They are kept, and Chinese.
    """
    before = told_before(report)
    with recorded():
        known = dict(before.elements) if before else _of_register(report.incident)
        if report.kind == ReportKind.FOLLOW_UP and before is not None:
            return known | _news(since)
        if report.kind == ReportKind.FINAL:
            return known | _whole(report.incident, since)
        return known


def drafted_figures(report: Report, before: Report | None) -> dict[str, int | None]:
    """Figures of people as the incident tells them; where tellers differ, or nobody said, what was reported last."""
    told = reported_figures(report.incident, FACTS.values())
    return {
        name: getattr(before, name, None) if told[fact] is None else told[fact]
        for name, fact in FACTS.items()
    }


def span_of(report: Report, now: datetime) -> tuple[datetime, datetime]:
    """From when to when the last report tells."""
    incident = report.incident
    start = incident.occurred_at or incident.discovered_at or incident.received_at
    return start, incident.closed_at or now


def _moved(told: FactTold, at: datetime | None) -> FigureMoved | None:
    """A figure said anew since then; nothing of what says the same."""
    fact = dictionary().get(told.name)
    if fact is None or told.waits or (at is not None and told.now.recorded_at <= at):
        return None
    old = next((one for one in told.before if at is None or one.recorded_at <= at), None)
    if at is None:
        old = None
    if old is not None and old.value == told.now.value:
        return None
    return FigureMoved(
        told.name,
        str(told.label),
        old.value if old else "",
        told.now.value,
        told.now.source,
        told.now.observed_at,
    )


def _news(since: Since) -> dict[str, str | None]:
    said = {
        "casualties": [one.words for one in since.figures if one.name in PEOPLE],
        "extent": [one.words for one in since.figures if one.name not in PEOPLE],
        "measures": list(_lines(since)),
    }
    if since.round is not None:
        said["extent"].append(since.round.words)
    return {key: "；".join(lines) for key, lines in said.items() if lines}


def _whole(incident: Incident, since: Since) -> dict[str, str | None]:
    start = incident.occurred_at or incident.discovered_at or incident.received_at
    told: dict[str, str | None] = {"time": full_moment(start)}
    return told | _news(since)


def _lines(since: Since) -> Iterator[str]:
    for one in since.deeds:
        yield f"{moment(one.happened_at or one.at)} {one.sentence}"
    if since.more:
        yield _("另有 %(n)d 项见大事记") % {"n": since.more}


def _of_register(incident: Incident) -> dict[str, str | None]:
    """What the register of the incident answers already."""
    at = incident.occurred_at or incident.discovered_at
    return {
        "time": full_moment(at) if at else None,
        "place": incident.place or None,
        "source": incident.source,
        "nature": incident.title,
    }
