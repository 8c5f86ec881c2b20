"""What a record said before, and what differs, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as words
from liandong.organization import queries as organization
from liandong.sharing.models import Record
from liandong.sharing.queries.records import entitled
from liandong.sharing.registers.reading import Word
from liandong.sharing.states import Deed, Sensitivity

PLAIN: Mapping[str, Word] = {
    "name": _("名称"),
    "body_id": _("责任单位"),
    "division_code": _("所在乡镇"),
    "address": _("地址"),
    "lon": _("经度"),
    "lat": _("纬度"),
    "extent": _("范围"),
    "sensitivity": _("知悉范围"),
}


@dataclass(frozen=True)
class Difference:
    """One thing that a version says otherwise than the one before."""

    title: Word
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One version of a record, and what it changed."""

    number: int
    deed: str
    at: datetime
    by: str
    reason: str
    differences: list[Difference]


def history_of(actor: Actor, record: Record, *, limit: int = 50) -> list[Told]:
    """The versions of a record, newest first, with their differences; what is hidden is left out."""
    versions = list(record.versions.order_by("-number")[: limit + 1])
    names = _names(one.snapshot["body_id"] for one in versions)
    hidden = frozenset() if entitled(actor, record) else record.register.sensitive
    told = []
    for at, one in enumerate(versions[:limit]):
        before = versions[at + 1].snapshot if at + 1 < len(versions) else {}
        differences = [
            _difference(record, key, before, one.snapshot, names)
            for key in one.changed
            if key not in hidden
        ]
        said = str(Deed(one.deed).label)
        told.append(Told(one.number, said, one.at, one.by, one.reason, differences))
    return told


def _difference(
    record: Record,
    key: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    names: Mapping[str, str],
) -> Difference:
    field = record.register.by_key.get(key)
    if field is not None and key not in PLAIN:
        said = [field.show(one.get("values", {}).get(key)) for one in (before, after)]
        return Difference(field.title, *said)
    return Difference(
        PLAIN.get(key, key), *(_plainly(key, one.get(key), names) for one in (before, after))
    )


def _plainly(key: str, value: Any, names: Mapping[str, str]) -> str:
    if value in (None, ""):
        return ""
    if key == "body_id":
        return names.get(str(value), str(value))
    if key == "sensitivity":
        return str(Sensitivity(value).label)
    if key == "extent":
        return words("已画图形")
    return str(value)


def _names(bodies: Iterable[str]) -> dict[str, str]:
    """The names of bodies by their id."""
    rows = organization.all_bodies().filter(pk__in={UUID(one) for one in bodies})
    return {str(pk): name for pk, name in rows.values_list("pk", "short_name")}
