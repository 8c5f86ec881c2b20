"""Reference: the plainest views of what our pages read: its queries, one loop, the page's own bytes around."""

import os
import re
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.core.wsgi import get_wsgi_application
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import Context, Template
from django.urls import path

application = get_wsgi_application()

from bench.reference.order_page import detail  # noqa: E402 -- app ready
from liandong.command.models import Incident, Order  # noqa: E402 -- app ready
from liandong.command.states import LIVE  # noqa: E402 -- app ready
from liandong.monitoring.models import Station  # noqa: E402 -- app ready

CHROME = Path(os.environ["BENCH_CHROME"])
# What our pages write around and into each row, a Django template of the same weight.
ROW = """<tr data-row><td><a href="/command/incidents/{{ row.pk }}/">{{ row.title }}</a></td><td>{{ row.number }}</td>
<td>{{ row.get_state_display }}</td><td>{{ row.get_severity_display }}</td><td>{{ row.received_at|date:"n月j日 H:i" }}</td>
<td>{% for one in row.responses.all %}{{ one }}{% endfor %}</td><td>{{ row.live_orders }}</td></tr>"""
before, after = re.split(
    r"<tbody.*</tbody>", (CHROME / "list.html").read_text(), maxsplit=1, flags=re.DOTALL
)
LIST = Template(
    "{{ before|safe }}<tbody>{% for row in rows %}"
    + ROW
    + "{% endfor %}</tbody>{{ after|safe }}"
)


@login_required
def listed(_request: HttpRequest) -> HttpResponse:
    """A page of incidents."""
    live = Order.objects.filter(incident=OuterRef("pk"), state__in=sorted(LIVE)).order_by()
    count = Subquery(live.values("incident").values_list(Count("pk")))
    found = Incident.objects.filter(realm="actual").order_by("-opened_at", "-pk")
    rows = found.annotate(live_orders=count).prefetch_related("responses")[:50]
    return HttpResponse(LIST.render(Context({"rows": rows, "before": before, "after": after})))


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
