"""What is said of a drill and of who takes part."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event

ABOUT = "evaluation.drill"


@event("evaluation.drill_planned", about=ABOUT)
class DrillPlanned(Event):
    """A drill has been planned, or its plan was changed before it began."""

    title: str
    kind: str
    plans: list[str]
    objectives: str
    planned_for: str
    rate: int
    say = _("制定演练：{title}（{kind}）")


@event("evaluation.drill_called_off", about=ABOUT)
class DrillCalledOff(Event):
    """A planned drill is not held."""

    title: str
    reason: str
    say = _("取消演练：{title}，{reason}")


@event("evaluation.person_enrolled", about=ABOUT)
class PersonEnrolled(Event):
    """Somebody takes part in a drill."""

    person: str
    name_then: str
    part: str
    may_be_mailed: bool
    say = _("列入演练名单：{name_then}（{part}）")


@event("evaluation.person_removed", about=ABOUT)
class PersonRemoved(Event):
    """Somebody takes part no more."""

    reaches_drills = True
    person: str
    name_then: str
    part: str
    say = _("移出演练名单：{name_then}（{part}）")


@event("evaluation.drill_started", about=ABOUT)
class DrillStarted(Event):
    """A drill's realm was opened and its clock goes."""

    title: str
    opened: str
    told_at: str
    rate: int
    reaches: int
    say = _("演练开始：{title}，时钟 ×{rate}")


@event("evaluation.drill_paused", about=ABOUT)
class DrillPaused(Event):
    """A drill's clock stands still."""

    title: str
    say = _("演练暂停")


@event("evaluation.drill_resumed", about=ABOUT)
class DrillResumed(Event):
    """A drill's clock goes on."""

    title: str
    say = _("演练继续")


@event("evaluation.drill_speed_set", about=ABOUT)
class DrillSpeedSet(Event):
    """A drill's clock goes faster or slower."""

    title: str
    before: int
    rate: int
    say = _("演练时钟由 ×{before} 改为 ×{rate}")


@event("evaluation.drill_ended", about=ABOUT)
class DrillEnded(Event):
    """A drill is over and its realm is closed; the last entry there."""

    title: str
    words: str
    say = _("演练结束：{words}")
