"""What is said of leaders' instructions."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.instruction_recorded", about="command.instruction")
class InstructionRecorded(Event):
    """A leader's words were written down as they were said, by whom, and when they were said."""

    stays: ClassVar[frozenset[str]] = frozenset({"incident_id", "number", "due_at"})
    incident_id: str
    number: int
    leader: str
    channel: str
    words: str
    due_at: str
    say = _("{leader}批示（{channel}）：{words}")


@event("command.instruction_read_back", about="command.instruction")
class InstructionReadBack(Event):
    """What was spoken was said back to the leader, who heard the same."""

    number: int
    leader: str
    text: str
    say = _("向{leader}复述第{number}号批示：{text}")


@event("command.instruction_ordered", about="command.instruction")
class InstructionOrdered(Event):
    """The instruction became orders."""

    number: int
    leader: str
    orders: list[int]
    count: int
    say = _("{leader}第{number}号批示落实为{count}条指令")


@event("command.instruction_answered", about="command.instruction")
class InstructionAnswered(Event):
    """The leader was told what came of it."""

    number: int
    leader: str
    answer: str
    say = _("向{leader}反馈第{number}号批示：{answer}")


@event("command.instruction_urged", about="command.instruction")
class InstructionUrged(Event):
    """The time to answer a leader is over, and nobody has."""

    number: int
    leader: str
    urged: int
    told: str
    say = _("{leader}第{number}号批示到时未反馈，第{urged}次提醒{told}")
