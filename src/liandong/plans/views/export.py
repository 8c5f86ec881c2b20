"""A version of a plan as a Word file."""

import io

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest

from liandong.documents import DOCX
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.plans import queries
from liandong.plans.adapters import plan_docx
from liandong.plans.views.version import version_among
from liandong.web.requests import actor_of, place_of


@login_required
def word(request: HttpRequest, key: str, number: int) -> FileResponse:
    """The plan as an official paper, with whom to call as far as the reader may see it."""
    version = version_among(list(queries.versions_of(key)), number)
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
