"""Warnings of others: kept as they came, understood, put in their chain, noted, taken over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.basemaps.reading import drawn, outline
from liandong.kernel.divisions import division
from liandong.kernel.identity import this_node
from liandong.kernel.ids import uuid7
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.statements import execute
from liandong.kernel.wording import gettext as _
from liandong.monitoring import queries, rules
from liandong.monitoring.actions.warning import draft_warning
from liandong.monitoring.events import ReceivedNoted, ReceivedTakenOver, WarningReceived
from liandong.monitoring.exchange import Alert, Fault, Understood, digest_of, plain, read
from liandong.monitoring.exchange.belonging import is_about
from liandong.monitoring.models import Original, Received
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import STANDING_MOVES, CameBy, Standing

LARGEST = 8 * 1024 * 1024
DUTY, COUNTY = ["duty"], ["county", "duty"]


@action(Permission.RECEIVE_WARNING)
def receive_warning(
    actor: Actor,
    *,
    body: bytes,
    source: str,
    came_by: str = CameBy.HAND,
    idempotency_key: str = "",
) -> Original:
    """Keep a message byte for byte, beside what each alert in it says. Publishes ``WarningReceived``.

    The same bytes again are the same row. An update or an end joins the chain of what it names, in
    whatever order they come; what is refused is kept and shown, and stands for nothing. Clause
    二(一)2.
    """
    rules.demand_actual_warning(actor)
    if not body or len(body) > LARGEST:
        raise Invalid(
            _("内容是空的，或超过 8 MB。"),
            place=_("报文"),
            remedy=_("请核对文件；一份文件只放一批预警。"),
        )
    # Two gates may get one message in the same moment: they go one after the other.
    execute("SELECT pg_advisory_xact_lock(hashtext(%s))", ["monitoring/received"])
    digest = digest_of(body)
    known = queries.original_of(digest, actor.realm)
    if known:
        return known
    found = read(body, queries.trusted_signers())
    now = clock.now(actor.realm)
    original = Original.objects.create(
        realm=actor.realm,
        body=body,
        digest=digest,
        size=len(body),
        shape=found.kind,
        outcome=found.outcome,
        came_by=came_by,
        source=source[:200],
        received_at=now,
        problems=[kept(one) for one in found.problems if one.alert is None],
    )
    if not found.alerts and not found.entries:
        _enter(actor, original, Alert(), _Place(Standing.REFUSED), [], 0)
    sound = {number for number, _alert in found.sound}
    county = _county()
    for number, alert in enumerate(found.alerts):
        _take(actor, original, alert, number, found, county if number in sound else None)
    return original


@action(Permission.NOTE_RECEIVED)
def note_received(
    actor: Actor, *, received: Received, expected_version: int, idempotency_key: str = ""
) -> Received:
    """Take note of a warning of somebody else: it leaves the desk. Publishes ``ReceivedNoted``."""
    rules.demand_actual_warning(actor)
    if received.noted_at:
        raise IllegalMove(
            _("%(who)s已经知悉。") % {"who": received.noted_by}, remedy=_("不必再办。")
        )
    received.change(
        expected_version=expected_version,
        noted_at=clock.now(actor.realm),
        noted_by=actor.label[:100],
    )
    happened(
        ReceivedNoted(
            subject_id=str(received.pk),
            identifier=received.identifier,
            headline=str(received),
        ),
        audience=received.audience,
    )
    return received


@action(Permission.DRAFT_WARNING)
def take_over_received(
    actor: Actor,
    *,
    received: Received,
    expected_version: int,
    words: Mapping[str, Any],
    idempotency_key: str = "",
) -> Received:
    """Draft a warning of the county's own from one of somebody else. Publishes ``WarningDrafted``.

    Publishes ``ReceivedTakenOver`` besides. Refuses what was refused itself, is no actual warning,
    or was taken over already.
    """
    rules.demand_actual_warning(actor)
    if received.standing != Standing.IN_FORCE:
        raise IllegalMove(
            _("这条预警%(state)s，不能据此拟本县预警。")
            % {"state": Standing(received.standing).label},
            remedy=_("请以有效的预警为据；没有的，请直接拟一条预警。"),
        )
    if received.draft_id:
        raise IllegalMove(_("已据此拟过本县预警。"), remedy=_("请到那条预警里继续办理。"))
    warning = draft_warning(actor, **words)
    received.change(expected_version=expected_version, draft=warning)
    happened(
        ReceivedTakenOver(
            subject_id=str(received.pk),
            identifier=received.identifier,
            headline=str(received),
            warning_id=str(warning.pk),
        ),
        audience=received.audience,
    )
    return received


def kept(fault: Fault) -> dict[str, Any]:
    """A fault as it is kept: its code and values, which are told again in the reader's language."""
    return {
        "code": fault.code,
        "line": fault.line,
        "path": fault.path,
        "values": dict(fault.values),
    }


@dataclass
class _Place:
    """Where an alert stands: its state, its chain, what it ends, and what is odd about that."""

    standing: Standing
    chain: UUID | None = None
    chains: set[UUID] = field(default_factory=set)
    ends: list[Received] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _County:
    code: str
    names: tuple[str, ...]
    ground: Any


def _county() -> _County:
    node = this_node()
    code = node.division_code if node else ""
    names = division(code, node.name if node else "")
    return _County(code[:6], (names.county, names.city, names.province), outline(drawn()))


def _take(
    actor: Actor,
    original: Original,
    alert: Alert,
    number: int,
    found: Understood,
    county: _County | None,
) -> None:
    problems = [kept(one) for one in found.problems if one.alert == number]
    if county is None:
        _enter(actor, original, alert, _Place(Standing.REFUSED), problems, number)
        return
    earlier = queries.before(actor.realm, [alert.identifier[:300]]) if alert.identifier else []
    alike = [one for one in earlier if _is_of(one, alert)]
    if any(_is_same(one, alert, original.shape) for one in alike):
        return
    place = _Place(Standing.CONFLICT) if alike else _placed(actor, alert)
    problems += [kept(Fault(code)) for code in place.odd]
    about = is_about(alert, code=county.code, names=county.names, ground=county.ground)
    _enter(actor, original, alert, place, problems, number, about)


def _is_of(row: Received, alert: Alert) -> bool:
    """CAP's numbers are unique for one sender; those of 12379 begin with the sender's code."""
    return bool(alert.sender_code) or row.said.get("sender") == alert.sender


def _is_same(row: Received, alert: Alert, shape: str) -> bool:
    """The same alert again in another envelope; or in another shape, where its core is the same."""
    if row.original.shape == shape:
        return bool(row.said == plain(alert))
    return (row.kind, row.status, row.level) == (alert.kind, alert.status, alert.level)


def _placed(actor: Actor, alert: Alert) -> _Place:
    if alert.status != "Actual" or alert.kind not in {"Alert", "Update", "Cancel"}:
        return _Place(Standing.ASIDE)
    references = [one.identifier[:300] for one in alert.references]
    named = queries.before(actor.realm, references)
    about = [one for one in (alert.identifier[:300], *references) if one]
    later = queries.pointing_at(actor.realm, about)
    place = _Place(Standing.ENDING if alert.kind == "Cancel" else Standing.IN_FORCE)
    place.chains = {row.chain for row in [*named, *later]}
    if alert.references and not named:
        place.odd.append("chain-missing")
    if not place.chains:
        return place
    place.chain = min(place.chains)
    if alert.kind != "Alert":
        standing = queries.in_force_of(actor.realm, place.chains)
        place.ends = [row for row in standing if not _is_later(row, alert)]
        if alert.kind == "Cancel" and not standing:
            place.odd.append("already-ended")
    if alert.kind != "Cancel":
        place.standing = _overtaken(actor, alert, place.chains)
    return place


def _overtaken(actor: Actor, alert: Alert, chains: set[UUID]) -> Standing:
    """Whether what came late was updated or ended before it came."""
    rows = Received.objects.filter(realm=actor.realm, chain__in=chains)
    after = [row for row in rows if _is_later(row, alert)]
    if any(row.standing == Standing.ENDING for row in after):
        return Standing.CANCELLED
    return Standing.REPLACED if after else Standing.IN_FORCE


def _is_later(row: Received, alert: Alert) -> bool:
    return bool(row.sent_at and alert.sent and row.sent_at > alert.sent)


def _enter(  # noqa: PLR0917 -- one alert with all that was found out about it
    actor: Actor,
    original: Original,
    alert: Alert,
    place: _Place,
    problems: list[dict[str, Any]],
    number: int,
    about: bool | None = None,  # noqa: FBT001 -- yes, no or unknown
) -> None:
    now = original.received_at
    ends_at, assumed = queries.end_of(alert, now)
    pk = uuid7()
    said, elements = alert.info, alert.elements
    is_open = alert.scope == "Public" and place.standing not in {
        Standing.REFUSED,
        Standing.CONFLICT,
    }
    row = Received.objects.create(
        id=pk,
        realm=actor.realm,
        audience=COUNTY if is_open else DUTY,
        original=original,
        number=number,
        chain=place.chain or pk,
        standing=place.standing,
        identifier=alert.identifier[:300],
        references=[one.identifier[:300] for one in alert.references],
        sender=str(elements["issuing_body"])[:300],
        kind=alert.kind[:20],
        status=alert.status[:20],
        hazard=said.hazard,
        category=said.event[:200],
        level=said.level,
        headline=said.headline or said.event,
        scope=str(elements["scope"]),
        sent_at=alert.sent,
        ends_at=ends_at if place.standing == Standing.IN_FORCE else None,
        is_end_assumed=assumed,
        concerns_us=about,
        signature=alert.signature,
        signer=alert.signer[:300],
        said=plain(alert),
        problems=problems,
        received_at=now,
    )
    if len(place.chains) > 1:
        Received.objects.filter(realm=actor.realm, chain__in=place.chains).update(
            chain=place.chain
        )
    _end(place.ends, by=row)
    _tell(row, original, place.ends, problems)


def _end(rows: Iterable[Received], *, by: Received) -> None:
    becomes = Standing.CANCELLED if by.standing == Standing.ENDING else Standing.REPLACED
    for row in rows:
        STANDING_MOVES.check(row.standing, becomes)
        row.change(expected_version=row.version, standing=becomes)


def _tell(
    row: Received, original: Original, ends: list[Received], problems: list[dict[str, Any]]
) -> None:
    standing = Standing(row.standing)
    late = {Standing.REPLACED, Standing.CANCELLED}
    codes = [one["code"] for one in [*original.problems, *problems]]
    happened(
        WarningReceived(
            subject_id=str(row.pk),
            kind=str(Standing.IN_FORCE if standing in late else standing),
            original_id=str(original.pk),
            digest=original.digest,
            shape=original.shape,
            source=original.source,
            identifier=row.identifier,
            sender=row.sender,
            status=row.status,
            hazard=row.hazard,
            category=row.category,
            level=row.level,
            headline=str(row),
            concerns_us=row.concerns_us,
            signature=row.signature,
            chain=str(row.chain),
            ended=[str(one.pk) for one in ends],
            problems=list(dict.fromkeys(codes)),
        ),
        audience=row.audience,
        told=_told(row, original.received_at),
    )


def _told(row: Received, now: datetime) -> datetime | None:
    """When it was sent, as told; a clock that runs ahead is not believed."""
    return row.sent_at if row.sent_at and row.sent_at <= now else None
