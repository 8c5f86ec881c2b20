"""The chrome's own entries in the account menu."""

from django.utils.translation import gettext_lazy as _

from liandong.kernel.basemaps.permissions import Permission as Basemaps
from liandong.kernel.upkeep.permissions import Permission
from liandong.web import nav

nav.entry(_("一张图"), "web:map", order=25, key="gt")
nav.entry(
    _("底图"),
    "web:basemap",
    Basemaps.LOAD_BASEMAP,
    order=905,
    icon="map-2",
    in_menu=True,
)
nav.entry(
    _("流水"),
    "web:journal",
    Permission.READ_JOURNAL,
    order=900,
    icon="list-details",
    in_menu=True,
)
nav.entry(
    _("运行状况"),
    "web:operations",
    Permission.RETRY_DELIVERY,
    order=910,
    icon="heartbeat",
    in_menu=True,
)
nav.entry(
    _("组件"),
    "web:gallery",
    Permission.RETRY_DELIVERY,
    order=990,
    icon="layout-grid",
    in_menu=True,
)
