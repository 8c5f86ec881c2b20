"""Recording what is known."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.plans import queries, rules
from liandong.plans.events import FactsRecorded
from liandong.plans.language import AT, FactError, Value, dictionary, fact_named
from liandong.plans.models import FactValue
from liandong.plans.permissions import Permission

Given = Value | None


@action(Permission.RECORD_FACTS)
def record_facts(
    actor: Actor,
    *,
    subject_kind: str,
    subject_id: str,
    facts: Mapping[str, Given],
    source: str,
    observed_at: datetime | None = None,
    confirmed_by: str = "",
    incident: str = "",
    audience: Iterable[str] = ("duty",),
    idempotency_key: str = "",
) -> FactValue:
    """Record what is known about a subject; None takes a fact back. Publishes ``FactsRecorded``.

    What is known of one township is named with it: ``flooded_mu@hekou``. Refuses, naming each,
    facts the dictionary does not know, townships the county has not, values they cannot have and
    judgments nobody stands behind; what was observed in the future, and facts without a source.
    Gives the last value recorded. Clause 三(二)1.
    """
    actor.demand(Permission.RECORD_FACTS, incident=incident)
    now = clock.now(actor.realm)
    seen_at = observed_at or now
    rules.demand_observed(seen_at, now)
    if not source.strip():
        missing = _("请写明谁说的")
        raise Invalid(
            _("没有写来源。"), place=_("来源"), remedy=missing, fields={"source": missing}
        )
    scopes = sorted({*audience, *([f"incident:{incident}"] if incident else [])})
    rows = [
        FactValue(
            realm=actor.realm,
            audience=scopes,
            subject_kind=subject_kind,
            subject_id=subject_id,
            name=name,
            value=None if value is None else queries.scalar(value),
            observed_at=seen_at,
            source=source,
            confirmed_by=confirmed_by or actor.label,
            recorded_at=now,
        )
        for name, value in _read(facts, confirmed_by).items()
    ]
    FactValue.objects.bulk_create(rows)
    fact = FactsRecorded(
        subject_id=subject_id,
        kind=subject_kind,
        facts={row.name: _plain(row.value) for row in rows},
        shown=_shown(rows),
        source=source,
        observed_at=seen_at.isoformat(),
    )
    happened(fact, incident=incident, audience=scopes, told=seen_at)
    return rows[-1]


def _read(facts: Mapping[str, Given], confirmed_by: str) -> dict[str, Given]:
    values: dict[str, Given] = {}
    wrong: dict[str, str] = {}
    areas = _areas(facts)
    for name, raw in facts.items():
        fact, area = fact_named(name, dictionary(), areas), name.partition(AT)[2]
        if fact is None or "~" in name:
            wrong[name] = _("事实词典里没有“%(name)s”。请从词典里选择") % {"name": name}
        elif area and area not in areas:
            wrong[name] = _("本县没有乡镇“%(area)s”。请从乡镇名录里选择") % {"area": area}
        elif fact.confirm and raw is not None and not confirmed_by.strip():
            wrong[name] = _("“%(fact)s”要写明由谁认定") % {"fact": fact.label}
        else:
            try:
                values[name] = None if raw is None else fact.read(raw)
            except FactError as refusal:
                wrong[name] = str(refusal)
    if wrong or not values:
        raise Invalid(
            _("有 %(n)d 项事实不能记入。") % {"n": len(wrong)}
            if wrong
            else _("没有要记入的事实。"),
            place="、".join(wrong),
            remedy=";".join(wrong.values()) or _("请至少填写一项。"),
            fields=wrong,
        )
    return values


def _areas(names: Iterable[str]) -> Mapping[str, str]:
    return queries.townships() if any(AT in name for name in names) else {}


def _shown(rows: list[FactValue]) -> str:
    areas = _areas(row.name for row in rows)
    named = [(fact_named(row.name, dictionary(), areas), row.value) for row in rows]
    return "、".join(
        f"{fact.label} {fact.show(fact.read(value)) if value is not None else '未知'}"
        for fact, value in named
        if fact
    )


def _plain(value: object) -> str:
    """Give a value as events carry it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
