"""Kinds and states of drills and injects, and which may follow which."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from liandong.kernel.states import Moves


class DrillKind(TextChoices):
    """How much of an emergency a drill plays."""

    TABLETOP = "tabletop", _("桌面推演")
    FUNCTIONAL = "functional", _("功能演练")
    FULL = "full", _("综合演练")


class DrillState(TextChoices):
    """How far a drill has come."""

    PLANNED = "planned", _("已计划")
    RUNNING = "running", _("进行中")
    PAUSED = "paused", _("已暂停")
    ENDED = "ended", _("已结束")
    REPORTED = "reported", _("已总结")
    CALLED_OFF = "called_off", _("已取消")


OVER = (DrillState.ENDED, DrillState.REPORTED, DrillState.CALLED_OFF)
UNDER_WAY = (DrillState.RUNNING, DrillState.PAUSED)
DRILL_MOVES = Moves(
    {
        DrillState.PLANNED: {DrillState.RUNNING, DrillState.CALLED_OFF},
        DrillState.RUNNING: {DrillState.PAUSED, DrillState.ENDED},
        DrillState.PAUSED: {DrillState.RUNNING, DrillState.ENDED},
        DrillState.ENDED: {DrillState.REPORTED},
        DrillState.REPORTED: set(),
        DrillState.CALLED_OFF: set(),
    }
)


class Part(TextChoices):
    """What somebody does in a drill."""

    CONTROLLER = "controller", _("导调")
    EVALUATOR = "evaluator", _("评估")
    PLAYER = "player", _("参演")
    OBSERVER = "observer", _("观摩")


# Who acts where the script plays the world around the players: what it does is no deed of theirs.
SCRIPT = "script"
STAFF = (Part.CONTROLLER, Part.EVALUATOR)


class InjectKind(TextChoices):
    """By which way an inject comes to the players."""

    WORD = "word", _("口头告知")
    CALL = "call", _("来电报告")
    MESSAGE = "message", _("上级来文")
    FACT = "fact", _("核实情况")
    READING = "reading", _("测站读数")
    DECLINE = "decline", _("单位不能办")


class Trigger(TextChoices):
    """What makes an inject due."""

    TIME = "time", _("到时")
    EVENT = "event", _("满足条件时")
    HAND = "hand", _("导调手动")


class InjectState(TextChoices):
    """What became of an inject."""

    WAITING = "waiting", _("待注入")
    DELIVERED = "delivered", _("已注入")
    DROPPED = "dropped", _("已取消")
    FAILED = "failed", _("未能注入")


INJECT_MOVES = Moves(
    {
        InjectState.WAITING: {
            InjectState.DELIVERED,
            InjectState.DROPPED,
            InjectState.FAILED,
        },
        InjectState.FAILED: {InjectState.DELIVERED, InjectState.DROPPED},
        InjectState.DELIVERED: set(),
        InjectState.DROPPED: set(),
    }
)


class Grade(TextChoices):
    """How something was done, as whoever watched says."""

    WELL = "well", _("做得好")
    NEEDS = "needs", _("需改进")
    CRITICAL = "critical", _("严重问题")


class Met(TextChoices):
    """How far an objective was met."""

    MET = "met", _("达到")
    PARTLY = "partly", _("部分达到")
    MISSED = "missed", _("未达到")


class ImprovementState(TextChoices):
    """How far mending has come."""

    OPEN = "open", _("待整改")
    DONE = "done", _("待核验")
    CHECKED = "checked", _("已核验")


IMPROVEMENT_MOVES = Moves(
    {
        ImprovementState.OPEN: {ImprovementState.DONE},
        ImprovementState.DONE: {ImprovementState.CHECKED, ImprovementState.OPEN},
        ImprovementState.CHECKED: set(),
    }
)
