"""The duty officer, who reports upward in time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from liandong.command import actions as command
from liandong.command import queries
from liandong.command.models import Report
from liandong.command.rules.call import casualties
from liandong.command.rules.casualties import Figures
from liandong.command.states import OWED, Channel, ReportKind
from liandong.demo.cast import at_post, of_hazard
from liandong.demo.scenarios.record import CHINA
from liandong.demo.stage import WITNESS, Reaction, Stage
from liandong.kernel.journal.reading import Told
from liandong.plans import queries as plans
from liandong.plans.language import Known

KIND = "command.incident"
COUNTED = {"dead": "deaths", "missing": "missing", "injured": "serious_injuries"}
Facts = Mapping[str, Known]
WRITING = timedelta(minutes=6)
BEFORE_TIME = timedelta(minutes=20)


@dataclass
class Reporters:
    """Writes and sends every report that falls due in incidents of a class.

    ``says`` puts what is known into elements of a report. ``closing``: how soon the last report goes up;
    just before its time where None.
    """

    hazard: str
    says: Callable[[Facts], dict[str, str]]
    closing: timedelta | None = None
    stage: Stage | None = None

    def take_places(self, stage: Stage) -> None:
        """Answer the clocks; another level may bring another cadence."""
        self.stage = stage
        stage.when("command.report_fell_due", of_hazard(self.hazard, self.report))
        stage.when("command.response_decided", of_hazard(self.hazard, self.look_again))

    def report(self, told: Told) -> Reaction:
        """Telephone at once; write, and send well before the time is up."""
        report = queries.report_for(WITNESS, told.subject_id)
        return Reaction(self._wait(report, told.at), lambda: self.write(told.subject_id))

    def look_again(self, told: Told) -> None:
        """See by when what is owed has to go up now."""
        incident = queries.incident_for(WITNESS, told.incident)
        for report in queries.reports_of(WITNESS, incident):
            if report.state in OWED:
                when = told.at + self._wait(report, told.at)
                if self.stage:
                    self.stage.at(when, partial(self.write, str(report.pk)))

    def write(self, key: str) -> None:
        """Draft what is known, and send it."""
        officer, report = at_post("emergency.duty-officer"), queries.report_for(WITNESS, key)
        if report.state not in OWED:
            return
        facts = plans.facts_of(KIND, str(report.incident_id), realm=report.realm)
        report = command.draft_report(
            officer,
            report=report,
            elements=self._known(report, facts),
            figures=Figures(**{name: _figure(facts, fact) for name, fact in COUNTED.items()}),
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

    def _wait(self, report: Report, now: datetime) -> timedelta:
        if report.due_at is None or report.channel != Channel.WRITTEN:
            return WRITING
        if self.closing and report.kind == ReportKind.FINAL:
            return self.closing
        return max(WRITING, report.due_at - now - BEFORE_TIME)

    def _known(self, report: Report, facts: Facts) -> dict[str, str | None]:
        """What the duty officer can tell from the incident room; what is not known stays open."""
        incident = report.incident
        responses = queries.active_responses(incident)
        state = "、".join(str(one) for one in responses) or "尚未启动响应"
        live = len(queries.live_orders(incident))
        told = {name: said for name, said in report.elements.items() if said}
        return {
            "time": f"{incident.received_at.astimezone(CHINA):%m月%d日%H时%M分}接报",
            "place": incident.place,
            "source": incident.source,
            "nature": incident.title,
            **told,
            **self.says(facts),
            "casualties": casualties(*(_figure(facts, fact) for fact in COUNTED.values())),
            "measures": f"{state}，执行中指令 {live} 项",
        }


def _figure(facts: Facts, name: str) -> int | None:
    """A count somebody gave; None while nobody did, which is never nought."""
    known = facts.get(name)
    return int(known.value) if known else None
