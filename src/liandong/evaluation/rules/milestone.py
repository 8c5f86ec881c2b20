"""Deeds that a script can wait for, and that players are expected to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liandong.command import events as command
from liandong.kernel.events import Event
from liandong.messaging.events import MessageRead
from liandong.monitoring.events import WarningIssued
from liandong.plans.events import FactsRecorded

MILESTONES: tuple[tuple[type[Event], Promise], ...] = (
    (command.SignalTaken, _("接听来电")),
    (command.IncidentOpened, _("登记事件")),
    (FactsRecorded, _("登记核实情况")),
    (command.SeveritySet, _("研判定级")),
    (WarningIssued, _("发布预警")),
    (command.ConsultationOpened, _("召集会商")),
    (command.ResponseDecided, _("决定响应")),
    (command.FieldPostOpened, _("设立现场指挥部")),
    (command.OrderIssued, _("下达指令")),
    (command.OrderReadBack, _("复诵指令")),
    (command.OrderAccepted, _("接受指令")),
    (command.OrderDeclined, _("答复不能办")),
    (command.CounterProposalAnswered, _("答复单位的建议")),
    (command.OrderFinished, _("完成指令")),
    (command.ReportSent, _("报出报告")),
    (MessageRead, _("签阅消息")),
    (command.IncidentClosed, _("结束事件")),
)
LABELS: dict[str, Promise] = {kind.name: label for kind, label in MILESTONES}
CHOICES = tuple(LABELS.items())


def said(name: str) -> str:
    """What a deed is called; the bare name of one that no list knows any more."""
    return str(LABELS.get(name, name))
