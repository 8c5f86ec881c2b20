"""What sharing can do."""

from liandong.sharing.actions.bulletin import (
    approve_bulletin,
    compile_bulletin,
    distribute_bulletin,
    reject_bulletin,
    sign_bulletin,
)
from liandong.sharing.actions.goods import drop_goods_name, name_goods
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
from liandong.sharing.actions.sheet import take_sheet, undo_taking
from liandong.sharing.actions.sheet_plan import Planned, plan_sheet, unread_columns
from liandong.sharing.actions.taking import take_records
from liandong.sharing.actions.writing import RecordRow, row_of

__all__ = [
    "Planned",
    "RecordRow",
    "accept_return",
    "approve_bulletin",
    "attach_record_file",
    "change_record",
    "compile_bulletin",
    "confirm_record",
    "distribute_bulletin",
    "drop_goods_name",
    "drop_map_view",
    "enter_record",
    "merge_records",
    "name_goods",
    "open_round",
    "plan_sheet",
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
    "take_sheet",
    "undo_taking",
    "unread_columns",
    "withdraw_record",
]
