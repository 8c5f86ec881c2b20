"""Addresses of messaging."""

from django.urls import path

from liandong.messaging.views import (
    call_list,
    call_outs,
    contact_points,
    messages,
    phone_book,
    receipts,
)

app_name = "messaging"
urlpatterns = [
    path("", messages.messages, name="messages"),
    path("unread/", messages.unread, name="unread"),
    path("shown/", messages.shown, name="shown"),
    path("call-outs/", call_outs.call_outs, name="call_outs"),
    path("call-outs/desk/", call_outs.desk_part, name="call_outs_part"),
    path("call-outs/list/", call_list.call_list, name="call_list"),
    path("call-outs/list/sheet/", call_list.sheet, name="call_list_sheet"),
    path("call-outs/list/test/", call_list.contact_test, name="contact_test"),
    path("call-outs/list/blank/", call_list.blank, name="call_list_blank"),
    path("call-outs/list/<uuid:pk>/retire/", call_list.retire, name="retire_call_listing"),
    path("call-outs/<uuid:pk>/", call_outs.call_out, name="call_out"),
    path("call-outs/<uuid:pk>/people/", call_outs.people, name="callees"),
    path("call-outs/<uuid:pk>/stop/", call_outs.stop, name="stop_call_out"),
    path("callees/<uuid:pk>/answer/", call_outs.answer, name="answer_callee"),
    path("callees/<uuid:pk>/absence/", call_outs.absence, name="miss_callee"),
    path("phone-book/", phone_book.phone_book, name="phone_book"),
    path("phone-book/blank/", phone_book.phone_book_blank, name="phone_book_blank"),
    path("<uuid:pk>/", messages.message, name="message"),
    path("<uuid:pk>/read/", messages.read, name="read"),
    path("receipts/<uuid:pk>/outcome/", receipts.outcome, name="outcome"),
    path("receipts/<uuid:pk>/resend/", receipts.resend, name="resend"),
    path("contacts/", contact_points.to_check, name="contacts_to_check"),
    path("contacts/<slug:kind>/<uuid:pk>/", contact_points.ways, name="contacts"),
    path("contacts/<slug:kind>/<uuid:pk>/add/", contact_points.add, name="add_contact"),
    path("contacts/<uuid:pk>/check/", contact_points.check, name="check_contact"),
    path("contacts/<uuid:pk>/retire/", contact_points.retire, name="retire_contact"),
]
