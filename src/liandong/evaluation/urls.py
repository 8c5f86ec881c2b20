"""Addresses of evaluation."""

from django.urls import path

from liandong.evaluation.views import drill, entering, inject

app_name = "evaluation"
urlpatterns = [
    path("drills/", drill.drills, name="drills"),
    path("drills/new/", drill.plan, name="plan"),
    path("drills/leave/", entering.leave, name="leave"),
    path("drills/<uuid:pk>/", drill.drill, name="drill"),
    path("drills/<uuid:pk>/enter/", entering.enter, name="enter"),
    path("drills/<uuid:pk>/revise/", drill.revise, name="revise"),
    path("drills/<uuid:pk>/call-off/", drill.call_off, name="call_off"),
    path("drills/<uuid:pk>/enrol/", drill.enrol, name="enrol"),
    path("drills/<uuid:pk>/people/<uuid:person>/strike/", drill.strike, name="strike"),
    *(
        path(f"drills/<uuid:pk>/{name}/", drill.steer, {"name": name}, name=name)
        for name in drill.STEERING
    ),
    path("drills/<uuid:pk>/script/new/", inject.add, name="add_inject"),
    path("drills/<uuid:pk>/script/<uuid:inject>/tell/", inject.deliver, name="deliver"),
    path("drills/<uuid:pk>/script/<uuid:inject>/drop/", inject.drop, name="drop"),
]
