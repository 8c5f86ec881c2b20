"""Rounds, returns and bulletins: who owes what, what is the same twice, what differs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from liandong.kernel.actors import EVERYTHING, Actor
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.sharing.models import Bulletin, Receipt, Record, Return, Round
from liandong.sharing.permissions import Permission
from liandong.sharing.queries.standing import own_bodies
from liandong.sharing.registers import REGISTERS
from liandong.sharing.states import BulletinState, RecordState, ReturnState, Sensitivity

Row = dict[str, Any]
OWED = (ReturnState.AWAITED, ReturnState.SENT_BACK)
ABOVE = (BodyKind.COMMITTEE, BodyKind.GENERAL_HEADQUARTERS)


def rounds() -> QuerySet[Round]:
    """Every round with how much of it is owed; open to all of the county."""
    return Round.objects.select_related("office").annotate(
        asked=Count("returns"),
        owed=Count("returns", filter=Q(returns__state__in=OWED)),
        unchecked=Count("returns", filter=Q(returns__state=ReturnState.SUBMITTED)),
    )


def round_of(pk: UUID | str) -> Round:
    """A round by its id. Raises ``Missing``."""
    row = Round.objects.select_related("office").filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这次报送。"), remedy=_("请从报送的列表进入。"))
    return row


def returns_of(row: Round) -> list[Return]:
    """What each unit has returned in a round, those that owe it first."""
    order = {ReturnState.SENT_BACK: 0, ReturnState.AWAITED: 1, ReturnState.SUBMITTED: 2}
    found = (
        Return.objects.filter(round=row).select_related("body").order_by("body__order", "pk")
    )
    return sorted(found, key=lambda one: order.get(ReturnState(one.state), 3))


def return_of(pk: UUID | str) -> Return:
    """A return by its id. Raises ``Missing``."""
    row = Return.objects.select_related("round__office", "body").filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这份报送单。"), remedy=_("请从报送的列表进入。"))
    return row


def returns_owed_by(actor: Actor) -> list[Return]:
    """The returns that the actor's own bodies owe, the most urgent first."""
    owed = Return.objects.filter(body__in=own_bodies(actor), state__in=OWED)
    return list(owed.select_related("round", "body").order_by("round__due_at", "pk"))


def unsigned_by(actor: Actor) -> list[Receipt]:
    """The bulletins that the actor's own bodies have not signed for."""
    owed = Receipt.objects.filter(body__in=own_bodies(actor), signed_at=None)
    return list(owed.select_related("bulletin__round", "body").order_by("bulletin", "pk"))


def records_in(row: Return) -> QuerySet[Record]:
    """The records a unit answers for in a round."""
    return Record.objects.filter(
        body=row.body_id, kind__in=row.round.kinds, state=RecordState.CURRENT
    )


def unconfirmed_in(row: Return) -> QuerySet[Record]:
    """Those of them that nobody has looked at since the round was opened."""
    return records_in(row).filter(confirmed_at__lt=row.round.opened_at)


def fresh_counts(row: Round) -> dict[UUID, tuple[int, int]]:
    """Of each unit in a round: how many records it has, and how many are not yet looked at."""
    late = Count("pk", filter=Q(confirmed_at__lt=row.opened_at))
    found = (
        Record.objects.filter(
            kind__in=row.kinds,
            state=RecordState.CURRENT,
            body__in=Return.objects.filter(round=row).values("body"),
        )
        .order_by()
        .values("body")
        .annotate(total=Count("pk"), late=late)
    )
    return {one["body"]: (one["total"], one["late"]) for one in found}


def duplicates_in(row: Round, *, limit: int = 50) -> list[list[Record]]:
    """Records of one register that seem to be of one thing: the same name in the same township."""
    same = ("kind", "name", "division_code")
    rows = Record.objects.filter(kind__in=row.kinds, state=RecordState.CURRENT)
    twice = rows.order_by().values(*same).annotate(n=Count("pk")).filter(n__gt=1)[:limit]
    wanted = Q(pk__in=[])
    for one in twice:
        wanted |= Q(**{name: one[name] for name in same})
    groups: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in rows.filter(wanted).select_related("body").order_by("number"):
        groups[record.kind, record.name, record.division_code].append(record)
    return list(groups.values())


def bulletins_of(row: Round) -> list[Bulletin]:
    """The editions of a round's bulletin, newest first, with who has signed."""
    signed = Prefetch(
        "receipts", Receipt.objects.select_related("body").order_by("body__order")
    )
    shown = Bulletin.objects.filter(round=row).defer("content").order_by("-edition")
    return list(shown.prefetch_related(signed))


def bulletin_for(actor: Actor, pk: UUID | str) -> Bulletin:
    """A bulletin that the actor may read: the offices', and of those it was given to. Raises ``Missing``."""
    rows = Bulletin.objects.select_related("round__office", "previous").filter(pk=pk)
    if EVERYTHING not in actor.scopes and not actor.may(Permission.COMPILE_BULLETIN):
        given = Receipt.objects.filter(body__in=own_bodies(actor)).values("bulletin")
        rows = rows.filter(pk__in=given)
    row = rows.first()
    if row is None:
        raise Missing(_("没有这份汇编，或没有发给本单位。"), remedy=_("请从报送的列表进入。"))
    return row


def receipts_of(row: Bulletin) -> list[Receipt]:
    """Whom a bulletin was given to, those who have not signed first."""
    found = Receipt.objects.filter(bulletin=row).select_related("body").order_by("body__order")
    return sorted(found, key=lambda one: one.signed_at is not None)


def previous_bulletin(row: Round) -> Bulletin | None:
    """The last bulletin that the same office distributed of the same registers, before this round's."""
    return (
        Bulletin.objects.filter(
            state=BulletinState.DISTRIBUTED,
            round__office=row.office_id,
            round__kinds=row.kinds,
        )
        .exclude(round=row)
        .order_by("-distributed_at")
        .first()
    )


def committee_offices() -> list[UUID]:
    """The offices of the committee and the general headquarters; a county may have set up none."""
    rows = organization.all_bodies().filter(
        kind=BodyKind.HEADQUARTERS_OFFICE, parent__kind__in=ABOVE
    )
    return list(rows.values_list("pk", flat=True))


def content_of(kinds: Sequence[str]) -> dict[str, list[Row]]:
    """The registers as everybody may read them: without sensitive fields and restricted records."""
    rows = Record.objects.filter(kind__in=kinds, state=RecordState.CURRENT)
    rows = rows.exclude(sensitivity=Sensitivity.RESTRICTED).select_related("body")
    found: dict[str, list[Row]] = {kind: [] for kind in kinds}
    for row in rows.order_by("kind", "sort_key", "id"):
        found[row.kind].append(_row(row))
    return found


def _row(row: Record) -> Row:
    hidden = frozenset() if row.sensitivity == Sensitivity.OPEN else row.register.sensitive
    return {
        "number": row.number,
        "name": row.name,
        "body": row.body.short_name,
        "address": row.address,
        "values": {key: value for key, value in row.values.items() if key not in hidden},
    }


def differences_between(
    old: Mapping[str, Iterable[Row]], new: Mapping[str, Iterable[Row]]
) -> dict[str, dict[str, list[Row]]]:
    """By register: rows that are new, that changed (with what), and that are gone."""
    found = {}
    for kind, rows in new.items():
        before = {one["number"]: one for one in old.get(kind, ())}
        now = {one["number"]: one for one in rows}
        changed = [
            {**_named(one), "fields": _fields(kind, before[number], one)}
            for number, one in now.items()
            if number in before and before[number] != one
        ]
        found[kind] = {
            "new": [_named(one) for number, one in now.items() if number not in before],
            "changed": changed,
            "gone": [_named(one) for number, one in before.items() if number not in now],
        }
    return found


def tally(differences: Mapping[str, Mapping[str, Sequence[Row]]]) -> Counter[str]:
    """How many rows are new, changed and gone, over all registers."""
    found: Counter[str] = Counter()
    for some in differences.values():
        for how, rows in some.items():
            found[how] += len(rows)
    return found


def _named(row: Row) -> Row:
    return {name: row[name] for name in ("number", "name", "body")}


def _fields(kind: str, old: Row, new: Row) -> list[list[str]]:
    """What a row says otherwise: title, before, after."""
    register = REGISTERS[kind]
    plain = {"name": _("名称"), "body": _("责任单位"), "address": _("地址")}
    found = [
        [str(title), old[name], new[name]]
        for name, title in plain.items()
        if old[name] != new[name]
    ]
    for field in register.fields:
        before, after = old["values"].get(field.key), new["values"].get(field.key)
        if before != after:
            found.append([str(field.title), field.show(before), field.show(after)])
    return found


@dataclass(frozen=True)
class Line:
    """One row of a bulletin, as it is read."""

    number: str
    name: str
    body: str
    values: list[tuple[str, str]]


def read_content(row: Bulletin, kind: str, *, limit: int | None = None) -> list[Line]:
    """The rows of one register in a bulletin, as people read them: the first of them, or all."""
    register = REGISTERS[kind]
    return [
        Line(
            one["number"],
            one["name"],
            one["body"],
            [
                (field.heading, shown)
                for field in register.fields
                if field.listed and (shown := field.show(one["values"].get(field.key)))
            ],
        )
        for one in row.content.get(kind, [])[:limit]
    ]
