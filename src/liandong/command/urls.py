"""Addresses of command."""

from django.urls import path

from liandong.command import panels
from liandong.command.views import (
    call,
    field_post,
    incident,
    location,
    note,
    order,
    precaution,
    rehearsal,
    report,
    response,
    room,
    route,
    signal,
    situation,
    special_period,
    stats,
    step,
    wall,
)

app_name = "command"
urlpatterns = [
    path("desk/", panels.desk_part, name="desk_part"),
    path("desk/incidents/", panels.incidents_part, name="incidents_part"),
    path("calls/new/", call.new_call, name="new_call"),
    path("calls/alike/", call.alike, name="alike"),
    path("calls/map/", call.place_map, name="call_map"),
    path("signals/", signal.signals, name="signals"),
    path("signals/ring/", panels.ring_part, name="ring"),
    path("signals/paste/", signal.paste, name="paste"),
    path("signals/record/<uuid:pk>/", signal.take_up, name="take_up"),
    path("signals/<uuid:pk>/", signal.signal, name="signal"),
    path("signals/<uuid:pk>/take/", signal.take, name="take"),
    path("signals/<uuid:pk>/hand/", signal.hand, name="hand"),
    path("signals/<uuid:pk>/dismiss/", signal.dismiss, name="dismiss"),
    path("rehearsal/", rehearsal.rehearsal, name="rehearsal"),
    path("rehearsal/enter/", rehearsal.enter, name="enter_rehearsal"),
    path("rehearsal/leave/", rehearsal.leave, name="leave_rehearsal"),
    path("incidents/", incident.incidents, name="incidents"),
    path("incidents/new/", incident.enter, name="enter"),
    path("incidents/<uuid:pk>/", room.room, name="room"),
    *(
        path(f"incidents/<uuid:pk>/{name}/", room.part, {"name": name}, name=f"room_{name}")
        for name in room.PARTS
    ),
    path("incidents/<uuid:pk>/situation/", situation.situation, name="situation"),
    path("incidents/<uuid:pk>/severity/", incident.severity, name="severity"),
    path("incidents/<uuid:pk>/command/", incident.command, name="command"),
    path("incidents/<uuid:pk>/locate/", location.locate, name="locate"),
    path("incidents/<uuid:pk>/close/", incident.close, name="close"),
    path("incidents/<uuid:pk>/routes/", route.draw, name="draw_route"),
    path("routes/<uuid:pk>/withdraw/", route.withdraw, name="withdraw_route"),
    path("incidents/<uuid:pk>/fact/", incident.fact, name="fact"),
    path("incidents/<uuid:pk>/note/", note.note, name="note"),
    path("incidents/<uuid:pk>/attach/", note.attach, name="attach"),
    path("incidents/<uuid:pk>/stats/", stats.stats, name="stats"),
    path("incidents/<uuid:pk>/decide/", response.decide, name="decide"),
    path("incidents/<uuid:pk>/consult/", response.consult, name="consult"),
    path("incidents/<uuid:pk>/issue/", order.issue, name="issue"),
    path("incidents/<uuid:pk>/report/", report.add, name="add_report"),
    path("incidents/<uuid:pk>/open-field-post/", field_post.open_, name="open_field_post"),
    path("incidents/<uuid:pk>/steps/", step.measures, name="measures"),
    path("incidents/<uuid:pk>/steps/part/", step.part, name="measures_part"),
    path("runs/<uuid:pk>/add/", step.add, name="add_step"),
    path("runs/<uuid:pk>/<slug:step>/drop/", step.drop, name="drop_step"),
    path("runs/<uuid:pk>/<slug:step>/reassign/", step.reassign, name="reassign_step"),
    path("runs/<uuid:pk>/<slug:step>/reissue/", step.reissue, name="reissue_step"),
    path("tasks/<uuid:pk>/", step.task, name="task"),
    path("precautions/<uuid:pk>/", precaution.precaution, name="precaution"),
    path("precautions/<uuid:pk>/pass-over/", precaution.pass_over, name="pass_over"),
    path("field-posts/<uuid:pk>/", field_post.field_post, name="field_post"),
    path("field-posts/<uuid:pk>/part/", field_post.part, name="field_post_part"),
    path(
        "field-posts/<uuid:pk>/commander/", field_post.appoint, name="appoint_field_commander"
    ),
    path("field-posts/<uuid:pk>/group/", field_post.group, name="set_field_group"),
    path("field-posts/<uuid:pk>/note/", field_post.note, name="note_field_adjustment"),
    path("field-posts/<uuid:pk>/close/", field_post.close, name="close_field_post"),
    path("wall/", wall.wall, name="wall"),
    *(
        path(f"wall/{name}/", wall.part, {"name": name}, name=f"wall_{name}")
        for name in wall.PARTS
    ),
    path("periods/", special_period.periods, name="periods"),
    path("periods/part/", panels.periods_part, name="periods_part"),
    path("periods/declare/", special_period.declare, name="declare_period"),
    path("periods/<uuid:pk>/", special_period.period, name="period"),
    path("periods/<uuid:pk>/extend/", special_period.extend, name="extend_period"),
    path("periods/<uuid:pk>/lift/", special_period.lift, name="lift_period"),
    path("periods/filings/<uuid:pk>/", special_period.file, name="file_period"),
    path("consultations/<uuid:pk>/", response.consultation, name="consultation"),
    path(
        "consultations/<uuid:pk>/close/",
        response.close_consultation,
        name="close_consultation",
    ),
    path("decisions/<uuid:pk>/", response.decision, name="decision"),
    path("decisions/<uuid:pk>/sign/", response.sign, name="sign"),
    path("decisions/<uuid:pk>/consent/", response.consent, name="consent"),
    path("decisions/<uuid:pk>/refuse/", response.refuse, name="refuse_consent"),
    path("orders/<uuid:pk>/", order.order, name="order"),
    path("orders/<uuid:pk>/part/", order.part, name="order_part"),
    path("orders/<uuid:pk>/undo/", order.undo, name="order_undo"),
    *(
        path(
            f"orders/<uuid:pk>/{name}/",
            order.answer,
            {"name": name},
            name=f"order_{name.replace('-', '_')}",
        )
        for name in order.ANSWERS
    ),
    path("reports/clocks/", report.clocks, name="clocks"),
    path("reports/clocks/set/", report.set_clock, name="set_clock"),
    path("reports/<uuid:pk>/", report.report, name="report"),
    path("reports/<uuid:pk>/send/", report.send, name="send"),
    path("reports/<uuid:pk>/review/", report.review, name="review"),
]
