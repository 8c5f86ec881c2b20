"""The parts of the incident room besides the orders; each is asked for again by itself."""

from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from liandong.command import queries
from liandong.command.models import Proposal
from liandong.command.rules.copies import copies_for
from liandong.command.rules.report import NOT_KNOWN
from liandong.command.states import DecisionState, ProposalState
from liandong.command.views.visit import Visit
from liandong.kernel import clock
from liandong.kernel.events import known
from liandong.kernel.journal.reading import Told, timeline
from liandong.plans.language import dictionary

Context = dict[str, Any]
DECISIONS = ("command.response_decided", "command.decision_signed")
NOTED = "command.incident_noted"
# Notices and receipts are kept, but they are no part of the story.
TOLD = ("command.", "monitoring.", "plans.facts", "plans.run_replanned")
MARKS = {
    "declined": "ban",
    "escalated": "clock",
    "deadline": "clock",
    "recalled": "arrow-back-up",
    "read_back": "message-dots",
    "accepted": "check",
    "finished": "checks",
    "checked": "circle-check",
    "progressed": "camera",
    "issued": "send",
    "order": "point",
    "level_proposed": "flag",
    "field_": "tent",
    "noted": "pencil",
    "file_attached": "paperclip",
    "superior_order": "arrow-down",
    "command_moved": "stairs",
    "report": "report",
    "consultation": "users",
    "minutes": "notes",
    "facts": "clipboard-check",
    "monitoring": "alert-triangle",
}
BAD = ("declined", "escalated", "deadline")
MOST_TOLD = 60
WORTH_TELLING = timedelta(minutes=1)
SENT_SHOWN = 3
FILES_SHOWN = 12
FACTS_SHOWN = 5
PEOPLE_SHOWN = 8


def head(visit: Visit) -> Context:
    """Clock, severity, responses in force, command."""
    term = queries.standing_term(visit.incident)
    return {
        "responses": queries.active_responses(visit.incident),
        "term": term,
        "command_label": queries.command_words(term),
        "not_known": NOT_KNOWN,
    }


def proposals(visit: Visit) -> Context:
    """What the plans suggest, with whom to ask for what is open, and what waits to be signed."""
    actor, incident = visit.actor, visit.incident
    # The last of each plan: each carries its whole grading.
    rows = queries.visible_proposals(actor).filter(incident=incident)
    latest = list(rows.order_by("plan", "-ordinal").distinct("plan"))
    for one in latest:
        _say_whom_to_ask(one.grading)
    pending = queries.decisions_of(actor, incident).filter(state=DecisionState.PENDING)
    return {
        "proposals": sorted(latest, key=_matters, reverse=True),
        "pending": list(pending),
    }


def _matters(proposal: Proposal) -> tuple[bool, bool, datetime]:
    """What waits for a decision on a level comes before what is only to be asked; then the newest."""
    has_level = bool(proposal.level)
    return has_level and proposal.state == ProposalState.OPEN, has_level, proposal.made_at


def _say_whom_to_ask(grading: dict[str, Any]) -> None:
    """Put beside each open fact who would know; for the page, nothing of it is kept."""
    facts = dictionary()
    for level in grading.get("levels", []):
        for clause in level["clauses"]:
            for one in clause["compared"]:
                fact = facts.get(one["fact"])
                if fact and not one.get("shown"):
                    one["ask"], one["question"] = fact.ask.split("、")[0], fact.question


def facts(visit: Visit) -> Context:
    """What is known of the incident: value, source, moment; and what was said before."""
    told = queries.facts_told(visit.actor, visit.incident)
    return {
        "told": told[:FACTS_SHOWN],
        "more_told": told[FACTS_SHOWN:],
        "facts_count": len(told),
        "open_facts": queries.open_facts(visit.actor, visit.incident),
    }


def story(visit: Visit) -> Context:
    """What happened, the newest first; decisions alone where that was asked for."""
    names = DECISIONS if visit.only else [name for name in known if name.startswith(TOLD)]
    told = timeline(
        visit.actor,
        incident=str(visit.incident.pk),
        also=queries.merged_into(visit.actor, visit.incident),
        names=names,
        limit=MOST_TOLD,
    )
    return {
        "entries": [
            {
                "told": one,
                "mark": drawn(one.name)[0],
                "kind": drawn(one.name)[1],
                "source": one.payload.get("source", "") if one.name == NOTED else "",
                "late": _late(one),
            }
            for one in told
        ],
        "only": visit.only,
        "visit": visit,
        "other_query": visit.shown_as(only=not visit.only),
    }


def _late(told: Told) -> timedelta | None:
    """How long after it happened it was written down, where a reader should know."""
    if told.happened_at is None or told.at - told.happened_at < WORTH_TELLING:
        return None
    return told.at - told.happened_at


def drawn(name: str) -> tuple[str, str]:
    """The icon of an entry, and its kind: a decision stands out, what went wrong is red."""
    if name in DECISIONS:
        return "shield", "decision"
    mark = next((mark for part, mark in MARKS.items() if part in name), "point")
    return mark, "bad" if any(part in name for part in BAD) else ""


def reports(visit: Visit) -> Context:
    """Reports that are owed, and the last that were sent."""
    rows = queries.reports_of(visit.actor, visit.incident)
    owed = [report for report in rows if not report.is_sent]
    sent = [(report.sent_at, report) for report in rows if report.sent_at]
    sent.sort(key=itemgetter(0), reverse=True)
    last = [report for _at, report in sent]
    written = [(report.drafted_at, report) for report in rows if report.drafted_at]
    newest = max(written, key=itemgetter(0))[1] if written else None
    return {
        "reports": [*owed, *last[:SENT_SHOWN]],
        "older": last[SENT_SHOWN:],
        "copies": copies_for(newest),
        "nil_round": queries.last_round(visit.actor, visit.incident),
    }


def people(visit: Visit) -> Context:
    """Who commands and who was ordered, with the telephone at which they are reached."""
    found = queries.people_of(visit.actor, visit.incident)
    return {
        "people": found,
        "first_people": found[:PEOPLE_SHOWN],
        "more_people": found[PEOPLE_SHOWN:],
        "reachable": sum(1 for one in found if one.is_staffed),
    }


def files(visit: Visit) -> Context:
    """Photographs and papers, the newest first."""
    found = queries.attached(visit.actor, visit.incident)
    return {
        "files": found[:FILES_SHOWN],
        "more_files": found[FILES_SHOWN:],
        "files_count": len(found),
    }


def minutes(visit: Visit) -> Context:
    """Consultations: what was found, who saw it otherwise, who does what by when."""
    rows = queries.visible_consultations(visit.actor).filter(queries.within(visit.incident))
    now = clock.now(visit.actor.realm)
    items = queries.items_within(visit.actor, visit.incident, now)
    held = [(one, items.get(one.pk, [])) for one in rows.defer("pack")]
    return {"consultations": held}
