"""Times as they are written in the field. What names no zone is Beijing time."""

import math
import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

BEIJING = timezone(timedelta(hours=8))
FORMS = (
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y年%m月%d日%H时%M分",
    "%Y年%m月%d日%H时",
    "%Y%m%d%H%M%S",
    "%Y%m%d%H%M",
)
YEARS = range(1990, 2200)
EPOCH = re.compile(r"\d{9,10}(\.\d+)?|\d{13}")
LONGEST = 40


def time_of(text: object) -> datetime | None:
    """A moment, or nothing where it cannot be read."""
    said = str(text or "").strip()
    if not said or len(said) > LONGEST:
        return None
    found = _epoch(said) or _iso(said) or _chinese(said) or _mail(said)
    if found is None or found.year not in YEARS:
        return None
    return found if found.tzinfo else found.replace(tzinfo=BEIJING)


def _iso(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return None


def _epoch(said: str) -> datetime | None:
    if not EPOCH.fullmatch(said):
        return None
    seconds = float(said)
    seconds = seconds / 1000 if len(said) == len("1640733900000") else seconds
    return datetime.fromtimestamp(seconds, UTC) if math.isfinite(seconds) else None


def _chinese(said: str) -> datetime | None:
    for form in FORMS:
        try:
            return datetime.strptime(said, form).replace(tzinfo=BEIJING)
        except ValueError:
            continue
    return None


def _mail(said: str) -> datetime | None:
    try:
        return parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
