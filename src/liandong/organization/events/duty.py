"""Facts of a day on duty: rules and swaps, roll-calls, the telephone, handing over."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("organization.roster_rule_set", about="organization.roster_rule")
class RosterRuleSet(Event):
    """When a rule of the roster was set up or changed."""

    title: str
    role: str
    days: str
    at: str
    hours: int
    people: list[str]
    say = _("轮值规则：{title}")


@event("organization.roster_rule_withdrawn", about="organization.roster_rule")
class RosterRuleWithdrawn(Event):
    """When a rule of the roster was given up; the shifts it laid stay."""

    title: str
    say = _("停用轮值规则：{title}")


@event("organization.calendar_year_entered", about="organization.calendar_year")
class CalendarYearEntered(Event):
    """When a year's days off and made-up weekends were entered by hand."""

    year: int
    holidays: list[str]
    workdays: list[str]
    basis: str
    say = _("录入 {year} 年放假安排（{basis}）")


@event("organization.swap_asked", about="organization.shift")
class SwapAsked(Event):
    """When somebody asked somebody else to take a shift."""

    swap_id: str
    asked_by: str
    asked_of: str
    from_at: str
    in_return: str
    reason: str
    say = _("{asked_by}请{asked_of}换班（{reason}）")


@event("organization.swap_agreed", about="organization.shift")
class SwapAgreed(Event):
    """When somebody agreed to take a shift; it is theirs from then on."""

    swap_id: str
    asked_by: str
    asked_of: str
    say = _("{asked_of}同意与{asked_by}换班")


@event("organization.swap_declined", about="organization.shift")
class SwapDeclined(Event):
    """When somebody would not take a shift."""

    swap_id: str
    asked_by: str
    asked_of: str
    answer: str
    say = _("{asked_of}不同意与{asked_by}换班（{answer}）")


@event("organization.swap_withdrawn", about="organization.shift")
class SwapWithdrawn(Event):
    """When somebody took back what they had asked for."""

    swap_id: str
    asked_by: str
    asked_of: str
    say = _("{asked_by}撤回换班")


@event("organization.roll_call_begun", about="organization.roll_call")
class RollCallBegun(Event):
    """When the duty desk began to call units and townships."""

    title: str
    bodies: list[str]
    say = _("开始{title}")


@event("organization.roll_call_line_answered", about="organization.roll_call")
class RollCallLineAnswered(Event):
    """When it was put down what came of a call. Numbers do not stand here."""

    line_id: str
    body_id: str
    body: str
    person_id: str
    who: str
    answer: str
    answer_label: str
    tries: int
    say = _("点名：{body} {answer_label}")


@event("organization.phone_record_taken", about="organization.phone_record")
class PhoneRecordTaken(Event):
    """When a call was put down in the duty telephone's book."""

    number: str
    caller: str
    called_at: str
    occurred: str
    place: str
    what: str
    losses: str
    measures: str
    say = _("{number}：{caller} {what}")


@event("organization.phone_record_followed", about="organization.phone_record")
class PhoneRecordFollowed(Event):
    """When something was done about a call."""

    number: str
    note: str
    say = _("{number}跟进：{note}")


@event("organization.phone_record_closed", about="organization.phone_record")
class PhoneRecordClosed(Event):
    """When nothing is left to be done about a call."""

    number: str
    outcome: str
    say = _("{number}办结：{outcome}")


@event("organization.phone_record_linked", about="organization.phone_record")
class PhoneRecordLinked(Event):
    """When an app above made something of a call."""

    number: str
    linked_kind: str
    linked_id: str
    subject_name: str
    say = _("{number}转为{subject_name}")


@event("organization.handover_begun", about="organization.handover")
class HandoverBegun(Event):
    """When somebody began to hand the shift over."""

    from_name: str
    to_name: str
    say = _("{from_name}开始交班")


@event("organization.handover_item_handed", about="organization.handover")
class HandoverItemHanded(Event):
    """When something open was handed on to the next shift."""

    title: str
    note: str
    say = _("移交：{title}")


@event("organization.handover_given", about="organization.handover")
class HandoverGiven(Event):
    """When the one who goes signed."""

    from_name: str
    items: int
    weather: str
    equipment: str
    notes: str
    say = _("{from_name}交班签字，移交 {items} 项")


@event("organization.handover_taken", about="organization.handover")
class HandoverTaken(Event):
    """When the one who comes signed, and the handover was closed."""

    from_name: str
    to_name: str
    items: int
    head: str
    say = _("{to_name}接班签字，接 {from_name} 移交 {items} 项")


@event("organization.handover_canceled", about="organization.handover")
class HandoverCanceled(Event):
    """When a handover that had begun was given up."""

    from_name: str
    reason: str
    say = _("取消交班（{reason}）")
