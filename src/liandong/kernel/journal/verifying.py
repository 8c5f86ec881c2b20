"""Checking the chain: names every place where the journal is not what it was."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from liandong.kernel.journal.commitments import digest
from liandong.kernel.journal.models import Entry, Link, Payload
from liandong.kernel.journal.sequencing import link_digest
from liandong.kernel.wording import gettext as _

ERASED = "kernel.payload_erased"


@dataclass(frozen=True)
class Head:
    """A link somebody wrote down outside the database."""

    epoch: int
    position: int
    digest: str

    def __str__(self) -> str:
        return f"{self.epoch}:{self.position}:{self.digest}"


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong. ``kind``: changed, missing, added, swapped, cut, payload, unchained."""

    position: int
    kind: str
    text: str


@dataclass
class Report:
    """What checking found."""

    entries: int = 0
    erased: int = 0
    head: Head | None = None
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        """True when nothing is wrong."""
        return not self.troubles

    def found(self, position: int, kind: str, text: str) -> None:
        """Note a trouble."""
        self.troubles.append(Trouble(position, kind, text))


@dataclass
class Walk:
    """A walk along links, told of one link after another. Knows neither database nor file.

    ``shift``: how many rows before this place were added (positive) or taken out and the rest
    renumbered (negative), so that one forged row is named once and not a thousand times.
    """

    report: Report
    previous: str = ""
    expected: int = 1
    shift: int = 0

    def step(self, link: Link, ahead: Link | None) -> None:
        """Compare one link with the chain so far; ``ahead`` is the one after it."""
        report, place = self.report, link.position
        if place > self.expected:
            for gone in range(self.expected, min(place, self.expected + 20)):
                report.found(gone, "missing", _("第 %(n)s 条被删除") % {"n": gone})
        elif not self._fits(self.previous, link, link.entry):
            self._name(link, ahead)
        self.previous, self.expected = link.digest, place + 1

    def _fits(self, previous: str, link: Link, entry: Entry, *, more: int = 0) -> bool:
        where = f"{link.epoch}:{link.position - self.shift - more}"
        return link_digest(previous, where, entry) == link.digest

    def _name(self, link: Link, ahead: Link | None) -> None:
        report, place = self.report, link.position
        if ahead and self._swapped(link, ahead):
            text = _("第 %(n)s 与 %(m)s 条被对调") % {"n": place, "m": ahead.position}
            report.found(place, "swapped", text)
        elif ahead and self._fits(self.previous, ahead, ahead.entry, more=1):
            report.found(place, "added", _("第 %(n)s 条是后来插入的") % {"n": place})
            self.shift += 1
            # The forged row is stepped over: what follows was chained to the row before it.
            link.digest = self.previous
        elif ahead and self._fits(link.digest, ahead, ahead.entry, more=-1):
            text = _("第 %(n)s 条被删除，其后改了编号") % {"n": place}
            report.found(place, "missing", text)
            self.shift -= 1
        else:
            report.found(place, "changed", _("第 %(n)s 条被改动") % {"n": place})

    def _swapped(self, link: Link, ahead: Link) -> bool:
        """Say whether this link and the next would fit if each held the other's entry."""
        first = link_digest(
            self.previous, f"{link.epoch}:{link.position - self.shift}", ahead.entry
        )
        second = link_digest(first, f"{ahead.epoch}:{ahead.position - self.shift}", link.entry)
        if {first, second} != {link.digest, ahead.digest}:
            return False
        # From here on the chain is the true one again.
        link.digest, ahead.digest = first, second
        ahead.entry, link.entry = link.entry, ahead.entry
        return True


def verify(*, heads: Iterable[Head] = ()) -> Report:
    """Walk the whole chain and its payloads; a head written down elsewhere tells of a cut tail."""
    report = Report()
    awaited = {(head.epoch, head.position): head for head in heads}
    _walk(report, awaited)
    for head in awaited.values():
        kind = (
            "cut" if report.head is None or head.position > report.head.position else "changed"
        )
        text = (
            _("第 %(n)s 条与库外留存的链头不符")
            if kind == "changed"
            else _("第 %(n)s 条起的尾部被截去")
        )
        report.found(head.position, kind, text % {"n": head.position})
    _payloads(report)
    for entry in Entry.objects.filter(link=None, outbox=None):
        report.found(0, "unchained", _("记录 %(id)s 未经编号混入") % {"id": entry.pk})
    return report


def _walk(report: Report, awaited: dict[tuple[int, int], Head]) -> None:
    walk = Walk(report)
    for link, ahead in _pairs(Link.objects.select_related("entry").iterator(chunk_size=2000)):
        stored = link.digest
        walk.step(link, ahead)
        report.entries += 1
        report.head = Head(link.epoch, link.position, stored)
        shown = awaited.get((link.epoch, link.position))
        if shown and shown.digest == stored:
            del awaited[link.epoch, link.position]


def _pairs(links: Iterator[Link]) -> Iterator[tuple[Link, Link | None]]:
    before = next(links, None)
    for link in links:
        if before is not None:
            yield before, link
        before = link
    if before is not None:
        yield before, None


def _payloads(report: Report) -> None:
    said = Payload.objects.filter(entry__link__isnull=False).select_related("entry__link")
    for payload in said.iterator(chunk_size=2000):
        entry = payload.entry
        if digest(payload.salt, payload.text, algorithm=entry.algorithm) != entry.commitment:
            place = entry.link.position
            report.found(place, "payload", _("第 %(n)s 条的内容被改动") % {"n": place})
    warrants = Entry.objects.filter(name=ERASED).values_list("subject_id", flat=True)
    lawful = set(warrants)
    for link in Link.objects.filter(entry__payload=None).select_related("entry"):
        if str(link.entry_id) in lawful:
            report.erased += 1
        else:
            text = _("第 %(n)s 条的内容被删除，没有销毁记录")
            report.found(link.position, "payload", text % {"n": link.position})
