"""From a form to an action and back: what every page that writes does, in one place."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from liandong.kernel.problems import Problem, SignatureWanted
from liandong.web.forms import DeedForm
from liandong.web.requests import is_htmx
from liandong.web.signing import Signing, ask, given, signing_of

Run = Callable[[dict[str, Any]], Any]
Then = Callable[[dict[str, Any], Any], HttpResponse]
To = str | Callable[[Any], str]


def deed(  # noqa: PLR0913 -- a page has the parts it has
    request: HttpRequest,
    form: DeedForm,
    *,
    run: Run,
    to: To,
    template: str = "web/deed.html",
    partial: str = "web/components/deed_form.html",
    context: Mapping[str, Any] | None = None,
    then: Then | None = None,
    undo: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Show the form, or run the action with what it cleaned to and go on to ``to``.

    ``then`` answers instead, given what was filled in and what was made: for what is shown once.
    ``undo`` names the address that takes back what was made while its toast is shown: by POST at
    once, by GET with a form of its own.

    Whatever refuses, the form or the action, the answer is the form again with the reason and
    with everything that was typed: 422, 409, 403 or 404, as the problem says.
    """
    around = {"form": form, "action": request.get_full_path(), **(context or {})}
    signing = signing_of(request)
    if signing and (form.signs or given(request.POST)[1]):
        ask(form, signing)
    if request.method != "POST":
        return _show(request, template, partial, around, status=200)
    if not form.is_valid():
        return _show(request, template, partial, around, status=422)
    try:
        made = _run(run, form, signing)
    except Problem as problem:
        form.refuse(problem)
        return _show(request, template, partial, around, status=problem.status)
    if then is not None:
        return then(form.cleaned_data, made)
    url = to if isinstance(to, str) else to(made)
    return _done(request, form, url, undo(made) if undo else "")


def _run(run: Run, form: DeedForm, signing: Signing | None) -> Any:
    """Do it; on a shared machine, with the signature that was given or by asking for one."""
    if signing and signing.problem:
        raise signing.problem
    try:
        return run(form.arguments())
    except SignatureWanted:
        if signing:
            ask(form, signing)
        raise


def _done(request: HttpRequest, form: DeedForm, url: str, undo: str) -> HttpResponse:
    words = str(form.done)
    if request.headers.get("X-Dialog") == url:
        # It was done over the page it leads to, which needs no reload.
        headers = {"X-Done": quote(words)}
        if not undo:
            return HttpResponse(status=204, headers=headers)
        told = {"words": words, "undo": undo}
        toast = render_to_string("web/components/toast.html", told, request)
        return HttpResponse(toast, headers=headers)
    if words:
        messages.success(request, words, extra_tags=undo)
    return go(request, url)


def go(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser on: by a header when htmx asked, else by a redirect."""
    if is_htmx(request):
        return HttpResponse(headers={"HX-Redirect": url})
    return (
        HttpResponseRedirect(url, status=303)
        if request.method == "POST"
        else HttpResponseRedirect(url)
    )


def _show(
    request: HttpRequest, template: str, partial: str, context: dict[str, Any], *, status: int
) -> HttpResponse:
    name = partial if is_htmx(request) else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
