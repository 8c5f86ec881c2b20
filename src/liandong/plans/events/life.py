"""What is told of a version on its way from the draft to the archive."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event

VERSION = "plans.plan_version"


@event("plans.draft_revised", about=VERSION)
class DraftRevised(Event):
    """The text of a draft was replaced; the digests say which by which."""

    key: str
    title: str
    number: int
    before: str
    after: str
    say = _("改写{title}第 {number} 版草案")


@event("plans.opinions_asked", about=VERSION)
class OpinionsAsked(Event):
    """Units were asked in writing what they say to a draft."""

    key: str
    title: str
    number: int
    units: list[str]
    due_on: str
    paper: str
    say = _("就{title}第 {number} 版书面征求意见，{due_on}前答复")


@event("plans.opinion_given", about=VERSION)
class OpinionGiven(Event):
    """A unit has answered, or its letter was written down for it."""

    key: str
    title: str
    number: int
    unit: str
    answer: str
    text: str
    paper: str
    say = _("{unit}答复{title}第 {number} 版：{answer}")


@event("plans.opinion_settled", about=VERSION)
class OpinionSettled(Event):
    """Somebody has decided what becomes of an opinion, or what silence means."""

    key: str
    title: str
    number: int
    unit: str
    outcome: str
    reason: str
    say = _("{unit}对{title}第 {number} 版的意见：{outcome}（{reason}）")


@event("plans.opinions_fell_due", about=VERSION)
class OpinionsFellDue(Event):
    """The day by which units were to answer is over, and some have not."""

    key: str
    title: str
    number: int
    units: list[str]
    due_on: str
    say = _("{title}第 {number} 版征求意见到期，尚有单位未答复")


@event("plans.experts_heard", about=VERSION)
class ExpertsHeard(Event):
    """Experts have looked through a draft."""

    key: str
    title: str
    number: int
    conclusion: str
    held_on: str
    say = _("{title}第 {number} 版专家论证：{conclusion}")


@event("plans.version_aligned", about=VERSION)
class VersionAligned(Event):
    """A draft was brought into line with another plan or by whoever coordinates plans."""

    key: str
    title: str
    number: int
    whom: str
    result: str
    say = _("{title}第 {number} 版与{whom}衔接")


@event("plans.version_examined", about=VERSION)
class VersionExamined(Event):
    """A draft was examined before its approval."""

    key: str
    title: str
    number: int
    outcome: str
    remark: str
    say = _("{title}第 {number} 版审核：{outcome}")


@event("plans.version_advanced", about=VERSION)
class VersionAdvanced(Event):
    """A draft has come one stage further."""

    key: str
    title: str
    number: int
    stage: str
    say = _("{title}第 {number} 版转入{stage}")


@event("plans.short_way_taken", about=VERSION)
class ShortWayTaken(Event):
    """Somebody has decided that a revision is minor, and why."""

    key: str
    title: str
    number: int
    reason: str
    say = _("{title}第 {number} 版适用简易程序：{reason}")


@event("plans.version_returned", about=VERSION)
class VersionReturned(Event):
    """A version went back to its draft, and why."""

    key: str
    title: str
    number: int
    reason: str
    say = _("{title}第 {number} 版退回起草：{reason}")


@event("plans.version_approved", about=VERSION)
class VersionApproved(Event):
    """A version was signed."""

    key: str
    title: str
    number: int
    signatory: str
    signed_by: str
    signed_on: str
    say = _("{title}第 {number} 版由{signed_by}签发，以{signatory}名义印发")


@event("plans.version_filed", about=VERSION)
class VersionFiled(Event):
    """The papers for filing were sent, or the receipt has come."""

    key: str
    title: str
    number: int
    filed_with: str
    receipt: str
    say = _("{title}第 {number} 版报{filed_with}备案")


@event("plans.version_published", about=VERSION)
class VersionPublished(Event):
    """A version was made public, in full or in brief, or it was settled that it is not."""

    key: str
    title: str
    number: int
    how: str
    address: str
    say = _("{title}第 {number} 版：{how}")


@event("plans.plan_drilled", about=VERSION)
class PlanDrilled(Event):
    """A plan was drilled."""

    key: str
    title: str
    number: int
    kind: str
    held_on: str
    say = _("{title}{held_on}{kind}")


@event("plans.version_evaluated", about=VERSION)
class VersionEvaluated(Event):
    """A plan was evaluated."""

    key: str
    title: str
    number: int
    outcome: str
    held_on: str
    say = _("{title}第 {number} 版评估：{outcome}")


@event("plans.version_repealed", about=VERSION)
class VersionRepealed(Event):
    """A plan holds no longer, and no other takes its place."""

    key: str
    title: str
    number: int
    reason: str
    say = _("废止{title}第 {number} 版：{reason}")


@event("plans.duty_fell_due", about=VERSION)
class DutyFellDue(Event):
    """Something owed for a plan in force is near its day, or past it."""

    key: str
    title: str
    number: int
    what: str
    due_on: str
    say = _("{title}应于{due_on}前{what}")
