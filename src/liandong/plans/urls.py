"""Addresses of plans."""

from django.urls import path

from liandong.plans.views import check_up, comparison, fact, library, version, what_if, word

app_name = "plans"
urlpatterns = [
    path("", version.plans, name="plans"),
    path("facts/", fact.facts, name="facts"),
    path("library/", library.library, name="library"),
    path("library/<slug:name>/", library.take, name="take"),
    path("import/", word.take_in, name="import_word"),
    path("check-up/", check_up.county, name="county_check_up"),
    path("<slug:key>/check-up/", check_up.plan, name="check_up"),
    path("<slug:key>/<int:number>/adopt/", version.adopt, name="adopt"),
    path("<slug:key>/what-if/", what_if.what_if, name="what_if"),
    path("<slug:key>/<int:number>/what-if/", what_if.what_if, name="version_what_if"),
    path(
        "<slug:key>/compare/<int:before>/<int:after>/",
        comparison.comparison,
        name="comparison",
    ),
    path("<slug:key>/<int:number>/word/", word.word, name="word"),
    path("<slug:key>/", version.plan, name="plan"),
    path("<slug:key>/<int:number>/", version.plan, name="version"),
]
