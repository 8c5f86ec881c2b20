"""Which series the Datastreams of platforms are."""

from liandong.monitoring.models import Datastream


def places_of_datastreams() -> dict[str, tuple[str, str]]:
    """Station code and quantity of every Datastream that is mapped."""
    rows = Datastream.objects.values_list("name", "series__station__code", "series__quantity")
    return {name: (code, quantity) for name, code, quantity in rows}
