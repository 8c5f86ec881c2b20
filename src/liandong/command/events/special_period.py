"""What is said of special periods, and of filing them with the people's congress."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.special_period_declared", about="command.special_period")
class SpecialPeriodDeclared(Event):
    """Whoever the law names has declared a special period; its powers may be used from its start."""

    incident_id: str
    kind: str
    title: str
    declared_by: str
    paper: str
    words: str
    starts_at: str
    ends_at: str
    say = _("{declared_by}宣布{title}（{paper}）")


@event("command.special_period_extended", about="command.special_period")
class SpecialPeriodExtended(Event):
    """It goes on beyond the end that was said, by a decision of its own."""

    incident_id: str
    kind: str
    title: str
    paper: str
    before: str
    ends_at: str
    reason: str
    say = _("延长{title}（{paper}）：{reason}")


@event("command.special_period_lifted", about="command.special_period")
class SpecialPeriodLifted(Event):
    """It is over by a decision; its powers end."""

    incident_id: str
    kind: str
    title: str
    lifted_by: str
    paper: str
    reason: str
    say = _("{lifted_by}解除{title}（{paper}）：{reason}")


@event("command.special_period_lapsed", about="command.special_period")
class SpecialPeriodLapsed(Event):
    """Its end has come and nobody extended it; its powers end."""

    incident_id: str
    kind: str
    title: str
    say = _("{title}期满")


@event("command.congress_filing_owed", about="command.congress_filing")
class CongressFilingOwed(Event):
    """A decision has to be filed with the standing committee of the people's congress."""

    title: str
    decision_paper: str
    due_at: str
    say = _("应报备案：{title}（{decision_paper}）")


@event("command.congress_filed", about="command.congress_filing")
class CongressFiled(Event):
    """The decision went to the standing committee."""

    title: str
    paper: str
    say = _("{title}，已报送（{paper}）")


@event("command.congress_filing_received", about="command.congress_filing")
class CongressFilingReceived(Event):
    """The standing committee gave a receipt."""

    title: str
    receipt: str
    received_by: str
    say = _("{title}，{received_by}签收（{receipt}）")
