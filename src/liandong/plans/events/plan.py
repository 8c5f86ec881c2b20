"""What plans tell the apps above."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("plans.version_drafted", about="plans.plan_version")
class PlanDrafted(Event):
    """A version of a plan has been written and does not hold yet."""

    key: str
    title: str
    number: int
    digest: str
    say = _("起草{title}第 {number} 版")


@event("plans.version_adopted", about="plans.plan_version")
class PlanAdopted(Event):
    """A version of a plan holds from now on; the one before it does no longer.

    ``way``: ``full`` or ``short``, or ``before`` for one that had been issued on paper already.
    """

    key: str
    title: str
    number: int
    digest: str
    replaces: str
    way: str
    issued_on: str
    paper: str
    say = _("{title}第 {number} 版施行")


@event("plans.manuscript_begun", about="plans.manuscript")
class ManuscriptBegun(Event):
    """Somebody has begun to write a plan, or to revise one."""

    key: str
    title: str
    digest: str
    say = _("开始写{title}")


@event("plans.manuscript_changed", about="plans.manuscript")
class ManuscriptChanged(Event):
    """A manuscript is not as it was; ``what`` says where, the text stays with the manuscript."""

    title: str
    number: int
    what: str
    digest: str
    say = _("{title}文稿：{what}")


@event("plans.manuscript_discarded", about="plans.manuscript")
class ManuscriptDiscarded(Event):
    """A manuscript is given up; what was put into a draft stays."""

    title: str
    reason: str
    say = _("废弃{title}文稿：{reason}")


@event("plans.file_attached", about="plans.file")
class PlanFileAttached(Event):
    """A letter, receipt, signed paper or other file was put with a plan."""

    title: str
    what: str
    file_id: str
    file_name: str
    caption: str
    digest: str
    say = _("{title}材料（{what}）：{caption}")


@event("plans.facts_recorded", about="plans.subject")
class FactsRecorded(Event):
    """Somebody, or a gauge, has said what is known about a warning, an incident or a drill.

    ``facts`` maps names to values as text; an empty text takes back what was said before.
    """

    kind: str
    facts: dict[str, str]
    shown: str
    source: str
    observed_at: str
    say = _("报数：{shown}（{source}）")


@event("plans.run_started", about="plans.run")
class RunStarted(Event):
    """A plan is being carried out at a level."""

    plan: str
    title: str
    number: int
    level: str
    about_kind: str
    about_id: str
    say = _("按{title}执行{level}级措施")


@event("plans.run_level_changed", about="plans.run")
class RunLevelChanged(Event):
    """A run goes on at another level."""

    plan: str
    before: str
    after: str
    about_id: str
    say = _("执行级别由{before}级调整为{after}级")


@event("plans.run_replanned", about="plans.run")
class RunReplanned(Event):
    """A run departs from its plan: a step added, dropped or given to somebody else."""

    step: str
    kind: str
    to: str
    text: str
    reason: str
    say = _("调整措施“{step}”：{reason}")


@event("plans.step_fell_due", about="plans.run")
class StepFellDue(Event):
    """Time has made a repeated step of a run due once more."""

    step: str
    do: str
    to: str
    text: str
    about_kind: str
    about_id: str
    due_at: str
    say = _("到时：{text}")


@event("plans.run_ended", about="plans.run")
class RunEnded(Event):
    """A plan is no longer being carried out."""

    plan: str
    level: str
    about_id: str
    say = _("结束执行{level}级措施")
