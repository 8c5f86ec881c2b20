"""Everything attached in an incident: to its orders, or to it as a whole."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextField
from django.db.models.functions import Cast

from liandong.command.models import Incident, IncidentFile
from liandong.command.queries.incident import within
from liandong.command.queries.order import visible_orders
from liandong.kernel.actors import Actor
from liandong.kernel.files.models import File
from liandong.kernel.visibility import visible


@dataclass(frozen=True)
class Attached:
    """A file, what it shows, where it came from and who handed it in."""

    file: File
    caption: str
    by: str
    at: datetime

    @property
    def is_picture(self) -> bool:
        """Whether a browser draws it."""
        return self.file.media_type.startswith("image/")

    @property
    def kind(self) -> str:
        """How its tile is marked."""
        family = self.file.media_type.partition("/")[0]
        return {"image": "photo", "audio": "volume", "video": "player-play"}.get(
            family, "file-text"
        )


def attached(actor: Actor, incident: Incident) -> list[Attached]:
    """The files of an incident and of its orders that the actor may see, the newest first."""
    rows = visible(IncidentFile.objects.filter(within(incident)), actor)
    whole = [
        Attached(row.file, str(row), row.by, row.at) for row in rows.select_related("file")
    ]
    mine = visible_orders(actor).filter(within(incident)).order_by()
    keys = mine.annotate(key=Cast("pk", TextField())).values("key")
    # Asked of the database: a room with thousands of orders has files about a few.
    about = list(
        visible(File.objects.filter(subject_kind="command.order", subject_id__in=keys), actor)
    )
    orders = {str(one.pk): one for one in mine.filter(pk__in={one.subject_id for one in about})}
    parts = [
        Attached(
            file,
            file.name,
            f"{orders[file.subject_id]} {orders[file.subject_id].to_body}",
            file.at,
        )
        for file in about
    ]
    return sorted([*whole, *parts], key=lambda one: one.at, reverse=True)
