"""Messages: the list, the page of one, and the desk's part that refreshes itself."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries, rules
from liandong.messaging.actions import mark_delivered, mark_read
from liandong.messaging.forms import ReadForm
from liandong.messaging.models import Message
from liandong.messaging.permissions import Permission
from liandong.web import cells
from liandong.web.deeds import deed
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing

MOST_SHOWN = 50
COLUMNS: list[Column[Message]] = [
    Column(
        key="title",
        label=gettext_lazy("标题"),
        value=lambda one: (_("【紧急】") if one.is_urgent else "") + one.title,
    ),
    Column(
        key="to",
        label=gettext_lazy("致"),
        value=lambda one: f"{one.to_post.body} {one.to_post}",
    ),
    Column(key="sender", label=gettext_lazy("发送人"), value=lambda one: one.sender),
    Column(
        key="at",
        label=gettext_lazy("时间"),
        value=lambda one: one.sent_at,
        sort="sent_at",
        draw=cells.moment,
    ),
]
FILTERS = [
    Filter(key="title", label=gettext_lazy("标题"), lookup="title__icontains"),
    Filter(key="since", label=gettext_lazy("从"), lookup="sent_at__gte", kind="since"),
    Filter(key="until", label=gettext_lazy("到"), lookup="sent_at__lte", kind="until"),
]
BOXES = {
    "unread": (gettext_lazy("未读"), queries.unread_for),
    "mine": (gettext_lazy("发给我的"), queries.addressed_to),
    "all": (gettext_lazy("可见的全部"), queries.visible_to),
}


@require_GET
def messages(request: HttpRequest) -> HttpResponseBase:
    """List messages: those unread, those to this person or post, or all that may be seen."""
    actor = actor_of(request)
    actor.demand(Permission.READ_MESSAGE)
    box = request.GET.get("box", "") if request.GET.get("box", "") in BOXES else "mine"
    table = Table(
        request,
        BOXES[box][1](actor),
        COLUMNS,
        FILTERS,
        order=("-sent_at", "-id"),
        name="messages",
        link=cells.address_of("messaging:message"),
    )
    boxes = [(key, label, key == box) for key, (label, _rows) in BOXES.items()]
    return listing(
        request, table, "messaging/message_list.html", title=BOXES[box][0], boxes=boxes
    )


@require_GET
def unread(request: HttpRequest) -> HttpResponse:
    """The desk's card of unread messages, drawn anew."""
    return render(request, "messaging/_unread.html", queries.desk(actor_of(request)))


@require_POST
def shown(request: HttpRequest) -> HttpResponse:
    """The browser's word that these messages stand on the screen."""
    actor = actor_of(request)
    wanted = set(request.POST.getlist("message")[:MOST_SHOWN])
    for one in queries.unread_for(actor)[:MOST_SHOWN]:
        if str(one.pk) in wanted:
            mark_delivered(actor, message=one)
    return HttpResponse(status=204)


@require_GET
def message(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One message, and what is known of each way it took."""
    actor = actor_of(request)
    row = _found(request, pk)
    around = {
        "message": row,
        "receipts": rules.shown_receipts(actor, row),
        "unread": queries.unread_for(actor).filter(pk=row.pk).exists(),
        "form": ReadForm(),
        "may_record": actor.may(Permission.RECORD_OUTCOME),
        "may_resend": actor.may(Permission.RESEND),
    }
    return render(request, "messaging/message_page.html", around)


def read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign a message as read, and go on to what it is about."""
    actor = actor_of(request)
    row = _found(request, pk)
    here = reverse("messaging:message", args=[row.pk])
    return deed(
        request,
        ReadForm(request.POST or None),
        run=lambda data: mark_read(actor, message=row, idempotency_key=data["idempotency_key"]),
        to=row.link if row.link and request.POST.get("go") else here,
        context={"note": row.title, "back": here},
    )


def _found(request: HttpRequest, pk: UUID) -> Message:
    row = queries.visible_to(actor_of(request)).filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这条消息，或当前岗位看不到。"), remedy=_("请从消息列表打开。"))
    return row
