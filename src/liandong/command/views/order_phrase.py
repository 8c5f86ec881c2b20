"""Words of orders that are kept ready: the list, keeping new ones, changing and dropping."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.command import actions, queries
from liandong.command.forms.minutes import minutes_in
from liandong.command.forms.order_phrase import DropPhraseForm, PhraseForm
from liandong.command.models import OrderPhrase
from liandong.command.permissions import Permission
from liandong.command.rules.call import KINDS
from liandong.kernel.wording import gettext as _
from liandong.web.deeds import deed
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Table, listing


def _post(row: OrderPhrase) -> str:
    return queries.name_of(row.to_post) if row.to_post else "—"


def _within(length: timedelta | None) -> str:
    return _("%(n)d 分钟") % {"n": minutes_in(length)} if length else "—"


PHRASES: list[Column[OrderPhrase]] = [
    Column(key="text", label=gettext_lazy("指令内容"), value=lambda row: row.text),
    Column(
        key="hazard",
        label=gettext_lazy("类别"),
        value=lambda row: str(KINDS.get(row.hazard, row.hazard)) if row.hazard else _("全部"),
    ),
    Column(key="to", label=gettext_lazy("通常下达给"), value=_post),
    Column(
        key="acknowledge_within",
        label=gettext_lazy("复诵限"),
        value=lambda row: _within(row.acknowledge_within),
    ),
    Column(
        key="finish_within",
        label=gettext_lazy("完成限"),
        value=lambda row: _within(row.finish_within),
    ),
]


def phrases(request: HttpRequest) -> HttpResponseBase:
    """What the county keeps ready."""
    actor_of(request).demand(Permission.KEEP_ORDER_PHRASE)
    table = Table(
        request,
        queries.all_order_phrases(),
        PHRASES,
        order=("hazard", "text", "pk"),
        name="order-phrases",
        link=lambda row: reverse("command:change_order_phrase", args=[row.pk]),
    )
    return listing(request, table, "command/order_phrases.html", title=_("常用指令"))


def keep(request: HttpRequest) -> HttpResponse:
    """Keep one more."""
    return _kept(request, PhraseForm(request.POST or None), None)


def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put others in the place of one."""
    actor_of(request).demand(Permission.KEEP_ORDER_PHRASE)
    found = queries.order_phrase_with(pk)
    initial = {
        "text": found.text,
        "hazard": found.hazard,
        "to_post": str(found.to_post_id or ""),
        "acknowledge_within": minutes_in(found.acknowledge_within),
        "finish_within": minutes_in(found.finish_within),
        "needs_proof": found.needs_proof,
        "expected_version": found.version,
    }
    return _kept(request, PhraseForm(request.POST or None, initial=initial), found)


def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer one no longer."""
    actor = actor_of(request)
    actor.demand(Permission.KEEP_ORDER_PHRASE)
    found = queries.order_phrase_with(pk)
    page = reverse("command:order_phrases")
    return deed(
        request,
        DropPhraseForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.drop_order_phrase(
            actor, phrase=found, **{"expected_version": 0, **data}
        ),
        to=page,
        context={"note": found.text, "back": page},
    )


def _kept(request: HttpRequest, form: PhraseForm, found: OrderPhrase | None) -> HttpResponse:
    actor = actor_of(request)
    actor.demand(Permission.KEEP_ORDER_PHRASE)
    page = reverse("command:order_phrases")

    def run(data: dict[str, Any]) -> OrderPhrase:
        if found is None:
            data.pop("expected_version", None)
        return actions.keep_order_phrase(actor, **data, replaces=found)

    away = reverse("command:drop_order_phrase", args=[found.pk]) if found else ""
    return deed(
        request,
        form,
        run=run,
        to=page,
        template="command/order_phrase.html",
        context={"back": page, "dropping_url": away},
    )
