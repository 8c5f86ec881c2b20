"""What is said of the field's own log, and of command there changing hands."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.field_log_written", about="command.field_log")
class FieldLogWritten(Event):
    """Something was noted on the spot; ``text`` is kept here and nowhere else."""

    incident_id: str
    field_post_id: str
    group: str
    text: str
    cut_off: bool
    say = _("现场记录：{text}")


@event("command.field_log_merged", about="command.field_post")
class FieldLogMerged(Event):
    """Lines written while nothing could be sent were put where they belong; ``known`` were there."""

    incident_id: str
    n: int
    known: int
    since: str
    until: str
    say = _("断网期间的现场记录补录{n}条")


@event("command.field_command_given", about="command.field_post")
class FieldCommandGiven(Event):
    """Whoever commands on the spot signed it over to another post, with what stands open."""

    incident_id: str
    title: str
    before: str
    after: str
    people: int
    orders: int
    unsolved: str
    say = _(
        "{before}交出{title}的指挥，待{after}接班签字：现场{people}人，未办结指令{orders}条"
    )


@event("command.field_command_taken", about="command.field_post")
class FieldCommandTaken(Event):
    """The other post signed too, and commands on the spot from now on."""

    incident_id: str
    title: str
    before: str
    after: str
    say = _("{after}接班签字，接替{before}指挥{title}")
