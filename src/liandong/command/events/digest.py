"""What is said of digests."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.digest_compiled", about="command.digest")
class DigestCompiled(Event):
    """A digest of a span of time was compiled from the registers."""

    kind: str
    title: str
    from_at: str
    until_at: str
    edition: int
    say = _("编制{title}")


@event("command.digest_edited", about="command.digest")
class DigestEdited(Event):
    """What the registers gave was put in other words before it went out; ``before`` keeps theirs."""

    title: str
    before: dict[str, str]
    after: dict[str, str]
    say = _("修改{title}")


@event("command.digest_issued", about="command.digest")
class DigestIssued(Event):
    """A digest was signed and sent to those named; its text stands as it was."""

    title: str
    signed_by: str
    to: str
    text: str
    say = _("签发{title}，签发：{signed_by}，送{to}")
