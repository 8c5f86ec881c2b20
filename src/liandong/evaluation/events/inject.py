"""What is said of a drill's script. Only controllers and evaluators hear what is still to come."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event

ABOUT = "evaluation.inject"


@event("evaluation.inject_added", about=ABOUT)
class InjectAdded(Event):
    """The script of a drill has one inject more."""

    drill: str
    number: int
    title: str
    kind: str
    text: str
    due: str
    say = _("脚本新增第 {number} 条：{title}（{kind}，{due}）")


@event("evaluation.inject_delivered", about=ABOUT)
class InjectDelivered(Event):
    """The players were told."""

    drill: str
    number: int
    title: str
    kind: str
    text: str
    say = _("注入第 {number} 条：{title}（{kind}）")


@event("evaluation.inject_dropped", about=ABOUT)
class InjectDropped(Event):
    """The players will not be told this time."""

    drill: str
    number: int
    title: str
    reason: str
    say = _("取消第 {number} 条：{title}，{reason}")


@event("evaluation.inject_failed", about=ABOUT)
class InjectFailed(Event):
    """An inject fell due and could not be delivered; a controller does it by hand or drops it."""

    drill: str
    number: int
    title: str
    trouble: str
    say = _("第 {number} 条未能注入：{title}，{trouble}")


@event("evaluation.script_taken", about="evaluation.drill")
class ScriptTaken(Event):
    """Injects came from a spreadsheet; each is told by itself besides."""

    title: str
    file: str
    digest: str
    added: int
    unchanged: int
    say = _("从表格“{file}”导入脚本：新增 {added} 条，已有 {unchanged} 条")
