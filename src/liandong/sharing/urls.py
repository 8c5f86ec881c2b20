"""Addresses of sharing."""

from django.urls import path

from liandong.sharing.views import bulletins, map_view, record, region, registers, rounds

app_name = "sharing"
urlpatterns = [
    path("", registers.registers, name="registers"),
    path("map/", region.region, name="region"),
    path("map/views/save/", map_view.save, name="save_map_view"),
    path("map/views/<uuid:pk>/drop/", map_view.drop, name="drop_map_view"),
    path("due/", registers.due, name="due"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.open_round, name="open_round"),
    path("rounds/<uuid:pk>/", rounds.board, name="round"),
    path("rounds/<uuid:pk>/compile/", bulletins.compile_bulletin, name="compile"),
    path("returns/<uuid:pk>/", rounds.own_return, name="return"),
    path("returns/<uuid:pk>/submit/", rounds.submit, name="submit"),
    path("returns/<uuid:pk>/send-back/", rounds.send_back, name="send_back"),
    path("returns/<uuid:pk>/accept/", rounds.accept, name="accept"),
    path("bulletins/<uuid:pk>/", bulletins.bulletin, name="bulletin"),
    path("bulletins/<uuid:pk>/approve/", bulletins.approve, name="approve"),
    path("bulletins/<uuid:pk>/reject/", bulletins.reject, name="reject"),
    path("bulletins/<uuid:pk>/distribute/", bulletins.distribute, name="distribute"),
    path("bulletins/<uuid:pk>/sign/<uuid:body>/", bulletins.sign, name="sign"),
    path("records/<str:number>/merge/", rounds.merge, name="merge"),
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
