"""What messaging can do."""

from liandong.messaging.actions.answers import CallReport, hear_reply, take_call_reports
from liandong.messaging.actions.assigning import TELL_GOERS
from liandong.messaging.actions.beside import answer_by_reading, tell_beside, tell_goers
from liandong.messaging.actions.by_hand import record_absence, record_answer
from liandong.messaging.actions.call_list import (
    CallPlan,
    CallRow,
    plan_call_list,
    retire_call_listing,
    take_call_list,
)
from liandong.messaging.actions.call_out import DIAL, start_call_out, stop_call_out, wake_dialer
from liandong.messaging.actions.channel import (
    note_channel,
    send_to_doors,
    settle_the_unreachable,
)
from liandong.messaging.actions.contact_checks import check_contact_point
from liandong.messaging.actions.contact_points import add_contact_point, retire_contact_point
from liandong.messaging.actions.contact_test import (
    CONTACT_TEST,
    is_test_due,
    set_next_test,
    start_contact_test,
)
from liandong.messaging.actions.messages import mark_delivered, mark_read, send_message
from liandong.messaging.actions.phone_book import take_phone_book
from liandong.messaging.actions.phone_book_plan import BookPlan, PhoneRow, plan_phone_book
from liandong.messaging.actions.receipts import record_outcome, resend

__all__ = [
    "CONTACT_TEST",
    "DIAL",
    "TELL_GOERS",
    "BookPlan",
    "CallPlan",
    "CallReport",
    "CallRow",
    "PhoneRow",
    "add_contact_point",
    "answer_by_reading",
    "check_contact_point",
    "hear_reply",
    "is_test_due",
    "mark_delivered",
    "mark_read",
    "note_channel",
    "plan_call_list",
    "plan_phone_book",
    "record_absence",
    "record_answer",
    "record_outcome",
    "resend",
    "retire_call_listing",
    "retire_contact_point",
    "send_message",
    "send_to_doors",
    "set_next_test",
    "settle_the_unreachable",
    "start_call_out",
    "start_contact_test",
    "stop_call_out",
    "take_call_list",
    "take_call_reports",
    "take_phone_book",
    "tell_beside",
    "tell_goers",
    "wake_dialer",
]
