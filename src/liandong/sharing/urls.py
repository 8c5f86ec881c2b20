"""Addresses of sharing."""

from django.urls import path

from liandong.sharing.views import map_view, record, region, registers

app_name = "sharing"
urlpatterns = [
    path("", registers.registers, name="registers"),
    path("map/", region.region, name="region"),
    path("map/views/save/", map_view.save, name="save_map_view"),
    path("map/views/<uuid:pk>/drop/", map_view.drop, name="drop_map_view"),
    path("due/", registers.due, name="due"),
    path("registers/<slug:kind>/", registers.records, name="records"),
    path("registers/<slug:kind>/new/", record.enter, name="enter"),
    path("records/<str:number>/", record.record, name="record"),
    path("records/<str:number>/change/", record.change, name="change"),
    path("records/<str:number>/outline/", record.outline, name="outline"),
    path("records/<str:number>/confirm/", record.confirm, name="confirm"),
    path("records/<str:number>/withdraw/", record.withdraw, name="withdraw"),
    path("records/<str:number>/restore/", record.restore, name="restore"),
    path("records/<str:number>/attach/", record.attach, name="attach"),
    path("records/<str:number>/inspect/", record.inspect, name="inspect"),
    path("records/<str:number>/inspections/<uuid:pk>/mended/", record.mended, name="mended"),
]
