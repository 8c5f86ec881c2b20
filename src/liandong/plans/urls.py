"""Addresses of plans."""

from django.urls import path

from liandong.plans import views

app_name = "plans"
urlpatterns = [
    path("", views.plans, name="plans"),
    path("facts/", views.facts, name="facts"),
    path("library/", views.library, name="library"),
    path("library/<slug:name>/", views.take, name="take"),
    path("<slug:key>/<int:number>/adopt/", views.adopt, name="adopt"),
    path("<slug:key>/", views.plan, name="plan"),
    path("<slug:key>/<int:number>/", views.plan, name="version"),
]
