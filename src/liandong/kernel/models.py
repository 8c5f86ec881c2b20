"""Every table of the kernel, where Django looks for them."""

from liandong.kernel.basemaps.models import Basemap
from liandong.kernel.files.models import File, Upload
from liandong.kernel.heartbeats import Heartbeat
from liandong.kernel.identity import Node
from liandong.kernel.journal.models import Call, Delivery, Entry, Link, Outbox, Payload
from liandong.kernel.realms import Realm
from liandong.kernel.search.models import SearchDue, SearchMark, SearchRow
from liandong.kernel.timers import Timer

__all__ = [
    "Basemap",
    "Call",
    "Delivery",
    "Entry",
    "File",
    "Heartbeat",
    "Link",
    "Node",
    "Outbox",
    "Payload",
    "Realm",
    "SearchDue",
    "SearchMark",
    "SearchRow",
    "Timer",
    "Upload",
]
