"""Plans out to Word files and in from them."""

import io
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse

from liandong.documents import DOCX, read_docx
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.plans import actions, queries
from liandong.plans.adapters import Directory, plan_docx, read_plan
from liandong.plans.forms import ImportWordForm
from liandong.plans.models import Manuscript
from liandong.plans.permissions import Permission
from liandong.plans.states import PaperKind
from liandong.web.deeds import deed
from liandong.web.requests import actor_of, place_of


@login_required
def word(request: HttpRequest, key: str, number: int) -> FileResponse:
    """The plan as an official paper, with whom to call as far as the reader may see it."""
    version = queries.version_numbered(key, number)
    plan, book = queries.plan_of(version), queries.Book()
    content = plan_docx(
        plan,
        names=book.names,
        contacts=queries.contacts_of(plan, book, actor_of(request)),
        county=place_of(request).county,
        made_at=clock.now(ACTUAL),
    )
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=f"{version}.docx", content_type=DOCX
    )


@login_required
def take_in(request: HttpRequest) -> HttpResponse:
    """Read a plan out of a Word file into a manuscript, every guess to be confirmed there."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_VERSION)

    def run(data: dict[str, Any]) -> Manuscript:
        upload = data.pop("paper")
        name = str(upload.name)
        if not name.lower().endswith(".docx"):  # what it is, its bytes say; it is kept as that
            name = f"{name}.docx"
        directory = Directory(queries.Book().called, county=place_of(request).county)
        read = read_plan(read_docx(upload.read(), name), directory, name=name)
        begun = actions.begin_manuscript(
            actor, text=read.text_with_gaps, guesses=read.guesses, **data
        )
        upload.seek(0)
        key = data.get("idempotency_key", "")
        actions.keep_paper(
            actor,
            to=begun,
            name=name,
            content=upload,
            what=PaperKind.ORIGINAL,
            idempotency_key=key,
        )
        return begun

    return deed(
        request,
        ImportWordForm(request.POST or None, request.FILES or None),
        run=run,
        to=lambda made: reverse("plans:manuscript", args=[made.pk]),
        template="plans/import_word.html",
        context={"back": reverse("plans:plans")},
    )
