"""What is said of words that stood in a register besides the journal."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.copies_destroyed", about="kernel.entry")
class CopiesDestroyed(Event):
    """What an entry had said was destroyed in the register as well; the row stays, without its words."""

    kind: str
    row_id: str
    say = _("登记簿里的同一内容也已依法销毁")
