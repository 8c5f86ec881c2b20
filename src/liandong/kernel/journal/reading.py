"""Reading the journal: on from a cursor, for a timeline, and where it stands."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from liandong.kernel.actors import EVERYTHING, Actor
from liandong.kernel.events import sentence
from liandong.kernel.journal.models import Link, Payload
from liandong.kernel.problems import Invalid
from liandong.kernel.statements import execute
from liandong.kernel.visibility import scopes_of
from liandong.kernel.wording import gettext as _

WARRANT = "kernel.payload_erased"


@dataclass(frozen=True)
class Told:
    """An entry as a timeline shows it. ``payload`` is empty once it was erased."""

    place: str
    position: int
    id: UUID
    at: datetime
    happened_at: datetime | None
    name: str
    subject_kind: str
    subject_id: str
    incident: str
    actor: dict[str, str]
    payload: dict[str, Any]
    erased: bool

    @property
    def sentence(self) -> str:
        """What happened, in one line."""
        return _("（内容已依法销毁）") if self.erased else sentence(self.name, self.payload)

    @property
    def who(self) -> str:
        """Who did it, as the journal names the actor."""
        return self.actor.get("label") or self.actor.get("kind", "")


def cursor(text: str) -> tuple[int, int]:
    """Read ``epoch:position``; raises ``Invalid`` for anything else."""
    epoch, _colon, position = text.partition(":")
    if not (epoch.isdecimal() and position.isdecimal() and len(text) < 32):
        raise Invalid(
            _("流水位置“%(text)s”不对。") % {"text": text[:40]}, remedy=_("请写成 纪元:序号。")
        )
    return int(epoch), int(position)


def position() -> str:
    """Where the journal stands now; ``0:0`` when it is empty."""
    last = execute(
        "SELECT epoch, position FROM kernel_link ORDER BY position DESC LIMIT 1", []
    ).fetchone()
    return f"{last[0]}:{last[1]}" if last else "0:0"


def head() -> str:
    """The journal's head as ``journal verify --head`` takes it, for papers; blank when it is empty."""
    link = Link.objects.last()
    return f"{link.epoch}:{link.position}:{link.digest}" if link else ""


def readable(actor: Actor) -> QuerySet[Link]:
    """The links of the actor's realm that the actor may see, in order."""
    mine = Link.objects.select_related("entry").filter(entry__realm=actor.realm)
    if EVERYTHING in actor.scopes:
        return mine
    return mine.filter(entry__audience__overlap=scopes_of(actor))


def links_after(place: str, actor: Actor, *, limit: int = 500) -> list[Link]:
    """Return what this actor may see after ``epoch:position``; nothing is ever missed."""
    epoch, position = cursor(place)
    later = Q(epoch=epoch, position__gt=position) | Q(epoch__gt=epoch)
    return list(readable(actor).filter(later)[:limit])


def timeline(  # noqa: PLR0913 -- each narrows it, and all go by name
    actor: Actor,
    *,
    incident: str = "",
    also: Collection[str] = (),
    subject: tuple[str, str] | None = None,
    names: Iterable[str] = (),
    before: int | None = None,
    limit: int = 200,
) -> list[Told]:
    """The newest entries first, of an incident or a subject, with what they said.

    ``also`` are incidents whose entries are told together with those of ``incident``.
    """
    links = readable(actor).select_related("entry__payload").order_by("-position")
    if incident:
        links = links.filter(entry__incident__in=[incident, *also])
    if subject:
        links = links.filter(entry__subject_kind=subject[0], entry__subject_id=subject[1])
    if names:
        links = links.filter(entry__name__in=list(names))
    if before is not None:
        links = links.filter(position__lt=before)
    return [tell(link) for link in links[:limit]]


def tell(link: Link) -> Told:
    """Turn a link, with its entry and payload at hand, into what a page shows."""
    entry = link.entry
    payload = getattr(entry, "payload", None)
    return Told(
        place=str(link),
        position=link.position,
        id=entry.pk,
        at=entry.at,
        happened_at=entry.happened_at,
        name=entry.name,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        incident=entry.incident,
        actor=entry.actor,
        payload=json.loads(payload.text) if payload else {},
        erased=payload is None,
    )


def kept_of(links: QuerySet[Link]) -> dict[UUID, dict[str, Any]]:
    """What the warrants keep of those links' entries whose payloads were destroyed; two queries."""
    gone = links.filter(entry__payload=None).order_by().values_list("entry", flat=True)
    keys = [str(key) for key in gone]
    if not keys:
        return {}
    warrants = Payload.objects.filter(entry__name=WARRANT, entry__subject_id__in=keys)
    told = warrants.values_list("entry__subject_id", "text")
    return {UUID(key): json.loads(text).get("kept", {}) for key, text in told}
