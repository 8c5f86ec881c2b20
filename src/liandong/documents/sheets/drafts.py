"""What taking a spreadsheet in would do, row by row, before anybody says yes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from liandong.documents.sheets.findings import Finding

NEW, CHANGED, SAME, SKIPPED, WITHDRAWN = "new", "changed", "same", "skipped", "withdrawn"


@dataclass(frozen=True)
class Change:
    """What becomes of one row: ``new``, ``changed``, ``same``, ``skipped`` or ``withdrawn``, and in words."""

    row: int
    kind: str
    what: str
    detail: str = ""


@dataclass(frozen=True)
class Draft:
    """Every row's change, and everything that is wrong."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]

    def count(self, kind: str) -> int:
        """How many rows of a kind."""
        return sum(1 for one in self.changes if one.kind == kind)

    @property
    def new(self) -> int:
        """Rows that add something nobody knew."""
        return self.count(NEW)

    @property
    def changed(self) -> int:
        """Rows that change what is known."""
        return self.count(CHANGED)

    @property
    def same(self) -> int:
        """Rows that say what is known already."""
        return self.count(SAME)

    @property
    def skipped(self) -> int:
        """Rows that say nothing to take in, such as vacancies."""
        return self.count(SKIPPED)

    @property
    def withdrawn(self) -> int:
        """Rows that say that something is no longer there."""
        return self.count(WITHDRAWN)

    @property
    def fingerprint(self) -> str:
        """A digest of what was shown; another one means that something changed meanwhile."""
        told = repr([(c.row, c.kind, str(c.what), str(c.detail)) for c in self.changes])
        return hashlib.sha256(f"{told}{len(self.findings)}".encode()).hexdigest()[:32]


def draft(changes: Sequence[Change], findings: Sequence[Finding]) -> Draft:
    """Put rows and findings in the order of the sheet."""
    return Draft(
        tuple(sorted(changes, key=lambda one: one.row)),
        tuple(sorted(dict.fromkeys(findings))),
    )
