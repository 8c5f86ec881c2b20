"""The script of a drill, and what of it has been told."""

from uuid import UUID

from django.db.models import F, QuerySet

from liandong.evaluation.models import Drill, Inject
from liandong.evaluation.states import UNDER_WAY, InjectKind, InjectState, Trigger
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _


def script_of(drill: Drill) -> list[Inject]:
    """All of it, in the order in which it is going to come: by the clock, the others after."""
    rows = drill.injects.select_related("to_post__body")
    return list(rows.order_by(F("at_minutes").asc(nulls_last=True), "number"))


def told_to_players(drill: Drill) -> list[Inject]:
    """What controllers say by word of mouth, once it is said: the newest first."""
    rows = drill.injects.filter(kind=InjectKind.WORD, state=InjectState.DELIVERED)
    return list(rows.order_by("-delivered_at"))


def inject_for(drill: Drill, pk: UUID | str) -> Inject:
    """Return one of a drill's; raises ``Missing``."""
    found = drill.injects.select_related("drill", "to_post__body").filter(pk=pk).first()
    if found is None:
        raise Missing(_("脚本里没有这一条。"), remedy=_("请从演练页进入。"))
    return found


def inject_by_id(pk: UUID | str) -> Inject | None:
    """Return one by its key, for clocks."""
    return Inject.objects.select_related("drill", "to_post__body").filter(pk=pk).first()


def upon(realm: str, name: str) -> QuerySet[Inject]:
    """What waits in a drill under way for an entry of this name."""
    rows = Inject.objects.select_related("drill", "to_post__body").order_by("number")
    return rows.filter(
        drill__realm=realm,
        drill__state__in=UNDER_WAY,
        trigger=Trigger.EVENT,
        condition=name,
        state=InjectState.WAITING,
    )
