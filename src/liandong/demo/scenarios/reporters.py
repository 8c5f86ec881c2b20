"""The duty officer, who reports upward in time."""

from datetime import datetime, timedelta
from functools import partial

from liandong.command import actions as command
from liandong.command import queries
from liandong.command.models import Report
from liandong.command.rules.report import Figures
from liandong.command.states import OWED, Channel
from liandong.demo.cast import at_post
from liandong.demo.scenarios.record import CHINA
from liandong.demo.stage import WITNESS, Reaction, Stage
from liandong.kernel.journal.reading import Told

WRITING = timedelta(minutes=6)
BEFORE_TIME = timedelta(minutes=20)


class Reporters:
    """Writes and sends every report that falls due."""

    stage: Stage

    def take_places(self, stage: Stage) -> None:
        """Answer the clocks; another level may bring another cadence."""
        self.stage = stage
        stage.when("command.report_fell_due", self.report)
        stage.when("command.response_decided", self.look_again)

    def report(self, told: Told) -> Reaction:
        """Telephone at once; write, and send well before the time is up."""
        report = queries.report_for(WITNESS, told.subject_id)
        return Reaction(_wait(report, told.at), lambda: self.write(told.subject_id))

    def look_again(self, told: Told) -> None:
        """See by when what is owed has to go up now."""
        incident = queries.incident_for(WITNESS, told.incident)
        for report in queries.reports_of(WITNESS, incident):
            if report.state in OWED:
                when = told.at + _wait(report, told.at)
                self.stage.at(when, partial(self.write, str(report.pk)))

    def write(self, key: str) -> None:
        """Draft what is known, and send it."""
        officer, report = at_post("emergency.duty-officer"), queries.report_for(WITNESS, key)
        if report.state not in OWED:
            return
        report = command.draft_report(
            officer,
            report=report,
            elements=_known(report),
            figures=Figures(dead=0, missing=0, injured=0),
            expected_version=report.version,
            idempotency_key=f"draft/{key}",
        )
        command.send_report(
            officer,
            report=report,
            signed_by="县应急局带班领导",
            taken_by="市应急局值班室",
            expected_version=report.version,
            idempotency_key=f"send/{key}",
        )


def _wait(report: Report, now: datetime) -> timedelta:
    if report.due_at is None or report.channel != Channel.WRITTEN:
        return WRITING
    return max(WRITING, report.due_at - now - BEFORE_TIME)


def _known(report: Report) -> dict[str, str]:
    """What the duty officer can tell from the incident room; what is not known stays open."""
    incident = report.incident
    responses = queries.active_responses(incident)
    state = "、".join(str(one) for one in responses) or "尚未启动响应"
    live = len(queries.live_orders(incident))
    return {
        "time": f"{incident.received_at.astimezone(CHINA):%m月%d日%H时%M分}接报",
        "place": incident.place or "清溪河沿线",
        "source": incident.source,
        "nature": incident.title,
        "extent": "沿河低洼地带受威胁",
        "casualties": "暂无人员伤亡和失联报告",
        "measures": f"{state}，执行中指令 {live} 项",
    }
