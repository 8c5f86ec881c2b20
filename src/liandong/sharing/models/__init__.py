"""Tables of sharing."""

from liandong.sharing.models.alias import GoodsAlias
from liandong.sharing.models.inspection import Inspection
from liandong.sharing.models.record import NumberBook, Record, RecordVersion
from liandong.sharing.models.taking import Taking

__all__ = ["GoodsAlias", "Inspection", "NumberBook", "Record", "RecordVersion", "Taking"]
