"""What sharing can do."""

from liandong.sharing.actions.record import (
    change_record,
    confirm_record,
    enter_record,
    restore_record,
    withdraw_record,
)
from liandong.sharing.actions.taking import take_records
from liandong.sharing.actions.writing import RecordRow

__all__ = [
    "RecordRow",
    "change_record",
    "confirm_record",
    "enter_record",
    "restore_record",
    "take_records",
    "withdraw_record",
]
