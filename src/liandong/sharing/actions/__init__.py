"""What sharing can do."""

from liandong.sharing.actions.goods import drop_goods_name, name_goods
from liandong.sharing.actions.inspection import record_inspection, report_mended
from liandong.sharing.actions.record import (
    attach_record_file,
    change_record,
    confirm_record,
    enter_record,
    restore_record,
    withdraw_record,
)
from liandong.sharing.actions.sheet import take_sheet, undo_taking
from liandong.sharing.actions.sheet_plan import Planned, plan_sheet
from liandong.sharing.actions.taking import take_records
from liandong.sharing.actions.writing import RecordRow, row_of

__all__ = [
    "Planned",
    "RecordRow",
    "attach_record_file",
    "change_record",
    "confirm_record",
    "drop_goods_name",
    "enter_record",
    "name_goods",
    "plan_sheet",
    "record_inspection",
    "report_mended",
    "restore_record",
    "row_of",
    "take_records",
    "take_sheet",
    "undo_taking",
    "withdraw_record",
]
