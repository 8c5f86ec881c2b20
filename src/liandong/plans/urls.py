"""Addresses of plans."""

from django.urls import path

from liandong.plans.views import (
    check_up,
    comparison,
    editor,
    fact,
    library,
    life,
    manuscript,
    register,
    version,
    what_if,
    word,
)

app_name = "plans"
urlpatterns = [
    path("", version.plans, name="plans"),
    path("facts/", fact.facts, name="facts"),
    path("library/", library.library, name="library"),
    path("library/<slug:name>/", library.take, name="take"),
    path("manuscripts/", manuscript.manuscripts, name="manuscripts"),
    path("manuscripts/begin/", manuscript.begin, name="begin_manuscript"),
    path("manuscripts/<uuid:pk>/", editor.manuscript, name="manuscript"),
    path("manuscripts/<uuid:pk>/edit/", editor.edit, name="edit_manuscript"),
    path("manuscripts/<uuid:pk>/write/", editor.write, name="write_manuscript"),
    path("manuscripts/<uuid:pk>/undo/", editor.undo, name="undo_change"),
    path("manuscripts/<uuid:pk>/redo/", editor.redo, name="redo_change"),
    path("manuscripts/<uuid:pk>/confirm/", editor.confirm, name="confirm_guess"),
    path("manuscripts/<uuid:pk>/draft/", editor.draft, name="put_into_draft"),
    path("manuscripts/<uuid:pk>/discard/", manuscript.discard, name="discard_manuscript"),
    path("import/", word.take_in, name="import_word"),
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
    path("<slug:key>/<int:number>/attach/", life.attach, name="attach"),
    path("<slug:key>/<int:number>/adopt/", version.adopt, name="adopt"),
    path("<slug:key>/<int:number>/revise/", manuscript.revise, name="revise"),
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
