"""What sharing tells the apps above it. Figures are numbers, times ISO 8601."""

from liandong.sharing.events.goods import GoodsNamed, GoodsNameDropped
from liandong.sharing.events.map_view import MapViewDropped, MapViewSaved
from liandong.sharing.events.record import (
    DefectMended,
    InspectionRecorded,
    RecordChanged,
    RecordConfirmed,
    RecordEntered,
    RecordFileAttached,
    RecordRestored,
    RecordsMerged,
    RecordsTaken,
    RecordWithdrawn,
)
from liandong.sharing.events.round import (
    BulletinApproved,
    BulletinCompiled,
    BulletinDistributed,
    BulletinRejected,
    BulletinSigned,
    ReturnAccepted,
    ReturnSentBack,
    ReturnSubmitted,
    RoundOpened,
    UnitsReminded,
)

__all__ = [
    "BulletinApproved",
    "BulletinCompiled",
    "BulletinDistributed",
    "BulletinRejected",
    "BulletinSigned",
    "DefectMended",
    "GoodsNameDropped",
    "GoodsNamed",
    "InspectionRecorded",
    "MapViewDropped",
    "MapViewSaved",
    "RecordChanged",
    "RecordConfirmed",
    "RecordEntered",
    "RecordFileAttached",
    "RecordRestored",
    "RecordWithdrawn",
    "RecordsMerged",
    "RecordsTaken",
    "ReturnAccepted",
    "ReturnSentBack",
    "ReturnSubmitted",
    "RoundOpened",
    "UnitsReminded",
]
