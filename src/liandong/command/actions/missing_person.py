"""Missing people: reported, found, or missing again; the incident's figures follow."""

from datetime import datetime

from liandong.command.actions.claims import demand_reach, demand_realm, lend, locked_incident
from liandong.command.actions.proposal import record_incident_facts
from liandong.command.events import (
    MissingPersonReopened,
    MissingPersonReported,
    MissingPersonSettled,
)
from liandong.command.models import Incident, MissingPerson
from liandong.command.permissions import Permission
from liandong.command.queries.field_post import standing_field_post
from liandong.command.queries.missing_person import missing_figures
from liandong.command.rules.field_people import demand_moment
from liandong.command.rules.figure import DEATHS
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_words
from liandong.command.states import MISSING_MOVES, MissingState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.plans import queries as plans

INCIDENT = "command.incident"


@action(Permission.TRACE_MISSING)
def report_missing_person(
    actor: Actor,
    *,
    incident: Incident,
    name: str,
    reporter: str,
    about: str = "",
    last_seen: str = "",
    township: str = "",
    at: datetime | None = None,
    idempotency_key: str = "",
) -> MissingPerson:
    """Enter that nobody can find somebody, and record how many are missing now.

    Publishes ``MissingPersonReported``, which alone keeps who it is, and ``FactsRecorded``.
    ``at``: when it was told. Refuses without a name or teller, a moment ahead, and a closed
    incident. Clause 二(二)3.
    """
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.TRACE_MISSING, row)
    demand_open(row)
    demand_words(name, field="name", what=_("姓名或称呼"))
    demand_words(reporter, field="reporter", what=_("谁报的"))
    now = clock.now(actor.realm)
    told = demand_moment(at, now)
    last = MissingPerson.objects.filter(incident=row).order_by("-ordinal").first()
    person = MissingPerson.objects.create(
        realm=actor.realm,
        audience=_readers(actor, row),
        incident=row,
        ordinal=last.ordinal + 1 if last else 1,
        township=township,
        reported_at=told,
        entered_by=actor.label[:120],
        entered_at=now,
    )
    fact = MissingPersonReported(
        subject_id=str(person.pk),
        incident_id=str(row.pk),
        ordinal=person.ordinal,
        township=township,
        called=name.strip(),
        about=about.strip(),
        last_seen=last_seen.strip(),
        reporter=reporter.strip(),
        missing=missing_figures(row).missing,
    )
    happened(fact, incident=str(row.pk), audience=person.audience, told=at)
    _record(actor, row)
    return person


@action(Permission.TRACE_MISSING)
def settle_missing_person(
    actor: Actor,
    *,
    person: MissingPerson,
    state: str,
    words: str,
    at: datetime | None = None,
    expected_version: int,
    idempotency_key: str = "",
) -> MissingPerson:
    """Say what became of somebody missing, and where and how; the incident's figures follow.

    Publishes ``MissingPersonSettled`` and ``FactsRecorded``: one less is missing, and whoever is
    found dead is one more death, so that dead and missing together stay what they were. Whoever
    was found hurt may die. After the incident was closed no figure is changed any more. Refuses
    without words, and what may not follow. Clause 二(二)3.
    """
    home = _home(actor, person)
    demand_words(words, field="words", what=_("在哪里、怎样查明"))
    to = MissingState(state)
    MISSING_MOVES.check(person.state, to)
    now = clock.now(actor.realm)
    moment = demand_moment(at, now, [person.reported_at])
    before = person.state
    person.change(
        expected_version=expected_version,
        state=to,
        settled_at=moment,
        settled_by=actor.label[:120],
    )
    fact = MissingPersonSettled(
        subject_id=str(person.pk),
        incident_id=str(home.pk),
        ordinal=person.ordinal,
        before=before,
        state=to,
        outcome=str(to.label),
        words=words.strip(),
        missing=missing_figures(home).missing,
    )
    happened(fact, incident=str(home.pk), audience=person.audience, told=at)
    _record(actor, home, died=int(to == MissingState.DEAD), reason=words)
    return person


@action(Permission.TRACE_MISSING)
def reopen_missing_person(
    actor: Actor,
    *,
    person: MissingPerson,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> MissingPerson:
    """Have somebody missing again, because what was said of them was wrong.

    Publishes ``MissingPersonReopened`` and ``FactsRecorded``; whoever was thought dead is a death
    less, with the reason. Refuses without a reason, and whoever is missing. Clause 二(二)3.
    """
    home = _home(actor, person)
    demand_words(reason, field="reason", what=_("理由"))
    MISSING_MOVES.check(person.state, MissingState.MISSING)
    before = person.state
    person.change(
        expected_version=expected_version,
        state=MissingState.MISSING,
        settled_at=None,
        settled_by="",
    )
    fact = MissingPersonReopened(
        subject_id=str(person.pk),
        incident_id=str(home.pk),
        ordinal=person.ordinal,
        before=before,
        reason=reason.strip(),
        missing=missing_figures(home).missing,
    )
    happened(fact, incident=str(home.pk), audience=person.audience)
    died = -int(before == MissingState.DEAD)
    _record(actor, home, died=died, reason=reason)
    return person


def _home(actor: Actor, person: MissingPerson) -> Incident:
    """Hold the incident in which the person is sought now."""
    demand_realm(actor, person)
    home = locked_incident(actor, person.incident.lives_in)
    demand_reach(actor, Permission.TRACE_MISSING, home)
    return home


def _record(actor: Actor, row: Incident, *, died: int = 0, reason: str = "") -> None:
    """Let the incident's figures follow: how many are missing now, and deaths by as many more or fewer.

    They are of this moment, whenever what was told had happened.
    """
    if not row.is_open:
        return
    facts: dict[str, int] = {"missing": missing_figures(row).missing}
    if died:
        known = plans.facts_of(INCIDENT, str(row.pk), realm=row.realm).get(DEATHS)
        deaths = int(str(known.value)) if known and known.value is not None else 0
        facts[DEATHS] = max(deaths + died, 0)
    record_incident_facts(
        lend(actor, Permission.RECORD_FACTS),
        incident=row,
        facts=facts,
        source=_("失踪人员登记"),
        observed_at=clock.now(actor.realm),
        reason=reason,
    )


def _readers(actor: Actor, row: Incident) -> list[str]:
    """Who may read who is missing: the desk, who commands on the spot, and the unit that entered it."""
    post = standing_field_post(row)
    found = {"duty", f"incident:{row.pk}"}
    found |= {f"post:{post.commander_id}"} if post else set()
    return sorted(found | ({f"body:{actor.body}"} if actor.body else set()))
