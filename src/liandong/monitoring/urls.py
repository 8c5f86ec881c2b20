"""Addresses of monitoring."""

from django.urls import path

from liandong.monitoring import panels
from liandong.monitoring.views import register, stations, warnings

app_name = "monitoring"
urlpatterns = [
    path("stations/", stations.stations, name="stations"),
    path("stations/new/", register.register, name="register"),
    path("stations/sheet/", register.stations_sheet, name="stations_sheet"),
    path("stations/sheet/blank/", register.stations_blank, name="stations_blank"),
    path("stations/<str:code>/edit/", register.edit, name="edit_station"),
    path("stations/<str:code>/threshold/", register.bound, name="set_threshold"),
    path("stations/<str:code>/rainstorm/", register.rainstorm, name="set_rainstorm"),
    path("stations/<str:code>/", stations.station, name="station"),
    path("stations/<str:code>/hydrograph.json", stations.hydrograph, name="hydrograph"),
    path("warnings/", warnings.warnings, name="warnings"),
    path("warnings/new/", warnings.draft, name="draft"),
    path("warnings/<uuid:pk>/", warnings.warning, name="warning"),
    path("warnings/<uuid:pk>/issue/", warnings.issue, name="issue"),
    path("warnings/<uuid:pk>/adjust/", warnings.adjust, name="adjust"),
    path("warnings/<uuid:pk>/lift/", warnings.lift, name="lift"),
    path("warnings/<uuid:pk>/discard/", warnings.discard, name="discard"),
    path("panels/drafts/", panels.drafts_part, name="drafts_part"),
    path("panels/active/", panels.active_part, name="active_part"),
    path("panels/strip/", panels.strip_part, name="strip_part"),
]
