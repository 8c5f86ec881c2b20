"""Addresses of the chrome's own pages."""

from django.urls import path

from liandong.web.views import chrome, gallery, journal, operations

app_name = "web"
urlpatterns = [
    path("nav/", chrome.nav, name="nav"),
    path("journal/", journal.entries, name="journal"),
    path("journal/<int:position>/", journal.entry, name="entry"),
    path("journal/<int:position>/erase/", journal.erase, name="erase"),
    path("operations/", operations.board, name="operations"),
    path("operations/timers/<uuid:timer>/ring/", operations.ring, name="ring"),
    path("operations/deliveries/<int:delivery>/retry/", operations.retry, name="retry"),
    path("gallery/", gallery.components, name="gallery"),
]
