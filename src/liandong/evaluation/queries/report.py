"""How a drill went: scores from its journal, what was seen, what has to be mended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from liandong.command import queries as command
from liandong.command.models import Order
from liandong.command.states import VOID
from liandong.evaluation.models import AimRating, Drill, Improvement, Inject, Observation
from liandong.evaluation.queries.drill import visible_drills
from liandong.evaluation.states import SCRIPT, DrillState, ImprovementState, InjectState
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.journal.reading import Told, readable, tell
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.plans import queries as plans
from liandong.plans.queries import Owed
from liandong.plans.states import DutyKind


@dataclass(frozen=True)
class Tally:
    """How many of the drill's orders were read back, rightly and in time, and finished in time."""

    orders: int
    read_back: int
    read_back_in_time: int
    read_back_rightly: int
    finished: int
    finished_in_time: int


@dataclass(frozen=True)
class Rated:
    """An objective, and how far it was met once somebody has said so."""

    number: int
    aim: str
    rating: AimRating | None


def expecting(drill: Drill) -> list[Inject]:
    """The injects that were told and upon which something was expected, in the order they came."""
    rows = drill.injects.filter(state=InjectState.DELIVERED).exclude(expects="")
    return list(rows.select_related("to_post__body").order_by("delivered_at", "number"))


def tally_of(drill: Drill) -> Tally:
    """What became of the drill's orders. One query."""
    watcher = system_actor("run", _("演练评估"), drill.realm)
    orders = list(command.visible_orders(watcher))
    return Tally(
        orders=len(orders),
        read_back=sum(one.read_back_at is not None for one in orders),
        read_back_in_time=sum(map(_heard_in_time, orders)),
        read_back_rightly=sum(bool(one.read_back_matches) for one in orders),
        finished=sum(one.finished_at is not None for one in orders),
        finished_in_time=sum(map(_finished_in_time, orders)),
    )


def aims_of(drill: Drill) -> list[Rated]:
    """The objectives with their ratings."""
    ratings = {one.number: one for one in drill.ratings.all()}
    return [Rated(at, aim, ratings.get(at)) for at, aim in enumerate(drill.aims, 1)]


def observations_of(drill: Drill) -> list[Observation]:
    """What was seen, in the order of the drill's clock."""
    return list(drill.observations.select_related("inject").order_by("at", "id"))


def improvements_of(drill: Drill) -> list[Improvement]:
    """What has to be mended after a drill."""
    rows = drill.improvements.select_related("owner__body", "plan")
    return list(rows.order_by("due_on", "id"))


def visible_improvements(actor: Actor) -> QuerySet[Improvement]:
    """What an actor may see of what has to be mended, the most pressing first."""
    rows = Improvement.objects.select_related("owner__body", "plan", "drill")
    return visible(rows.order_by("due_on", "id"), actor)


def improvements_owed(actor: Actor) -> list[Improvement]:
    """What this actor's posts have to mend."""
    posts = [UUID(scope[5:]) for scope in actor.scopes if scope.startswith("post:")]
    rows = visible_improvements(actor).filter(owner__in=posts, state=ImprovementState.OPEN)
    return list(rows)


def improvement_for(actor: Actor, pk: UUID | str) -> Improvement:
    """Return one; raises ``Missing``."""
    try:
        found = visible_improvements(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(_("没有这项整改，或者您所在岗位看不到它。"), remedy=_("请从整改页进入。"))
    return found


@dataclass(frozen=True)
class Due:
    """A plan that has to be drilled by a day, and the drill planned for it, if there is one."""

    owed: Owed
    planned: Drill | None
    is_late: bool
    is_this_year: bool


def plans_due(actor: Actor) -> list[Due]:
    """The plans in force by the day the law wants them drilled, the most pressing first."""
    now = plans.today()
    ahead: dict[str, Drill] = {}
    rows = visible_drills(actor).filter(state=DrillState.PLANNED).order_by("-planned_for")
    for drill in rows.prefetch_related("plans"):
        ahead |= {one.key: drill for one in drill.plans.all()}
    return [
        Due(one, ahead.get(one.version.key), one.is_late(now), _within(one.due_on, now))
        for one in plans.all_owed()
        if one.what == DutyKind.DRILL
    ]


def _within(due_on: date | None, now: date) -> bool:
    return due_on is None or due_on.year <= now.year


def _heard_in_time(order: Order) -> bool:
    return order.read_back_at is not None and order.read_back_at <= order.acknowledge_by


def _finished_in_time(order: Order) -> bool:
    if order.finished_at is None:
        return False
    return order.finish_by is None or order.finished_at <= order.finish_by


def deeds_in(realm: str, names: Collection[str]) -> list[Told]:
    """What players did under these names, as the realm's journal has it, with what was said. One query."""
    watcher = system_actor("run", _("演练评估"), realm)
    links = readable(watcher).filter(entry__name__in=sorted(names))
    links = links.exclude(entry__actor__kind=SCRIPT).select_related("entry__payload")
    return [tell(one) for one in links]


def orders_of(drill: Drill) -> list[Order]:
    """The drill's orders that were not taken back, with what their units reported. Two queries."""
    watcher = system_actor("run", _("演练评估"), drill.realm)
    rows = command.visible_orders(watcher).exclude(state__in=sorted(VOID))
    return list(rows.prefetch_related("notes"))
