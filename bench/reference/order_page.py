"""Reference: the plainest page of an order: what ours reads, the forms as Django draws them, the page's own bytes around."""

import os
import re
from pathlib import Path
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template

from liandong.command.models import Order
from liandong.kernel.journal.models import Link

CHROME = Path(os.environ["BENCH_CHROME"])
DETAIL = Template(
    """{{ head|safe }}<h1>{{ order.number }}</h1><p>{{ order.text }}</p><p>{{ order.to_body.name }} {{ order.to_post.title }}</p>
<p>{{ order.get_state_display }} {{ order.acknowledge_by|date:"n月j日 H:i" }} {{ order.finish_by|date:"n月j日 H:i" }} {{ order.run.plan_version.title }}</p>
{% for form in forms %}<form method="post">{% csrf_token %}{{ form.as_div }}<button>OK</button></form>{% endfor %}
{% for note in notes %}<p>{{ note.text }} {{ note.by }}</p>{% endfor %}
{% for link in links %}<p>{{ link.entry.at|date:"H:i" }} {{ link.entry.name }}</p>{% endfor %}{{ foot|safe }}"""
)
head, foot = re.split(
    r"<main.*</main>", (CHROME / "detail.html").read_text(), maxsplit=1, flags=re.DOTALL
)


class Note(forms.Form):
    """What one answers an order with."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(max_length=2000, widget=forms.Textarea)
    told = forms.DateTimeField(required=False, help_text="代录时填写对方口述的时刻")


@login_required
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An order: what it says, four ways to answer it, its notes and its history."""
    order = Order.objects.select_related(
        "to_body", "to_post", "incident", "run__plan_version"
    ).get(pk=pk)
    links = Link.objects.select_related("entry").filter(
        entry__subject_kind="command.order", entry__subject_id=str(pk)
    )
    around = {
        "order": order,
        "notes": order.notes.all(),
        "links": links[:40],
        "head": head,
        "foot": foot,
    }
    around["forms"] = [
        Note(initial={"version": order.version}, prefix=str(n)) for n in range(4)
    ]
    return HttpResponse(DETAIL.render(RequestContext(request, around)))
