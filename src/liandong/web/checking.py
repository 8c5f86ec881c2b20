"""Checking one entry against its neighbor in the chain and against what it promised."""

from dataclasses import dataclass

from liandong.kernel.journal.commitments import digest
from liandong.kernel.journal.models import Entry, Link, Payload
from liandong.kernel.journal.sequencing import link_digest
from liandong.kernel.journal.verifying import ERASED


@dataclass(frozen=True)
class Check:
    """What still fits. ``payload``: kept, erased (by an entry that says so), lost or changed."""

    chained: bool
    payload: str

    @property
    def sound(self) -> bool:
        """Nothing was touched."""
        return self.chained and self.payload in {"kept", "erased"}


def check(link: Link) -> Check:
    """Work out the link's digest and the payload's commitment once more."""
    before = Link.objects.filter(position=link.position - 1).values_list("digest", flat=True)
    previous = before.first() or ""
    fits = link_digest(previous, str(link), link.entry) == link.digest
    return Check(chained=fits, payload=_payload(link.entry))


def _payload(entry: Entry) -> str:
    said: Payload | None = getattr(entry, "payload", None)
    if said is None:
        warrant = Entry.objects.filter(name=ERASED, subject_id=str(entry.pk)).exists()
        return "erased" if warrant else "lost"
    kept = digest(said.salt, said.text, algorithm=entry.algorithm) == entry.commitment
    return "kept" if kept else "changed"
