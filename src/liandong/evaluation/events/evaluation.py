"""What is said of how a drill went, and of what has to be mended."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event

DRILL, IMPROVEMENT = "evaluation.drill", "evaluation.improvement"


@event("evaluation.observation_noted", about=DRILL)
class ObservationNoted(Event):
    """Somebody who watches wrote down what they saw."""

    about_whom: str
    grade: str
    words: str
    say = _("评估记录：{about_whom}，{grade}。{words}")


@event("evaluation.aim_rated", about=DRILL)
class AimRated(Event):
    """It was said how far an objective was met."""

    aim: str
    met: str
    words: str
    say = _("目标评定：{aim}，{met}")


@event("evaluation.drill_reported", about=DRILL)
class DrillReported(Event):
    """The evaluation is concluded; the plans that were tried count as drilled."""

    title: str
    conclusion: str
    plans: list[str]
    say = _("演练总结：{title}")


@event("evaluation.drill_converted", about=DRILL)
class DrillConverted(Event):
    """What was played became real: an incident was opened, and the drill ended."""

    reaches_drills = True
    title: str
    incident_id: str
    incident_title: str
    told: int
    say = _("演练转实战：{title}转为“{incident_title}”，已通知 {told} 个岗位")


@event("evaluation.improvement_asked", about=IMPROVEMENT)
class ImprovementAsked(Event):
    """Something was found wanting, and somebody has to mend it by a day."""

    drill: str
    finding: str
    wanted: str
    owner: str
    due_on: str
    clause: str
    say = _("提出整改：{finding}，{owner} {due_on} 前办")


@event("evaluation.improvement_finished", about=IMPROVEMENT)
class ImprovementFinished(Event):
    """Its owner says that it is mended."""

    finding: str
    words: str
    say = _("报告已整改：{finding}")


@event("evaluation.improvement_checked", about=IMPROVEMENT)
class ImprovementChecked(Event):
    """Somebody else looked at it, and it is mended, or goes back to its owner."""

    finding: str
    passed: bool
    words: str
    verdict: str
    say = _("核验整改：{finding}，{verdict}")
