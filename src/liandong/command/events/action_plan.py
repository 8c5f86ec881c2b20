"""What is said of action plans."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.action_plan_drafted", about="command.action_plan")
class ActionPlanDrafted(Event):
    """Somebody began to write the plan of a period, from the last and from what is going on."""

    incident_id: str
    number: int
    starts_at: str
    ends_at: str
    tasks: int
    say = _("起草第{number}期处置方案，任务 {tasks} 项")


@event("command.action_plan_edited", about="command.action_plan")
class ActionPlanEdited(Event):
    """The draft was changed; ``part`` says where, ``words`` how it reads now."""

    incident_id: str
    number: int
    part: str
    words: str
    say = _("修改第{number}期处置方案：{part}")


@event("command.action_plan_submitted", about="command.action_plan")
class ActionPlanSubmitted(Event):
    """The draft was laid before those who sign; ``text`` is all of it, as they were shown it."""

    incident_id: str
    number: int
    text: str
    awaited: str
    say = _("第{number}期处置方案报{awaited}签署")


@event("command.action_plan_returned", about="command.action_plan")
class ActionPlanReturned(Event):
    """Somebody who has to sign wants it otherwise."""

    incident_id: str
    number: int
    reason: str
    say = _("退回第{number}期处置方案：{reason}")


@event("command.action_plan_signed", about="command.action_plan")
class ActionPlanSigned(Event):
    """Somebody signed it; others have yet to."""

    incident_id: str
    number: int
    who: str
    awaited: str
    say = _("{who}签署第{number}期处置方案，待{awaited}签署")


@event("command.action_plan_adopted", about="command.action_plan")
class ActionPlanAdopted(Event):
    """Everyone has signed it: the incident is dealt with by it, and the one before is no longer in force."""

    incident_id: str
    number: int
    title: str
    signed_by: str
    starts_at: str
    ends_at: str
    aims: str
    say = _("{title}生效，签署：{signed_by}")


@event("command.action_plan_task_ordered", about="command.action_plan")
class ActionPlanTaskOrdered(Event):
    """A task of the plan became an order, which cites it."""

    incident_id: str
    number: int
    task: str
    order_id: str
    order: int
    say = _("第{number}期处置方案任务“{task}”作为{order}号令下达")
