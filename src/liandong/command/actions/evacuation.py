"""Evacuation: households listed, moved, refusing, away, home again; shelters fill as they do."""

from collections.abc import Sequence
from datetime import datetime

from liandong.command.actions.claims import demand_reach, lend, locked_incident
from liandong.command.actions.proposal import record_incident_facts
from liandong.command.events import EvacuationListed, HouseholdsMoved, ShelterOverfilled
from liandong.command.models import EvacuationHousehold, EvacuationList, Incident
from liandong.command.permissions import Permission
from liandong.command.queries.evacuation import capacity_of, moving, sheltered
from liandong.command.queries.field_post import standing_field_post
from liandong.command.rules.evacuation import (
    Household,
    demand_households,
    demand_lists,
    demand_why,
)
from liandong.command.rules.field_people import demand_moment, demand_some
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_words
from liandong.command.states import HOUSEHOLD_MOVES, HouseholdState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid, Missing
from liandong.kernel.versions import change_all
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Body
from liandong.sharing.models import Record

S = HouseholdState


@action(Permission.EVACUATE)
def list_households(
    actor: Actor,
    *,
    incident: Incident,
    township: Body,
    place: str,
    leader: str,
    households: Sequence[Household],
    leader_phone: str = "",
    idempotency_key: str = "",
) -> EvacuationList:
    """Enter which households of a village or group have to leave, and who leads them.

    Publishes ``EvacuationListed``, which alone keeps names and telephones. A township lists its own,
    the desk whatever was told. Refuses a list of nobody, a household without head or number, and a
    closed incident. Clause 二(二)3.
    """
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.EVACUATE, row)
    demand_open(row)
    demand_lists(actor, township)
    demand_words(place, field="place", what=_("村、组"))
    demand_words(leader, field="leader", what=_("转移责任人"))
    demand_households(households)
    now = clock.now(actor.realm)
    made = EvacuationList.objects.create(
        realm=actor.realm,
        audience=_readers(actor, row, township),
        incident=row,
        township=township,
        place=place.strip(),
        entered_by=actor.label[:120],
        entered_at=now,
    )
    EvacuationHousehold.objects.bulk_create(
        EvacuationHousehold(
            list=made,
            ordinal=at,
            people=one.people,
            needs_help=bool(one.needs),
            since_at=now,
        )
        for at, one in enumerate(households)
    )
    fact = EvacuationListed(
        subject_id=str(made.pk),
        incident_id=str(row.pk),
        township=township.short_name,
        place=made.place,
        leader=leader.strip(),
        leader_phone=leader_phone.strip(),
        heads=[one.head for one in households],
        phones=[one.phone for one in households],
        needs=[one.needs for one in households],
        households=len(households),
        people=sum(one.people for one in households),
    )
    happened(fact, incident=str(row.pk), audience=made.audience)
    return made


@action(Permission.EVACUATE)
def move_households(
    actor: Actor,
    *,
    incident: Incident,
    households: Sequence[EvacuationHousehold],
    state: str,
    shelter: Record | None = None,
    words: str = "",
    at: datetime | None = None,
    idempotency_key: str = "",
) -> Incident:
    """Say that households left, would not, were away already, went home, or have to leave again.

    ``households`` as of the versions that were seen. Moved without a ``shelter``, they are with
    relatives; from shelter to shelter they are moved again. Publishes ``HouseholdsMoved``,
    ``FactsRecorded`` with how many are relocated, and ``ShelterOverfilled`` where more people are
    than fit: nobody is turned away. Refuses nobody, what may not follow, and to leave those who
    refuse without saying why. Clause 二(二)3.
    """
    row = locked_incident(actor, incident.lives_in)
    demand_reach(actor, Permission.EVACUATE, row)
    demand_some(households)
    if any(one.list.incident_id not in _kin(row) for one in households):
        raise Missing(_("选的户不在这个事件的清单里。"), remedy=_("请刷新后重新勾选。"))
    for township in {one.list.township for one in households}:
        demand_lists(actor, township)
    to = S(state)
    demand_why(to, words)
    _demand_shelter(to, shelter)
    for one in households:
        HOUSEHOLD_MOVES.check(one.state, to)
    now = clock.now(actor.realm)
    moment = demand_moment(at, now, (one.since_at for one in households) if at else ())
    change_all(households, state=to, shelter=shelter, since_at=moment)
    total = moving(row)[0]
    audience = _readers(actor, row, *(one.list.township for one in households))
    where = str(shelter.name) if shelter else ""
    fact = HouseholdsMoved(
        subject_id=str(row.pk),
        households=[str(one.pk) for one in households],
        sizes=[one.people for one in households],
        places="、".join(dict.fromkeys(one.list.place for one in households))[:200],
        n=len(households),
        people=sum(one.people for one in households),
        state=to,
        outcome=f"{to.label}（{where}）" if where else str(to.label),
        shelter_id=str(shelter.pk) if shelter else "",
        words=words.strip(),
        still=total.to_move,
    )
    happened(fact, incident=str(row.pk), audience=audience, told=at)
    if shelter:
        _warn_of_too_many(row, shelter, audience)
    if row.is_open:
        record_incident_facts(
            lend(actor, Permission.RECORD_FACTS),
            incident=row,
            facts={"relocated": total.moved},
            source=_("转移登记"),
            observed_at=now,  # the sum is of this moment, whenever they went
        )
    return row


def _kin(row: Incident) -> set[object]:
    return {row.pk, *row.merged.values_list("pk", flat=True)}


def _demand_shelter(to: HouseholdState, shelter: Record | None) -> None:
    """Only whoever was moved is in a shelter, and only in one of that register."""
    if shelter is not None and (to != S.MOVED or shelter.kind != "shelter"):
        raise Invalid(
            _("只有已转移的户才写安置点。"),
            place=_("安置点"),
            remedy=_("请把安置点留空，或改选“已转移”。"),
            fields={"shelter": _("请留空")},
        )


def _warn_of_too_many(row: Incident, shelter: Record, audience: list[str]) -> None:
    people, capacity = sheltered(shelter, row.realm), capacity_of(shelter)
    if people > capacity:
        fact = ShelterOverfilled(
            subject_id=str(row.pk),
            shelter_id=str(shelter.pk),
            shelter=shelter.name,
            people=people,
            capacity=capacity,
            over=people - capacity,
        )
        happened(fact, incident=str(row.pk), audience=audience)


def _readers(actor: Actor, row: Incident, *townships: Body) -> list[str]:
    """Who may read whose households they are: the desk, who commands there, the township itself."""
    post = standing_field_post(row)
    found = {"duty", f"incident:{row.pk}", *(f"body:{one.pk}" for one in townships)}
    found |= {f"post:{post.commander_id}"} if post else set()
    return sorted(found | ({f"body:{actor.body}"} if actor.body else set()))
