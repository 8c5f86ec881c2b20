"""Addresses of messaging."""

from django.urls import path

from liandong.messaging.views import contact_points, messages, phone_book, receipts

app_name = "messaging"
urlpatterns = [
    path("", messages.messages, name="messages"),
    path("unread/", messages.unread, name="unread"),
    path("shown/", messages.shown, name="shown"),
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
