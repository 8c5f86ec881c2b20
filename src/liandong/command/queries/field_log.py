"""The field's own log in the order in which things happened, and command there changing hands."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from liandong.command.models import FieldHandover, FieldLogLine, FieldPost
from liandong.command.queries.field_people import people_there
from liandong.command.queries.field_post import orders_on_scene, visible_field_posts
from liandong.command.queries.payload import said_of
from liandong.command.states import FieldPresenceState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _

KIND, WRITTEN = "command.field_log", "command.field_log_written"
WORTH_TELLING = timedelta(minutes=5)


@dataclass(frozen=True)
class Noted:
    """A line with what it says, as far as it is still kept."""

    row: FieldLogLine
    text: str

    @property
    def late(self) -> timedelta | None:
        """How much later it came in; none where that was at once."""
        gap = self.row.entered_at - self.row.happened_at
        return gap if gap >= WORTH_TELLING else None


def field_log(field_post: FieldPost, *, limit: int) -> list[Noted]:
    """The last things noted, the latest first, whenever they came in. Two queries."""
    rows = FieldLogLine.objects.filter(field_post=field_post).select_related("group")
    lines = list(rows.order_by("-happened_at", "-id")[:limit])
    told = said_of(KIND, WRITTEN, (one.pk for one in lines))
    erased = _("（内容已依法销毁）")
    return [Noted(one, told.get(one.pk, {}).get("text", erased)) for one in lines]


def known_keys(field_post: FieldPost, keys: list[str]) -> set[str]:
    """Which of some lines have come in already."""
    rows = FieldLogLine.objects.filter(field_post=field_post, key__in=keys)
    return set(rows.values_list("key", flat=True))


def waiting_handover(field_post: FieldPost) -> FieldHandover | None:
    """The handing over that waits for its second signature."""
    rows = FieldHandover.objects.filter(field_post=field_post, taken_at=None, lapsed_at=None)
    return rows.select_related("from_post__body", "to_post__body").first()


def field_handovers(field_post: FieldPost) -> list[FieldHandover]:
    """Every handing over of a field headquarters, the latest first."""
    rows = FieldHandover.objects.filter(field_post=field_post)
    return list(rows.select_related("from_post__body", "to_post__body"))


def field_handover_for(actor: Actor, pk: UUID | str) -> FieldHandover:
    """Return one of a field headquarters the actor may see; raises ``Missing``."""
    rows = FieldHandover.objects.select_related(
        "field_post__incident", "from_post__body", "to_post__body"
    )
    seen = visible_field_posts(actor).order_by().values("pk")
    try:
        found = rows.filter(pk=pk, field_post__in=seen).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这次现场交接，或者您所在岗位看不到它。"), remedy=_("请从现场指挥部进入。")
        )
    return found


def handover_sheet(field_post: FieldPost) -> dict[str, Any]:
    """What stands open at a field headquarters: how many are there, and which orders are owed."""
    people = list(people_there(field_post))
    return {
        "people": len(people),
        "resting": sum(one.state == FieldPresenceState.RESTING for one in people),
        "orders": [
            {"number": one.number, "to": str(one.to_body)}
            for one in orders_on_scene(field_post)
        ],
    }
