"""The search box over everything, and the same as a page of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from liandong.kernel.search.asking import LONGEST
from liandong.kernel.search.finding import Found, find
from liandong.kernel.search.indexing import sources
from liandong.web.requests import actor_of, is_htmx

IN_BOX = 6  # of a kind, so that none fills the box


@dataclass
class Group:
    """What was found of a kind, under its heading."""

    label: str
    icon: str
    found: list[Found] = field(default_factory=list)


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What fits ``?q=``, by kind, the kind of what fits best first; htmx is given the part alone."""
    text = request.GET.get("q", "").replace("\0", "")[:LONGEST]
    groups = _groups(find(actor_of(request), text))
    boxed = is_htmx(request)
    if boxed:
        for group in groups:
            del group.found[IN_BOX:]
    return render(
        request,
        "web/search/_found.html" if boxed else "web/search/page.html",
        {
            "typed": text,
            "groups": groups,
            "count": sum(len(group.found) for group in groups),
            "boxed": boxed,
            "longest": LONGEST,
        },
    )


def _groups(found: Iterable[Found]) -> list[Group]:
    groups: dict[str, Group] = {}
    for one in found:
        if source := sources.get(one.kind):
            group = groups.setdefault(one.kind, Group(str(source.label), source.icon))
            group.found.append(one)
    return list(groups.values())
