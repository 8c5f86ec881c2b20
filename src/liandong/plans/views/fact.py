"""Pages of facts: what may be asked."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.plans.language import dictionary


@login_required
def facts(request: HttpRequest) -> HttpResponse:
    """The fact dictionary: what may be asked, of whom, in which unit."""
    return render(request, "plans/fact_list.html", {"facts": dictionary().values()})
