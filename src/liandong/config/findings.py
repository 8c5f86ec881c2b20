"""What ``doctor`` finds, one thing at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db.utils import Error

from liandong.kernel.problems import Problem


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``ok`` is None where it could not be judged, or does not apply now."""

    name: str
    ok: bool | None
    detail: str
    remedy: str = ""


Check = Callable[[Path], Iterator[Finding]]


def guarded(check: Check, home: Path) -> Iterator[Finding]:
    """Carry a check out; what keeps it from being carried out is a finding too."""
    try:
        yield from check(home)
    except (OSError, psycopg.Error, Error, Problem) as trouble:
        remedy = trouble.remedy if isinstance(trouble, Problem) else "请处理后重新检查。"
        yield Finding(check.__name__.strip("_"), ok=False, detail=str(trouble), remedy=remedy)
