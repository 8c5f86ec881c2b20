"""Settling on one of the values that several tell of a figure."""

from collections.abc import Collection
from uuid import UUID

from liandong.command.actions.claims import demand_reach, locked_incident
from liandong.command.events import FactChosen
from liandong.command.models import FactChoice, Incident
from liandong.command.permissions import Permission
from liandong.command.queries.choice import DERIVED, KIND, PARTS, choice_of, is_figure
from liandong.command.queries.fact import disputed
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_words
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid, Missing, Stale
from liandong.kernel.wording import gettext as _
from liandong.plans import queries as plans
from liandong.plans.language import Fact, dictionary, fact_named
from liandong.plans.models import FactValue


@action(Permission.CHOOSE_FACT)
def choose_fact(
    actor: Actor,
    *,
    incident: Incident,
    telling: UUID,
    reason: str,
    replaces: UUID | None = None,
    idempotency_key: str = "",
) -> FactChoice:
    """Say which telling of a figure counts: reports and grading take it until somebody chooses again.

    ``telling`` is one that was recorded, ``replaces`` the choice that stood when it was looked at.
    Where deaths or missing are chosen, their sum follows. Publishes ``FactChosen``. Refuses
    without a reason, what is no figure, a telling that was taken back or is of another incident,
    a closed incident, and whoever has not seen the present choice. Clause 二(二)2.
    """
    demand_words(reason, field="reason", what=_("核定依据"))
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.CHOOSE_FACT, row)
    demand_open(row)
    told = _telling(row, telling)
    fact = _figure(told.name)
    standing = choice_of(row, told.name)
    if (standing.pk if standing else None) != replaces:
        raise Stale(
            _("“%(fact)s”刚由别人核定过。") % {"fact": fact.label},
            place=row.number,
            remedy=_("请看最新的核定后再办。"),
        )
    others = [
        f"{one.source} {one.value}"
        for one in disputed(row).get(told.name, [])
        if one.pk != told.pk
    ]
    choice = _kept(actor, row, told.name, told.value, told, others=others, reason=reason)
    _add_up(actor, row, told, reason)
    _tell_of_choice(choice, fact)
    return choice


def move_choices(incident: Incident, into: Incident, names: Collection[str]) -> None:
    """Let what was settled on of some figures count in another incident, and tell of it there.

    The sum of deaths and missing goes along with both; of one alone there is no sum any more.
    """
    rows = FactChoice.objects.filter(incident=incident)
    moved = list(rows.filter(name__in=names).exclude(name=DERIVED).order_by("chosen_at", "id"))
    gone = rows.filter(name=DERIVED) if set(PARTS) & set(names) else rows.none()
    if set(PARTS) <= set(names):
        gone.update(incident=into)
    else:
        gone.delete()
    rows.filter(pk__in=[one.pk for one in moved]).update(incident=into)
    for one in moved:
        one.incident = into
        _tell_of_choice(one, _figure(one.name))


def _tell_of_choice(choice: FactChoice, fact: Fact) -> None:
    incident = choice.incident
    chosen = FactChosen(
        subject_id=str(incident.pk),
        figure=choice.name,
        label=fact.label,
        value=fact.show(fact.read(choice.value)),
        source=choice.source,
        others="；".join(choice.others),
        reason=choice.reason,
    )
    happened(chosen, incident=str(incident.pk), audience=incident.scopes)


def _telling(incident: Incident, pk: UUID) -> FactValue:
    told = plans.telling_for(KIND, str(incident.pk), pk)
    if told is None or told.value is None:
        raise Missing(
            _("这个事件里没有这条说法，或者它已经收回。"),
            place=incident.number,
            remedy=_("请从核实情况里选一条。"),
        )
    return told


def _figure(name: str) -> Fact:
    fact = fact_named(name, dictionary(), plans.townships())
    if fact is None or not is_figure(fact):
        raise Invalid(
            _("“%(name)s”不是要核定的数字。") % {"name": fact.label if fact else name},
            place=_("核实情况"),
            remedy=_("人数、间数、户数、面积和金额才需要核定；其余登记最新情况即可。"),
        )
    return fact


def _kept(
    actor: Actor,
    incident: Incident,
    name: str,
    value: object,
    told: FactValue,
    *,
    others: list[str],
    reason: str,
) -> FactChoice:
    return FactChoice.objects.create(
        realm=incident.realm,
        audience=sorted(incident.scopes),
        incident=incident,
        name=name,
        value=value,
        source=told.source,
        said_at=told.observed_at,
        others=others,
        reason=reason.strip()[:500],
        chosen_by=actor.label[:120],
        chosen_at=clock.now(incident.realm),
    )


def _add_up(actor: Actor, incident: Incident, told: FactValue, reason: str) -> None:
    """Deaths and missing together are what the two were settled to be."""
    if told.name not in PARTS:
        return
    known = plans.facts_of(KIND, str(incident.pk), realm=incident.realm)
    parts = [known[name].value for name in PARTS if name in known]
    if len(parts) == len(PARTS):
        total = sum(int(str(one)) for one in parts)
        _kept(actor, incident, DERIVED, total, told, others=[], reason=reason)
