"""Addresses of sharing."""

from django.urls import path

from liandong.sharing.views import goods, intake, record, registers

app_name = "sharing"
urlpatterns = [
    path("", registers.registers, name="registers"),
    path("due/", registers.due, name="due"),
    path("registers/<slug:kind>/", registers.records, name="records"),
    path("registers/<slug:kind>/new/", record.enter, name="enter"),
    path("registers/<slug:kind>/import/", intake.take, name="take"),
    path("registers/<slug:kind>/blank/", intake.blank, name="blank"),
    path("registers/<slug:kind>/sheet/", intake.sheet, name="sheet"),
    path("registers/<slug:kind>/imports/", intake.takings, name="takings"),
    path("imports/<uuid:pk>/undo/", intake.undo, name="undo"),
    path("goods/", goods.goods_names, name="goods_names"),
    path("goods/new/", goods.name_goods, name="name_goods"),
    path("goods/<int:pk>/drop/", goods.drop_goods_name, name="drop_goods_name"),
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
