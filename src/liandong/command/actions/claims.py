"""Claims on an incident while something is done in it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from liandong.command.models import Incident, Register
from liandong.command.queries.incident import visible_incidents
from liandong.kernel.actors import ACTUAL, Actor, Grant
from liandong.kernel.identity import this_node
from liandong.kernel.problems import Missing
from liandong.kernel.search.indexing import refresh
from liandong.kernel.visibility import Scoped
from liandong.kernel.wording import gettext as _


def locked_incident(actor: Actor, incident: Incident) -> Incident:
    """Return the incident as it is now, held so that nobody closes it in the meantime."""
    row = visible_incidents(actor).select_for_update().filter(pk=incident.pk).first()
    if row is None:
        raise Missing(
            _("没有这个突发事件，或者您所在岗位看不到它。"), remedy=_("请从事件列表进入。")
        )
    return row


def locked_pair(actor: Actor, one: Incident, other: Incident) -> tuple[Incident, Incident]:
    """Hold two incidents, always in the same order: whoever holds them the other way round waits."""
    held = {row.pk: locked_incident(actor, row) for row in sorted((one, other), key=_key)}
    return held[one.pk], held[other.pk]


def _key(incident: Incident) -> str:
    return str(incident.pk)


def widen_incident(incident: Incident, scopes: Iterable[str]) -> None:
    """Let more people see the incident's head; not a change anybody decides by."""
    wanted = set(scopes)
    if wanted <= set(incident.audience):
        return
    # Read anew and held: somebody else may just have let others in.
    now = Incident.objects.select_for_update().values_list("audience", flat=True)
    audience = sorted({*now.get(pk=incident.pk), *wanted})
    Incident.objects.filter(pk=incident.pk).update(audience=audience)
    incident.audience = audience
    refresh("command.incident", [incident.pk])


def next_number(realm: str, at: datetime) -> str:
    """Take the next number of the year, as 示应急〔2026〕3号; whoever comes second waits.

    The register's row is locked until the transaction ends: none is given twice, and one that
    was not used after all is given again.
    """
    year, register = timezone.localtime(at).year, lock_register(realm, at)
    Register.objects.filter(pk=register.pk).update(last=register.last + 1)
    return f"{_prefix(realm)}〔{year}〕{register.last + 1}号"


def lock_register(realm: str, at: datetime) -> Register:
    """Hold the register of the year until the transaction ends: one at a time is numbered."""
    year = timezone.localtime(at).year
    Register.objects.bulk_create([Register(realm=realm, year=year)], ignore_conflicts=True)
    return Register.objects.select_for_update().get(realm=realm, year=year)


def _prefix(realm: str) -> str:
    node = this_node()
    county = node.name[:1] if node else ""
    return f"{county}{'演练' if realm != ACTUAL else ''}应急"


def demand_reach(actor: Actor, permission: str, incident: Incident) -> None:
    """Ask whether a permission held for some hazards or incidents reaches as far as this one."""
    actor.demand(permission, hazard=incident.hazard, incident=str(incident.pk))


def demand_realm(actor: Actor, row: Scoped) -> None:
    """A drill does not reach into the flood, nor the flood into a drill."""
    if row.realm != actor.realm:
        raise Missing(
            _("“%(row)s”不在当前的演练或实战里。") % {"row": row},
            remedy=_("请核对页面上标明的是演练还是实战。"),
        )


def lend(actor: Actor, *permissions: str) -> Actor:
    """Let whoever may do the whole also do its parts: a decision starts the run and gives its orders."""
    parts = {Grant(permission=str(permission)) for permission in permissions}
    return replace(actor, grants=actor.grants | parts)
