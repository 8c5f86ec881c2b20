"""Tables of sharing."""

from liandong.sharing.models.alias import GoodsAlias
from liandong.sharing.models.bulletin import Bulletin, Receipt
from liandong.sharing.models.inspection import Inspection
from liandong.sharing.models.map_view import MapView
from liandong.sharing.models.record import NumberBook, Record, RecordVersion
from liandong.sharing.models.round import Return, Round
from liandong.sharing.models.taking import Taking

__all__ = [
    "Bulletin",
    "GoodsAlias",
    "Inspection",
    "MapView",
    "NumberBook",
    "Receipt",
    "Record",
    "RecordVersion",
    "Return",
    "Round",
    "Taking",
]
