"""Loading a base map: examined, kept as a file under its digest, then told to the journal."""

from decimal import Decimal
from typing import BinaryIO

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.basemaps import archives, geojson
from liandong.kernel.basemaps.findings import wrong
from liandong.kernel.basemaps.models import Basemap
from liandong.kernel.basemaps.permissions import Permission
from liandong.kernel.events import Event, event
from liandong.kernel.files.actions import store_file
from liandong.kernel.files.kinds import LARGEST, recognize
from liandong.kernel.files.models import File
from liandong.kernel.wording import gettext as _

SUBJECT = "kernel.basemap"
READERS = {"geojson": geojson.examine, "pmtiles": archives.examine}
WHOLE = "county"
SIXTH = Decimal("0.000001")


@event("kernel.basemap_loaded", about="kernel.basemap")
class BasemapLoaded(Event):
    """The county draws its maps on another base from now on. ``bounds`` in degrees of WGS-84."""

    kind: str
    file_name: str
    digest: str
    size: int
    bounds: list[str]
    say = "装入底图：{file_name}"


def load_basemap(
    actor: Actor, *, name: str, content: BinaryIO, idempotency_key: str = ""
) -> Basemap:
    """Examine a file and make it the county's base map. Publishes ``BasemapLoaded``.

    Refuses what is neither GeoJSON nor PMTiles, is broken, lies outside China, or says that its
    coordinates are shifted. Nothing is kept of what is refused.
    """
    actor.demand(Permission.LOAD_BASEMAP)
    plain = name[:-5] + ".geojson" if name.lower().endswith(".json") else name
    kind = plain.rpartition(".")[2].lower()
    if kind not in READERS:
        raise wrong(
            name, _("只收 GeoJSON 和 PMTiles"), _("请选择 .geojson 或 .pmtiles 结尾的文件。")
        )
    recognize(plain, content)
    found = READERS[kind](name, content)
    content.seek(0)
    key = f"{idempotency_key}:file" if idempotency_key else ""
    file = store_file(
        actor,
        name=plain,
        content=content,
        audience={WHOLE},
        subject_kind=SUBJECT,
        subject_id=WHOLE,
        largest=LARGEST,
        idempotency_key=key,
    )
    return record_basemap(
        actor,
        file=file,
        kind=kind,
        bounds=[Decimal(one).quantize(SIXTH) for one in found.bounds],
        counts=found.counts,
        idempotency_key=idempotency_key,
    )


@action(Permission.LOAD_BASEMAP)
def record_basemap(
    actor: Actor,
    *,
    file: File,
    kind: str,
    bounds: list[Decimal],
    counts: dict[str, int],
    idempotency_key: str = "",
) -> Basemap:
    """Use an examined file as the base map. Publishes ``BasemapLoaded``.

    Called by ``load_basemap``, which has examined it; the former one of the kind stays in the files.
    """
    west, south, east, north = bounds
    row = Basemap.objects.create(
        kind=kind,
        file=file,
        west=west,
        south=south,
        east=east,
        north=north,
        counts=counts,
        at=clock.now(actor.realm),
    )
    fact = BasemapLoaded(
        subject_id=str(row.pk),
        kind=kind,
        file_name=file.name,
        digest=file.digest,
        size=file.size,
        bounds=[str(one) for one in bounds],
    )
    happened(fact, audience={WHOLE})
    return row
