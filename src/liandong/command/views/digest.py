"""Digests: those there are, compiling one in one click, its words, signing and sending it, its papers."""

import io
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.adapters.digest_paper import digest_docx, register_xlsx
from liandong.command.forms.digest import CompileForm, EditDigestForm, IssueDigestForm
from liandong.command.permissions import Permission
from liandong.command.rules.digest import demand_unissued, text_of
from liandong.command.states import DigestKind
from liandong.documents import DOCX
from liandong.kernel.identity import this_node
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries as messaging
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

MOST = 60
MOST_CHOICES = 40
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def digests(request: HttpRequest) -> HttpResponse:
    """Those there are, and a button for each kind."""
    actor = actor_of(request)
    context = {
        "digests": list(queries.visible_digests(actor)[:MOST]),
        "kinds": list(DigestKind),
        "may_compile": actor.may(Permission.COMPILE_DIGEST),
    }
    return render(request, "command/digests.html", context)


def compile_(request: HttpRequest, kind: str) -> HttpResponse:
    """Compile one: at once for the last whole day or week, or by a form for another."""
    actor = actor_of(request)
    actor.demand(Permission.COMPILE_DIGEST)
    if kind not in DigestKind:
        raise Missing(_("没有这种值班信息。"), remedy=_("请从值班信息进入。"))
    wanted = DigestKind(kind)
    choices = list(queries.visible_incidents(actor).order_by("-opened_at")[:MOST_CHOICES])
    return deed(
        request,
        CompileForm(request.POST or None, kind=wanted, choices=choices),
        run=lambda data: actions.compile_digest(actor, kind=wanted, **data),
        to=lambda made: reverse("command:digest", args=[made.pk]),
        context={"title": wanted.label, "back": reverse("command:digests")},
    )


def digest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One, as it is printed; below it who got it and who has read it."""
    actor = actor_of(request)
    found = queries.digest_for(actor, pk)
    context = {
        "digest": found,
        "text": text_of(found),
        "sent": messaging.read_of("command.digest", str(found.pk)) if found.is_issued else [],
        "may_edit": not found.is_issued and actor.may(Permission.COMPILE_DIGEST),
        "may_issue": not found.is_issued and actor.may(Permission.ISSUE_DIGEST),
    }
    return render(request, "command/digest.html", context)


def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put it in other words."""
    actor = actor_of(request)
    actor.demand(Permission.COMPILE_DIGEST)
    found = queries.digest_for(actor, pk)
    demand_unissued(found)
    page = reverse("command:digest", args=[found.pk])
    form = EditDigestForm(
        request.POST or None, initial={"expected_version": found.version}, digest=found
    )
    return deed(
        request,
        form,
        run=lambda data: actions.edit_digest(actor, digest=found, **data),
        to=page,
        context={"note": found.title, "back": page},
    )


def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign it and send it."""
    actor = actor_of(request)
    actor.demand(Permission.ISSUE_DIGEST)
    found = queries.digest_for(actor, pk)
    page = reverse("command:digest", args=[found.pk])
    return deed(
        request,
        IssueDigestForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.issue_digest(actor, digest=found, **data),
        to=page,
        context={"note": found.title, "back": page},
    )


def docx(request: HttpRequest, pk: UUID) -> FileResponse:
    """It as a Word file."""
    found = queries.digest_for(actor_of(request), pk)
    node = this_node()
    content = digest_docx(found, county=node.name if node else "")
    return FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=f"{found.title}.docx",
        content_type=DOCX,
    )


def xlsx(request: HttpRequest, pk: UUID, key: str) -> FileResponse:
    """One of its registers as a workbook."""
    found = queries.digest_for(actor_of(request), pk)
    content = register_xlsx(found, key)
    return FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=f"{found.title}.xlsx",
        content_type=XLSX,
    )
