"""What sharing can do."""

from liandong.sharing.actions.bulletin import (
    approve_bulletin,
    compile_bulletin,
    distribute_bulletin,
    reject_bulletin,
    sign_bulletin,
)
from liandong.sharing.actions.inspection import record_inspection, report_mended
from liandong.sharing.actions.map_view import drop_map_view, save_map_view
from liandong.sharing.actions.merging import merge_records
from liandong.sharing.actions.record import (
    attach_record_file,
    change_record,
    confirm_record,
    enter_record,
    restore_record,
    withdraw_record,
)
from liandong.sharing.actions.returns import accept_return, send_back_return, submit_return
from liandong.sharing.actions.round import open_round, remind_of_receipts, remind_of_returns
from liandong.sharing.actions.taking import take_records
from liandong.sharing.actions.writing import RecordRow, row_of

__all__ = [
    "RecordRow",
    "accept_return",
    "approve_bulletin",
    "attach_record_file",
    "change_record",
    "compile_bulletin",
    "confirm_record",
    "distribute_bulletin",
    "drop_map_view",
    "enter_record",
    "merge_records",
    "open_round",
    "record_inspection",
    "reject_bulletin",
    "remind_of_receipts",
    "remind_of_returns",
    "report_mended",
    "restore_record",
    "row_of",
    "save_map_view",
    "send_back_return",
    "sign_bulletin",
    "submit_return",
    "take_records",
    "withdraw_record",
]
