"""The year's plan of drills: a page to print, and a Word file."""

import io

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.documents import DOCX
from liandong.evaluation import queries
from liandong.evaluation.adapters.year_paper import basis, year_docx
from liandong.evaluation.permissions import Permission
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded
from liandong.web.requests import actor_of, place_of


def year(request: HttpRequest, number: int) -> HttpResponse:
    """What is planned for which day, and what the law wants besides."""
    actor = actor_of(request)
    actor.demand(Permission.READ_DRILL)
    found = queries.drills_of_year(actor, number)
    context = {
        "year": found,
        "county": place_of(request).county,
        "basis": basis(),
        "may_plan": actor.realm == ACTUAL and actor.may(Permission.PLAN_DRILL),
    }
    return render(request, "evaluation/year.html", context)


def word(request: HttpRequest, number: int) -> FileResponse:
    """It as a Word file."""
    actor = actor_of(request)
    actor.demand(Permission.READ_DRILL)
    found = queries.drills_of_year(actor, number)
    with recorded():
        content = year_docx(found, county=place_of(request).county, made_at=clock.now(ACTUAL))
        name = _("%(year)d年应急演练计划.docx") % {"year": number}
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=str(name), content_type=DOCX
    )
