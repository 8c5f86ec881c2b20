"""Whom a warning calls out: its places by their codes, its level, and what is said."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime

from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries as messaging
from liandong.monitoring.models import Warning  # noqa: A004 -- the county's word for it
from liandong.monitoring.queries.warnings import active_warnings, warnings_for
from liandong.monitoring.states import Level, WarningState
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind

KIND = "monitoring.warning"
ON_DESK = 3
LONGEST_SCOPE = 60


def urgency_of(level: str) -> int:
    """How urgent a level is: 1 for blue to 4 for red."""
    return Level.values.index(level) + 1 if level in Level.values else 0


def codes_of(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """The division codes of townships and villages by name, and the names nobody knows.

    No code at all means the whole county.
    """
    wanted = list(names)
    if not wanted:
        return [], []
    known: dict[str, str] = {}
    for body in organization.bodies_by_kind(BodyKind.TOWNSHIP, BodyKind.VILLAGE):
        if body.division_code:
            for name in (body.name, body.short_name, *body.aliases):
                known[name.removesuffix("人民政府")] = body.division_code
    found = [known[name] for name in wanted if name in known]
    return found, [name for name in wanted if name not in known]


def spoken(warning: Warning) -> str:
    """What is said on the telephone: who, what, where, and what to do; about twenty seconds."""
    at = warning.published_at or warning.drafted_at
    text = _(
        "%(body)s%(at)s发布%(warning)s。影响范围：%(scope)s。请立即到岗，转移危险区群众。听完请按 1 确认。"
    )
    return text % {
        "body": warning.issuing_body or "",
        "at": f"{localtime(at):%H:%M}",
        "warning": warning,
        "scope": " ".join(warning.scope.split())[:LONGEST_SCOPE].rstrip("。"),
    }


@dataclass(frozen=True)
class ToCall:
    """A warning in force, and how many are still to be called for it."""

    warning: Warning
    people: int


def owed_calls(warning: Warning) -> int:
    """How many the call list names for a warning who have not answered for it yet."""
    codes, _unknown = codes_of(warning.areas)
    return messaging.calls_owed(
        warning.realm,
        hazard=warning.hazard,
        urgency=urgency_of(warning.level),
        areas=codes,
        chain=str(warning.chain),
    )


def calls_offered(warning: Warning) -> int:
    """How many a warning's page offers to call: none while that very warning is being called out."""
    if warning.state != WarningState.ISSUED:
        return 0
    going = messaging.running_in_chain(warning.realm, str(warning.chain))
    return 0 if going.filter(subject_id=str(warning.pk)).exists() else owed_calls(warning)


def call_outs_of_warning(warning: Warning) -> list[Any]:
    """The call-outs of a warning and of those it adjusted, newest first, with their counts."""
    rows = messaging.call_outs_in_chain(warning.realm, str(warning.chain))
    return list(messaging.with_counts(rows))


def warnings_to_call(actor: Actor) -> list[ToCall]:
    """The warnings in force for which nobody was called yet, and people are owed a call."""
    rows = warnings_for(actor).filter(pk__in=active_warnings(actor.realm).values("pk"))
    some = list(rows[: ON_DESK * 3])
    called = messaging.subjects_called(actor.realm, KIND, [str(one.pk) for one in some])
    owed = [ToCall(one, owed_calls(one)) for one in some if str(one.pk) not in called][:ON_DESK]
    return [one for one in owed if one.people]


def calls_at_once(level: str) -> bool:
    """Whether the county has warnings of a level call people out as they are issued."""
    least = settings.VOICE_AT_ONCE
    return least in Level.values and urgency_of(level) >= urgency_of(least)
