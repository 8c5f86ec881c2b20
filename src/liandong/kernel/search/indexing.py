"""Writing the index: an app says once how a row of its reads, and after which events it reads anew.

The worker reads in the journal what was told, whichever action told it, and writes anew what that
changed, many rows at once: no action has to remember, and none pays for it.
"""

import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from liandong.kernel.events import Event, known
from liandong.kernel.journal.models import Entry, Link, Payload
from liandong.kernel.search import terms
from liandong.kernel.search.models import SearchDue, SearchMark, SearchRow
from liandong.kernel.statements import execute
from liandong.kernel.wording import recorded

M = TypeVar("M", bound=Model)
BATCH = 1000
NOTE = """
INSERT INTO kernel_searchdue (kind, subject, is_stuck)
SELECT kind, subject, false FROM unnest(%s::text[], %s::text[]) AS changed (kind, subject)
"""
WAITING = "SELECT 1 FROM kernel_searchdue WHERE NOT is_stuck LIMIT 1"
LAST = """
SELECT position FROM (SELECT position FROM kernel_link WHERE position > %s ORDER BY position LIMIT %s)
AS next ORDER BY position DESC LIMIT 1
"""
logger = logging.getLogger(__name__)
WRITTEN = [
    "realm", "audience", "title", "detail", "url", "weight", "at", "names", "spelled", "terms",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Searchable:
    """How a row reads to whoever searches.

    ``names`` are what it is found by besides its title; ``audience`` the scope keys of who may
    find it, the same as its list asks; ``realm`` is empty for what is in every realm. ``weight``
    sets what matters more before what fits as well; ``at`` what is new before what is old.
    """

    title: str
    detail: str
    url: str
    audience: Iterable[str]
    names: Sequence[str] = ()
    realm: str = ""
    weight: int = 0
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    """A kind of rows that can be found: its heading, where they are, and how each of them reads."""

    kind: str
    label: str | Promise
    icon: str
    rows: Callable[[], QuerySet[Any]]
    key: str
    read: Callable[[Any], Searchable | None]


Affected = Callable[[Any], Iterable[object]]
sources: dict[str, Source] = {}
_after: dict[str, dict[str, Affected]] = defaultdict(dict)


def subject(fact: Event) -> Iterable[object]:
    """What an event is about: the usual answer to whose row it changes."""
    return [fact.subject_id]


def searched(
    kind: str,
    *,
    label: str | Promise,
    icon: str,
    rows: Callable[[], QuerySet[M]],
    after: Mapping[type[Event], Affected],
    key: str = "pk",
) -> Callable[[Callable[[M], Searchable | None]], Callable[[M], Searchable | None]]:
    """Let rows be found; the function says how one reads, or that it is not to be found (None).

    ``rows`` asks for all of them, with all that reading one takes: they are read by the thousand.
    ``after`` names the events that change what one says, and of which rows: their ``key``, by
    which each is told from the others. Stands in an app's ``search.py``.
    """

    def register(
        read: Callable[[M], Searchable | None],
    ) -> Callable[[M], Searchable | None]:
        sources[kind] = Source(kind=kind, label=label, icon=icon, rows=rows, key=key, read=read)
        for event, affected in after.items():
            _after[event.name][kind] = affected
        return read

    return register


def refresh(kind: str, subjects: Iterable[object]) -> None:
    """Note that rows of a kind read otherwise; inside a transaction.

    For what no event tells of, such as that more people may see something.
    """
    _note(dict.fromkeys((kind, str(one)) for one in subjects))


def catch_up() -> int:
    """Read on in the journal, and write anew what it and ``refresh`` named, some at a time.

    How many entries and rows that were. What cannot be read is found by nobody, and stays noted as
    stuck.
    """
    return _follow() + _write()


def _follow() -> int:
    """Note what the next entries of the journal changed."""
    mark = SearchMark.objects.values_list("position", flat=True).first() or 0
    last = execute(LAST, [mark, BATCH]).fetchone()
    if last is None:
        return 0
    (until,) = last
    told = Link.objects.filter(
        position__gt=mark, position__lte=until, entry__name__in=_after
    ).select_related("entry__payload")
    with transaction.atomic():
        _note(dict.fromkeys(_changed([link.entry for link in told])))
        SearchMark.objects.update_or_create(pk=1, defaults={"position": until})
    return int(until - mark)


def _changed(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """The kinds and keys of the rows that the events of entries changed."""
    try:
        with transaction.atomic():
            return [one for entry in entries for one in _changed_by(entry)]
    except Exception:  # an entry that cannot be followed must not keep the others from it
        if len(entries) == 1:
            logger.exception("entry %s could not be followed for search", entries[0].pk)
            return []
    return [one for entry in entries for one in _changed([entry])]


def _changed_by(entry: Entry) -> Iterator[tuple[str, str]]:
    said: Payload | None = getattr(entry, "payload", None)
    if said is None:  # erased by law: nobody knows any more what it changed
        return
    fact = known[entry.name](**json.loads(said.text))
    for kind, affected in _after[entry.name].items():
        yield from ((kind, str(one)) for one in affected(fact))


def _write() -> int:
    """Write anew what was noted, or drop it where it is no more."""
    if not execute(WAITING, []).fetchone():
        return 0
    with transaction.atomic():
        due = list(
            SearchDue.objects.filter(is_stuck=False)
            .order_by("id")
            .select_for_update(skip_locked=True)[:BATCH]
        )
        wanted: dict[str, set[str]] = defaultdict(set)
        for one in due:
            wanted[one.kind].add(one.subject)
        stuck = {kind for kind, subjects in wanted.items() if not _written(kind, subjects)}
        keys = [one.pk for one in due if one.kind not in stuck]
        SearchDue.objects.filter(pk__in=keys).delete()
        for one in due:
            if one.kind in stuck and not _written(one.kind, {one.subject}):
                SearchRow.objects.filter(kind=one.kind, subject=one.subject).delete()
                SearchDue.objects.filter(pk=one.pk).update(is_stuck=True)
            elif one.kind in stuck:
                SearchDue.objects.filter(pk=one.pk).delete()
    return len(due)


def _note(changed: Iterable[tuple[str, str]]) -> None:
    kinds, subjects = [], []
    for kind, one in changed:
        kinds.append(kind)
        subjects.append(one)
    if kinds:
        execute(NOTE, [kinds, subjects])


def _written(kind: str, subjects: set[str]) -> bool:
    """Write rows anew, all or none of them; whether that could be done."""
    try:
        with transaction.atomic():
            if kind in sources:
                _refresh(sources[kind], sorted(subjects))
    except Exception:  # whatever an app's reading runs into must not stop the worker
        logger.exception("%s of %d rows could not be read for search", kind, len(subjects))
        return False
    return True


def rebuild(tell: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Write everything anew while the node goes on, and drop what is no more. How many rows there are.

    ``tell`` hears how many of how many are done.
    """
    read = Link.objects.values_list("position", flat=True).last() or 0
    keys = {kind: _keys(source) for kind, source in sources.items()}
    done, everything = 0, sum(map(len, keys.values()))
    for kind, wanted in keys.items():
        for begin in range(0, len(wanted), BATCH):
            some = wanted[begin : begin + BATCH]
            with transaction.atomic():
                _refresh(sources[kind], some)
            done += len(some)
            tell(done, everything)
        there = SearchRow.objects.filter(kind=kind).values_list("subject", flat=True)
        gone = sorted(set(there) - set(wanted))
        for begin in range(0, len(gone), BATCH):
            with transaction.atomic():
                _refresh(sources[kind], gone[begin : begin + BATCH])
    SearchDue.objects.filter(is_stuck=True).delete()
    # What was told meanwhile is read once more.
    SearchMark.objects.update_or_create(pk=1, defaults={"position": read})
    SearchRow.objects.exclude(kind__in=sources).delete()
    return SearchRow.objects.count()


def _keys(source: Source) -> list[str]:
    rows = source.rows().prefetch_related(None).values_list(source.key, flat=True)
    return sorted({str(one) for one in rows})


def _refresh(source: Source, wanted: list[str]) -> None:
    there = SearchRow.objects.filter(kind=source.kind, subject__in=wanted)
    # Held before they are read: of two changes at once the second reads what the first wrote.
    list(there.order_by("subject").select_for_update().values_list("pk"))
    found = source.rows().filter(**{f"{source.key}__in": wanted})
    rows: dict[str, SearchRow] = {}
    with recorded():
        for row in found:
            if said := source.read(row):
                subject = str(getattr(row, source.key))
                rows[subject] = as_row(source.kind, subject, said)
    SearchRow.objects.bulk_create(
        [rows[subject] for subject in sorted(rows)],
        update_conflicts=True,
        unique_fields=["kind", "subject"],
        update_fields=WRITTEN,
    )
    if len(rows) < len(wanted):
        there.exclude(subject__in=rows).delete()


def as_row(kind: str, subject: str, said: Searchable) -> SearchRow:
    """The row of the index that says so."""
    plain = (terms.plain(name[: terms.LONGEST]) for name in (said.title, *said.names))
    names = [name for name in dict.fromkeys(plain) if name]
    return SearchRow(
        kind=kind,
        subject=subject,
        realm=said.realm,
        audience=sorted(said.audience),
        title=said.title[:300],
        detail=said.detail[:300],
        url=said.url,
        weight=said.weight,
        at=said.at,
        names="\n".join(names),
        spelled="\n".join(map(terms.spelled, names)),
        terms=sorted(terms.terms(names)),
    )
