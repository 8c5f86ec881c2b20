"""Two incidents that are one, and one that is two: nothing of either is lost."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Func, Model, Value

from liandong.command.actions.choice import move_choices
from liandong.command.actions.claims import (
    demand_reach,
    lend,
    lock_register,
    locked_incident,
    locked_pair,
    widen_incident,
)
from liandong.command.actions.incident import open_incident
from liandong.command.actions.incident_follow_up import stop_incident_follow_ups
from liandong.command.actions.link import keep_link
from liandong.command.actions.report_due import waive_doubled
from liandong.command.actions.turn import await_nothing
from liandong.command.events import IncidentMerged, IncidentReceived, IncidentSplit, OrderMoved
from liandong.command.models import (
    Assignment,
    Call,
    Consultation,
    Dispatch,
    FieldPost,
    Incident,
    IncidentFile,
    IncidentLink,
    Instruction,
    Order,
    Report,
    Signal,
)
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.queries.choice import DERIVED, KIND, PARTS
from liandong.command.queries.in_force import left_in_force
from liandong.command.queries.link import incidents_above, standing_links
from liandong.command.rules.incident import demand_open, demand_settled, demand_two
from liandong.command.rules.order import demand_words
from liandong.command.states import INCIDENT_MOVES, IncidentState, LinkKind
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.search.indexing import refresh
from liandong.kernel.visibility import SCOPES
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.plans import actions as plans_actions
from liandong.plans import queries as plans
from liandong.plans.language import dictionary, fact_named
from liandong.plans.models import FactValue
from liandong.plans.permissions import Permission as Plans

# What whoever belongs to an incident sees of what was merged into it.
HELD: tuple[type[Model], ...] = (
    Assignment,
    Call,
    Consultation,
    Dispatch,
    FieldPost,
    IncidentFile,
    Instruction,
    Order,
    Report,
    Signal,
)


@action(Permission.MERGE_INCIDENTS)
def merge_incidents(
    actor: Actor,
    *,
    incident: Incident,
    into: Incident,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Incident:
    """Say that an incident is another, in which everything goes on; returns that other.

    The merged one stays readable with its own orders, calls, files and entries, which are found
    from the other. Units go on with their orders under the numbers they have. What was told of
    facts goes along, first reports that both owe alike are owed once, links are turned to the
    other. Publishes ``IncidentMerged`` and ``IncidentReceived``. Refuses an incident with itself,
    into or of one that is over, while a response, decision, measure or field headquarters is in
    force in it, without a reason, and by whoever saw an older version. Clause 二(二)2.
    """
    demand_words(reason, field="reason", what=_("并入依据"))
    demand_two(incident, into)
    lock_register(actor.realm, clock.now(actor.realm))
    row, other = locked_pair(actor, incident, into)
    for one in (row, other):
        demand_reach(actor, Permission.MERGE_INCIDENTS, one)
        demand_open(one)
    INCIDENT_MOVES.check(row.state, IncidentState.MERGED)
    demand_settled(row, left_in_force(row))
    row.change(
        expected_version=expected_version,
        state=IncidentState.MERGED,
        merged_into=other,
        closed_at=clock.now(actor.realm),
    )
    Incident.objects.filter(merged_into=row).update(merged_into=other)
    await_nothing(row)
    stop_incident_follow_ups(row, _("已并入“%(into)s”，由它报告") % {"into": other})
    _carry(actor, plans.last_words(actor, KIND, [str(row.pk)]), other)
    _let_in(row, other)
    waive_doubled(row, other)
    _turn_links(actor, row, other)
    _tell_of_merging(row, other, reason.strip())
    return other


@action(Permission.MERGE_INCIDENTS)
def split_incident(
    actor: Actor,
    *,
    incident: Incident,
    title: str,
    hazard: str,
    place: str,
    reason: str,
    expected_version: int,
    calls: Sequence[Call] = (),
    orders: Sequence[Order] = (),
    facts: Sequence[str] = (),
    kind: LinkKind | None = None,
    idempotency_key: str = "",
) -> Incident:
    """Make part of an incident one of its own; returns the new one.

    Calls, orders and facts that were chosen go along: orders keep number and clocks, facts those
    who told them, and count in the old incident no longer. ``kind`` says how the new one belongs
    to the old. Publishes ``IncidentSplit``, besides what opening publishes. Refuses when nothing
    goes along, what is not of this incident, orders of a plan that is being carried out, a closed
    incident, no reason, and whoever saw an older version. Clause 二(二)2.
    """
    demand_words(reason, field="reason", what=_("分出依据"))
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.MERGE_INCIDENTS, row)
    demand_open(row)
    said = plans.last_words(actor, KIND, [str(row.pk)])
    along, gone = _along(facts, {one.name for one in said})
    told = [one for one in said if one.name in along]
    _demand_parts(row, calls, orders, facts, told)
    row.change(expected_version=expected_version)
    new = open_incident(
        lend(actor, Permission.OPEN_INCIDENT),
        title=title,
        hazard=hazard,
        place=place,
        source=(_("由“%(incident)s”分出") % {"incident": row})[:200],
        received_at=_received_at(row, calls),
        position=_position(calls),
    )
    _move(row, new, calls, orders)
    _carry(actor, told, new)
    _take_back(actor, row, gone)
    move_choices(row, new, facts)
    if kind is not None:
        keep_link(actor, new, row, LinkKind(kind), reason)
    labels = [
        fact.label
        for name in sorted(along)
        if (fact := fact_named(name, dictionary(), plans.townships()))
    ]
    fact_ = IncidentSplit(
        subject_id=str(row.pk),
        into_id=str(new.pk),
        into_title=new.title,
        calls=len(calls),
        orders=len(orders),
        facts="、".join(labels),
        figures=sorted(gone),
        reason=reason.strip(),
    )
    happened(fact_, incident=str(row.pk), audience=row.scopes)
    return new


def _along(facts: Sequence[str], known: Collection[str]) -> tuple[set[str], set[str]]:
    """What goes along, and what counts in the old incident no longer.

    The sum of deaths and missing goes with both; with one of them it is nobody's any more.
    """
    along = gone = set(facts)
    if DERIVED in known and gone & set(PARTS):
        gone = gone | {DERIVED}
        along = gone if along >= set(PARTS) else along - {DERIVED}
    return along, gone


def _carry(actor: Actor, rows: Iterable[FactValue], to: Incident) -> None:
    """Have what tellers said of one incident stand in another, with their names and times."""
    together: dict[tuple[str, datetime, str], dict[str, Any]] = {}
    for row in rows:
        if row.value is not None:
            key = row.source, row.observed_at, row.confirmed_by
            together.setdefault(key, {})[row.name] = row.value
    for (source, seen, confirmed_by), facts in sorted(
        together.items(), key=lambda one: one[0][1]
    ):
        plans_actions.record_facts(
            lend(actor, Plans.RECORD_FACTS),
            subject_kind=KIND,
            subject_id=str(to.pk),
            facts=facts,
            source=source,
            observed_at=seen,
            confirmed_by=confirmed_by,
            audience=sorted(to.scopes),
            incident=str(to.pk),
        )


def _take_back(actor: Actor, incident: Incident, names: set[str]) -> None:
    """Let figures that went along count here no longer."""
    if names:
        plans_actions.record_facts(
            lend(actor, Plans.RECORD_FACTS),
            subject_kind=KIND,
            subject_id=str(incident.pk),
            facts=dict.fromkeys(sorted(names)),
            source=_("分出另立事件"),
            audience=sorted(incident.scopes),
            incident=str(incident.pk),
        )


def _let_in(incident: Incident, into: Incident) -> None:
    """Whoever belongs to the surviving incident sees what the merged one holds; units see its head."""
    scope = Value(f"incident:{into.pk}")
    for model in HELD:
        rows = model._base_manager.filter(incident=incident)
        appended = Func(F("audience"), scope, function="array_append", output_field=SCOPES)
        rows.exclude(audience__contains=[scope.value]).update(audience=appended)
    orders = Order.objects.filter(incident=incident).values_list("pk", flat=True)
    refresh("command.order", orders)
    refresh("command.incident", [incident.pk])
    widen_incident(into, set(incident.audience) - {f"incident:{incident.pk}"})


def _turn_links(actor: Actor, incident: Incident, into: Incident) -> None:
    """What belonged to the merged incident belongs to the surviving one; what says nothing new is taken back."""
    for link in standing_links(incident):
        child = into if link.incident_id == incident.pk else link.incident
        parent = into if link.to_id == incident.pk else link.to
        met = {(one.incident_id, one.to_id) for one in standing_links(child)}
        has_whole = link.kind == LinkKind.PART_OF and child == into and _is_part(into)
        says_nothing = (
            child == parent
            or {(child.pk, parent.pk), (parent.pk, child.pk)} & met
            or child.pk in incidents_above(parent)
            or has_whole
        )
        if says_nothing:
            link.change(
                expected_version=link.version,
                withdrawn_by=actor.label[:120],
                withdrawn_at=clock.now(incident.realm),
                withdrawn_reason=_("已并入“%(into)s”") % {"into": into},
            )
        else:
            link.change(expected_version=link.version, incident=child, to=parent)


def _is_part(incident: Incident) -> bool:
    wholes = IncidentLink.objects.filter(incident=incident, kind=LinkKind.PART_OF)
    return wholes.filter(withdrawn_at=None).exists()


def _tell_of_merging(incident: Incident, into: Incident, reason: str) -> None:
    gone = IncidentMerged(
        subject_id=str(incident.pk),
        title=incident.title,
        into_id=str(into.pk),
        into_title=into.title,
        reason=reason,
    )
    happened(gone, incident=str(incident.pk), audience=incident.scopes)
    come = IncidentReceived(
        subject_id=str(into.pk),
        from_id=str(incident.pk),
        from_title=incident.title,
        from_number=incident.number,
        reason=reason,
    )
    happened(come, incident=str(into.pk), audience=into.scopes)


def _demand_parts(
    incident: Incident,
    calls: Sequence[Call],
    orders: Sequence[Order],
    facts: Sequence[str],
    told: Sequence[FactValue],
) -> None:
    """Refuse to split off nothing, what is of another incident, and orders that a plan goes on by."""
    if not (calls or orders or facts):
        raise Invalid(
            _("没有选要分出的接报、指令或情况。"),
            place=incident.number,
            remedy=_("请至少选一项；什么都不分出的，请直接登记新事件。"),
        )
    homes = [one.incident_id for one in calls] + [one.incident_id for one in orders]
    if set(homes) - {incident.pk} or set(facts) - {one.name for one in told} - {DERIVED}:
        raise Invalid(
            _("所选的不都在这个事件里。"),
            place=incident.number,
            remedy=_("请刷新后重新选择。"),
        )
    bound = [one for one in orders if one.run_id is not None]
    if bound:
        raise IllegalMove(
            _("%(orders)s是按预案下达的，跟着响应走。")
            % {"orders": listed(str(one) for one in bound[:8])},
            place=_("指令"),
            remedy=_("请留在原事件；需要的话在新事件里另行下达。"),
        )


def _move(
    incident: Incident, new: Incident, calls: Sequence[Call], orders: Sequence[Order]
) -> None:
    """Put calls, with the signals they came by, and orders into the new incident."""
    ids = [one.pk for one in calls]
    old, scope = Value(f"incident:{incident.pk}"), Value(f"incident:{new.pk}")
    audience = Func(F("audience"), old, scope, function="array_replace", output_field=SCOPES)
    Signal.objects.filter(call__in=ids).update(incident=new)
    Call.objects.filter(pk__in=ids).update(incident=new, audience=audience)
    mine = [one.pk for one in orders]
    # Whoever holds one as it was is told that it changed, and does not answer in the old incident.
    Order.objects.filter(pk__in=mine).update(
        incident=new, audience=audience, version=F("version") + 1
    )
    refresh("command.order", mine)
    for one in Order.objects.filter(pk__in=mine).select_related("to_post__body"):
        moved = OrderMoved(
            subject_id=str(one.pk),
            number=one.number,
            text=one.text,
            to=name_of(one.to_post),
            state=one.state,
            into_id=str(new.pk),
            into_title=new.title,
            acknowledge_by=one.acknowledge_by.isoformat(),
            finish_by=one.finish_by.isoformat() if one.finish_by else "",
        )
        for home in (incident, new):
            scopes = {*one.audience, f"incident:{home.pk}"}
            happened(moved, incident=str(home.pk), audience=scopes)
    seen = {scope for one in orders for scope in one.audience}
    widen_incident(new, seen - {f"incident:{incident.pk}"})


def _received_at(incident: Incident, calls: Sequence[Call]) -> datetime:
    return min((one.received_at for one in calls), default=incident.received_at)


def _position(calls: Sequence[Call]) -> tuple[Decimal, Decimal] | None:
    places = ((one.lon, one.lat) for one in calls)
    return next(
        ((lon, lat) for lon, lat in places if lon is not None and lat is not None), None
    )
