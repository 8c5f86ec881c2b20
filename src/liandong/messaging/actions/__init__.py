"""What messaging can do."""

from liandong.messaging.actions.contact_checks import check_contact_point
from liandong.messaging.actions.contact_points import add_contact_point, retire_contact_point
from liandong.messaging.actions.messages import mark_delivered, mark_read, send_message
from liandong.messaging.actions.phone_book import take_phone_book
from liandong.messaging.actions.phone_book_plan import BookPlan, PhoneRow, plan_phone_book
from liandong.messaging.actions.receipts import record_outcome, resend

__all__ = [
    "BookPlan",
    "PhoneRow",
    "add_contact_point",
    "check_contact_point",
    "mark_delivered",
    "mark_read",
    "plan_phone_book",
    "record_outcome",
    "resend",
    "retire_contact_point",
    "send_message",
    "take_phone_book",
]
