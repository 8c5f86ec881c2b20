"""Addresses of files."""

from django.urls import path

from liandong.kernel.files import views

app_name = "files"
urlpatterns = [
    path("", views.upload_whole, name="upload"),
    path("<uuid:pk>/", views.download, name="download"),
    path("uploads/", views.begin, name="begin"),
    path("uploads/<uuid:pk>/", views.piece, name="piece"),
    path("uploads/<uuid:pk>/finish/", views.finish, name="finish"),
]
