"""Addresses of evaluation."""

from django.urls import path

from liandong.evaluation import panels
from liandong.evaluation.views import (
    conversion,
    drill,
    entering,
    evaluation,
    improvement,
    inject,
    script_sheet,
    year,
)

app_name = "evaluation"
urlpatterns = [
    path("drills/", drill.drills, name="drills"),
    path("drills/new/", drill.plan, name="plan"),
    path("drills/year/<int:number>/", year.year, name="year"),
    path("drills/year/<int:number>/docx/", year.word, name="year_docx"),
    path("drills/leave/", entering.leave, name="leave"),
    path("drills/bar/", panels.bar_part, name="bar"),
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
    path("drills/<uuid:pk>/convert/", conversion.convert, name="convert"),
    path("drills/<uuid:pk>/report/", evaluation.report, name="report"),
    path("drills/<uuid:pk>/report/observe/", evaluation.observe, name="observe"),
    path("drills/<uuid:pk>/report/aims/<int:number>/", evaluation.rate, name="rate"),
    path("drills/<uuid:pk>/report/conclude/", evaluation.conclude, name="conclude"),
    path("drills/<uuid:pk>/report/improve/", evaluation.ask, name="ask"),
    path("improvements/", improvement.improvements, name="improvements"),
    path("improvements/<uuid:pk>/finish/", improvement.finish, name="finish_improvement"),
    path("improvements/<uuid:pk>/check/", improvement.check, name="check_improvement"),
    path("drills/<uuid:pk>/script/new/", inject.add, name="add_inject"),
    path("drills/<uuid:pk>/script/sheet/", script_sheet.script_sheet, name="script_sheet"),
    path(
        "drills/<uuid:pk>/script/sheet/blank/", script_sheet.script_blank, name="script_blank"
    ),
    path("drills/<uuid:pk>/script/sheet/out/", script_sheet.script_out, name="script_out"),
    path("drills/<uuid:pk>/script/<uuid:inject>/tell/", inject.deliver, name="deliver"),
    path("drills/<uuid:pk>/script/<uuid:inject>/drop/", inject.drop, name="drop"),
]
