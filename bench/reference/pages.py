"""Reference: the plainest views of the same rows: one query, one loop, the page's own bytes around."""

import os
import re
from pathlib import Path
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import Context, Template
from django.urls import path

application = get_wsgi_application()

from liandong.command.models import Incident, Order  # noqa: E402 -- app ready
from liandong.monitoring.models import Station  # noqa: E402 -- app ready

CHROME = Path(os.environ["BENCH_CHROME"])
# What our pages write around and into each row, a Django template of the same weight.
ROW = """<tr data-row><td><a href="/command/incidents/{{ row.pk }}/">{{ row.title }}</a></td><td>{{ row.number }}</td>
<td>{{ row.get_state_display }}</td><td>{{ row.get_severity_display }}</td><td>{{ row.received_at|date:"n月j日 H:i" }}</td>
<td>{{ row.place }}</td></tr>"""
before, after = re.split(
    r"<tbody.*</tbody>", (CHROME / "list.html").read_text(), maxsplit=1, flags=re.DOTALL
)
LIST = Template(
    "{{ before|safe }}<tbody>{% for row in rows %}"
    + ROW
    + "{% endfor %}</tbody>{{ after|safe }}"
)
DETAIL = Template(
    "{{ page|safe }}<p>{{ order.number }} {{ order.text }} {{ order.to_body.name }}</p>"
)
page = (CHROME / "detail.html").read_text()


@login_required
def listed(_request: HttpRequest) -> HttpResponse:
    """A page of incidents."""
    rows = Incident.objects.filter(realm="actual").order_by("-opened_at", "-pk")[:50]
    return HttpResponse(LIST.render(Context({"rows": rows, "before": before, "after": after})))


@login_required
def detail(_request: HttpRequest, pk: UUID) -> HttpResponse:
    """An order."""
    order = Order.objects.select_related("to_body", "to_post", "incident", "response").get(
        pk=pk
    )
    return HttpResponse(DETAIL.render(Context({"order": order, "page": page})))


@login_required
def api(_request: HttpRequest) -> HttpResponse:
    """The stations."""
    fields = ("code", "name", "kind", "river", "lon", "lat", "datum")
    return JsonResponse({"stations": list(Station.objects.values(*fields))})


urlpatterns = [
    path("command/incidents/", listed),
    path("command/orders/<uuid:pk>/", detail),
    path("api/monitoring/stations", api),
]
