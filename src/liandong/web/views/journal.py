"""The journal as its readers see it: what was said, by whom, and that it was not changed since."""

from typing import cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.kernel.actors import Actor
from liandong.kernel.journal.models import Link
from liandong.kernel.journal.reading import Told, readable, tell
from liandong.kernel.problems import Missing
from liandong.kernel.upkeep.erasing import erase_payload
from liandong.kernel.upkeep.permissions import Permission
from liandong.kernel.wording import gettext as _
from liandong.web import cells
from liandong.web.checking import check
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.naming import actor_kind, place_name
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing


class EraseForm(DeedForm):
    """Why what was said must go."""

    title = gettext_lazy("销毁内容")
    verb = gettext_lazy("销毁内容")
    busy = gettext_lazy("正在销毁")
    done = gettext_lazy("内容已销毁，这一条仍在链上")
    dangerous = True

    reason = forms.CharField(
        label=gettext_lazy("依据和批准人"),
        max_length=300,
        help_text=gettext_lazy("如：应急结束，个人信息到期，县应急委批准。销毁后不能恢复。"),
    )


COLUMNS: list[Column[Link]] = [
    Column(
        key="position",
        label=gettext_lazy("序号"),
        value=lambda link: link.position,
        sort="position",
        numeric=True,
    ),
    Column(
        key="at",
        label=gettext_lazy("记入时间"),
        value=lambda link: link.entry.at,
        draw=cells.moment,
    ),
    Column(
        key="told",
        label=gettext_lazy("所述发生时间"),
        value=lambda link: link.entry.happened_at,
        draw=cells.moment,
    ),
    Column(key="sentence", label=gettext_lazy("事实"), value=lambda link: told(link).sentence),
    Column(key="actor", label=gettext_lazy("谁"), value=lambda link: told(link).who),
    Column(
        key="subject",
        label=gettext_lazy("关于"),
        value=lambda link: place_name(link.entry.subject_kind),
    ),
    Column(
        key="name",
        label=gettext_lazy("种类"),
        value=lambda link: link.entry.name,
        draw=cells.code,
    ),
]
FILTERS = [
    Filter(key="name", label=gettext_lazy("种类（开头）"), lookup="entry__name__startswith"),
    Filter(key="incident", label=gettext_lazy("事件编号"), lookup="entry__incident"),
    Filter(key="subject", label=gettext_lazy("对象编号"), lookup="entry__subject_id"),
    Filter(key="who", label=gettext_lazy("谁"), lookup="entry__actor__label__icontains"),
    Filter(key="since", label=gettext_lazy("从"), lookup="entry__at__gte", kind="since"),
    Filter(key="until", label=gettext_lazy("到"), lookup="entry__at__lte", kind="until"),
]


def told(link: Link) -> Told:
    """The entry as timelines tell it, worked out once a row."""
    kept = vars(link)
    if "told" not in kept:
        kept["told"] = tell(link)
    return cast("Told", kept["told"])


@login_required
def entries(request: HttpRequest) -> HttpResponseBase:
    """The list, newest first, with the head of the chain."""
    actor = actor_of(request)
    actor.demand(Permission.READ_JOURNAL)
    table = Table(
        request,
        readable(actor).select_related("entry__payload"),
        COLUMNS,
        FILTERS,
        order=("-position",),
        name="journal",
        link=lambda link: reverse("web:entry", args=[link.position]),
    )
    return listing(request, table, "web/journal.html", head=Link.objects.last())


@login_required
def entry(request: HttpRequest, position: int) -> HttpResponse:
    """One entry: envelope, what it said, its commitment and whether all of it still fits."""
    actor = actor_of(request)
    actor.demand(Permission.READ_JOURNAL)
    link = _link(actor, position)
    may_erase = actor.may(Permission.ERASE_PAYLOAD) and not tell(link).erased
    around = {
        "erasing": EraseForm() if may_erase else None,
        "link": link,
        "told": tell(link),
        "subject": place_name(link.entry.subject_kind),
        "check": check(link),
        "signature": [(actor_kind(key), value) for key, value in link.entry.actor.items()],
        "effects": readable(actor).filter(entry__cause=link.entry)[:50],
    }
    return render(request, "web/entry.html", around)


@login_required
def erase(request: HttpRequest, position: int) -> HttpResponse:
    """Destroy what one entry said; that it was said remains."""
    actor = actor_of(request)
    actor.demand(Permission.ERASE_PAYLOAD)
    link = _link(actor, position)
    back = reverse("web:entry", args=[position])
    return deed(
        request,
        EraseForm(request.POST or None),
        run=lambda data: erase_payload(actor, entry=link.entry_id, **data),
        to=back,
        context={"note": str(link), "back": back},
    )


def _link(actor: Actor, position: int) -> Link:
    links = readable(actor).select_related("entry__payload", "entry__cause__link")
    link = links.filter(position=position).first() if position < 2**63 else None
    if link is None:
        raise Missing(_("流水里没有这一条，或当前岗位看不到。"), remedy=_("请从流水页选择。"))
    return link
