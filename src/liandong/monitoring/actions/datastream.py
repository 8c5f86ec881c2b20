"""Saying which series a platform's Datastream is."""

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.monitoring import rules
from liandong.monitoring.events import DatastreamMapped
from liandong.monitoring.models import Datastream, Series
from liandong.monitoring.permissions import Permission

LONGEST = 100


@action(Permission.REGISTER_STATION)
def map_datastream(
    actor: Actor, *, name: str, series: Series, idempotency_key: str = ""
) -> Datastream:
    """Say which series a Datastream is, or that it is another one now. Publishes ``DatastreamMapped``.

    Refuses a Datastream without a name, and drills. What came in before stays where it is.
    """
    rules.demand_actual(actor)
    name = name.strip()
    if not name or len(name) > LONGEST:
        raise Invalid(
            _("数据流的名称应在 1 到 100 字之间。"),
            place="name",
            remedy=_("请填平台上的 @iot.id 或名称。"),
        )
    row, _made = Datastream.objects.update_or_create(name=name, defaults={"series": series})
    happened(
        DatastreamMapped(
            subject_id=str(series.pk),
            datastream=name,
            station=series.station.name,
            quantity=series.quantity,
        ),
        audience={"county"},
    )
    return row
