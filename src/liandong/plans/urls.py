"""Addresses of plans."""

from django.urls import path

from liandong.plans.views import check_up, fact, library, life, register, version, what_if

app_name = "plans"
urlpatterns = [
    path("", version.plans, name="plans"),
    path("facts/", fact.facts, name="facts"),
    path("library/", library.library, name="library"),
    path("library/<slug:name>/", library.take, name="take"),
    path("check-up/", check_up.county, name="county_check_up"),
    path("register/", register.register, name="register"),
    path("calendar/", register.calendar, name="calendar"),
    path("opinions/", life.opinions, name="opinions"),
    path("opinions/<uuid:pk>/", life.give_opinion, name="give_opinion"),
    path("opinions/<uuid:pk>/settle/", life.settle_opinion, name="settle_opinion"),
    *(
        path(f"<slug:key>/<int:number>/{name.replace('_', '-')}/", life.page(name), name=name)
        for name in life.DEEDS
    ),
    path("<slug:key>/check-up/", check_up.plan, name="check_up"),
    path("<slug:key>/<int:number>/adopt/", version.adopt, name="adopt"),
    path("<slug:key>/what-if/", what_if.what_if, name="what_if"),
    path("<slug:key>/<int:number>/what-if/", what_if.what_if, name="version_what_if"),
    path("<slug:key>/", version.plan, name="plan"),
    path("<slug:key>/<int:number>/", version.plan, name="version"),
]
