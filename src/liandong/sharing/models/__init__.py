"""Tables of sharing."""

from liandong.sharing.models.inspection import Inspection
from liandong.sharing.models.record import NumberBook, Record, RecordVersion
from liandong.sharing.models.taking import Taking

__all__ = ["Inspection", "NumberBook", "Record", "RecordVersion", "Taking"]
