"""The editor of a manuscript, in which form and text are both true."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from liandong.kernel.actors import Actor
from liandong.kernel.problems import Problem
from liandong.kernel.wording import gettext as _
from liandong.plans import actions, queries
from liandong.plans.forms import PlaceForm
from liandong.plans.language.editing import Edit
from liandong.plans.models import Manuscript
from liandong.plans.views.editor_deeds import as_wanted, deed_asked, path_asked, unreadable
from liandong.plans.views.editor_page import FORMS, At, at_asked, context_of, posts_of, seen_at
from liandong.web.requests import actor_of

PARTS_ONLY, SEEN = "X-Editor", "X-Editor-Version"


@login_required
@require_GET
def manuscript(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The editor: levels, steps and their picture, beside them the text and what is to be mended."""
    found = queries.manuscript_visible(actor_of(request), str(pk))
    if request.headers.get(SEEN) == str(found.version):
        return HttpResponse(
            status=204
        )  # this page was the first to show what the journal tells
    return _drawn(request, found, at_asked(request.GET))


@login_required
@require_POST
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change one place: by a form over it, or by adding, taking away, moving or doubling something."""
    actor = actor_of(request)
    found, at = queries.manuscript_visible(actor, str(pk)), at_asked(request.GET)
    seen = queries.reading_of(_text_seen(found, request)).data or {}
    kind = request.POST.get("form", "")
    if kind:
        return _form_sent(request, actor, found, at, seen, kind)
    wanted, at = deed_asked(request.POST, seen, at)
    return _done(
        request, found, at, lambda: _carry_out(actor, found, wanted, _version(request))
    )


@login_required
@require_POST
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the whole text."""
    text = request.POST.get("text", "").replace("\r\n", "\n")
    settled = _version(request, "settled")
    return _act(request, pk, actions.write_manuscript, text=text, settled=settled)


@login_required
@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back one's own last change."""
    return _act(request, pk, actions.undo_change)


@login_required
@require_POST
def redo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make again what was taken back."""
    return _act(request, pk, actions.redo_change)


@login_required
@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a paragraph of the paper was read aright."""
    queries.manuscript_visible(
        actor_of(request), str(pk)
    )  # before anything is read of what came
    path = path_asked(request.POST.get("path", ""))
    return _act(request, pk, actions.confirm_guess, path=path)


@login_required
@require_POST
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the text into a draft of the plan."""
    return _act(request, pk, actions.put_into_draft)


def _act(request: HttpRequest, pk: UUID, do: Callable[..., Any], **given: Any) -> HttpResponse:
    """Do something to the manuscript as a whole."""
    actor = actor_of(request)
    found = queries.manuscript_visible(actor, str(pk))
    given |= {"manuscript": found, "expected_version": _version(request)}
    return _done(request, found, at_asked(request.GET), lambda: do(actor, **given))


def _form_sent(
    request: HttpRequest, actor: Actor, found: Manuscript, at: At, seen: Any, kind: str
) -> HttpResponse:
    path = path_asked(request.POST.get("path", ""))
    if kind not in FORMS or not FORMS[kind].fits(path):
        raise unreadable()
    form = FORMS[kind](
        request.POST,
        path=path,
        seen=seen_at(seen, path),
        posts=posts_of(queries.Book()),
        plans=queries.plans_known(),
        whole=seen,
    )
    if not form.is_valid():
        return _drawn(request, found, at, bound=form, status=422)
    edits = list(as_wanted(form.edits(), seen))
    new_id = next((one.value for one in edits if one.path[2::2] == ("steps", "id")), "")
    if new_id and at.step:
        at = replace(at, step=str(new_id))
    version = _version(request)
    return _done(
        request, found, at, lambda: _carry_out(actor, found, edits, version), bound=form
    )


def _carry_out(actor: Actor, found: Manuscript, edits: Iterable[Edit], version: int) -> None:
    """Each of several edits by itself, last the one that renames what the others are found by."""
    for one in sorted(edits, key=lambda each: each.path[-1:] == ("id",)):
        actions.edit_manuscript(actor, manuscript=found, edit=one, expected_version=version)


def _done(
    request: HttpRequest,
    found: Manuscript,
    at: At,
    run: Callable[[], Any],
    *,
    bound: PlaceForm | None = None,
) -> HttpResponse:
    """Do it, and show the manuscript as it is now; refused, with why and with what was typed."""
    try:
        run()
    except Problem as problem:
        found = queries.manuscript_visible(actor_of(request), str(found.pk))
        return _drawn(request, found, at, bound=bound, problem=problem, status=problem.status)
    if request.headers.get(PARTS_ONLY):
        found = queries.manuscript_visible(actor_of(request), str(found.pk))
        return _drawn(request, found, at)
    messages.success(request, _("已记下。"))
    return HttpResponseRedirect(address_of(found) + at.query, status=303)


def _drawn(
    request: HttpRequest,
    found: Manuscript,
    at: At,
    *,
    bound: PlaceForm | None = None,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    is_part = bool(request.headers.get(PARTS_ONLY))
    template = "plans/_editor.html" if is_part else "plans/manuscript.html"
    context = context_of(actor_of(request), found, at, bound, typed=_typed(request, problem))
    response = render(request, template, {**context, "problem": problem}, status=status)
    response["X-Editor-Query"] = context["at"].query
    response["Vary"] = f"{PARTS_ONLY}, {SEEN}"
    return response


def _typed(request: HttpRequest, problem: Problem | None) -> str | None:
    """A text that was refused stays in its box."""
    return request.POST.get("text") if problem else None


def _text_seen(found: Manuscript, request: HttpRequest) -> str:
    version = _version(request)
    if version == found.version:
        return found.readable_text
    change = queries.texts_of(found).filter(number=version).first()
    return change.text if change else found.readable_text


def _version(request: HttpRequest, name: str = "expected_version") -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def address_of(found: Manuscript) -> str:
    """Where a manuscript is edited."""
    return reverse("plans:manuscript", args=[found.pk])
