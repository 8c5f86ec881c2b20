"""What sharing can do."""

from liandong.sharing.actions.inspection import record_inspection, report_mended
from liandong.sharing.actions.map_view import drop_map_view, save_map_view
from liandong.sharing.actions.record import (
    attach_record_file,
    change_record,
    confirm_record,
    enter_record,
    restore_record,
    withdraw_record,
)
from liandong.sharing.actions.taking import take_records
from liandong.sharing.actions.writing import RecordRow, row_of

__all__ = [
    "RecordRow",
    "attach_record_file",
    "change_record",
    "confirm_record",
    "drop_map_view",
    "enter_record",
    "record_inspection",
    "report_mended",
    "restore_record",
    "row_of",
    "save_map_view",
    "take_records",
    "withdraw_record",
]
