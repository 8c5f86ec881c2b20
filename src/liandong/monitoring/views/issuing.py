"""Whose approval which warnings need, and the county's own words for drafts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.monitoring import actions, forms, queries
from liandong.monitoring.models import IssuingRule, WarningTemplate
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import Level
from liandong.web.deeds import deed
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Table, listing


def _hazard(row: IssuingRule, named: Mapping[str, Any]) -> str:
    return str(named.get(row.hazard, row.hazard)) or _("所有灾种")


COLUMNS: list[Column[IssuingRule]] = [
    Column(
        key="body",
        label=gettext_lazy("发布单位"),
        value=lambda row: row.body or _("所有单位"),
    ),
    Column(
        key="level",
        label=gettext_lazy("级别"),
        value=lambda row: _("%(level)s及以上") % {"level": Level(row.level).label},
    ),
    Column(
        key="approver",
        label=gettext_lazy("由谁批准"),
        value=lambda row: f"{row.approver.body} {row.approver}",
    ),
    Column(
        key="minutes",
        label=gettext_lazy("多少分钟内批"),
        value=lambda row: row.minutes,
        numeric=True,
    ),
    Column(key="cite", label=gettext_lazy("依据"), value=lambda row: row.cite),
]


def rules(request: HttpRequest) -> HttpResponseBase:
    """Who approves what; without a row a unit issues by itself."""
    actor_of(request).demand(Permission.SET_ISSUING)
    named = dict(forms.hazards())
    hazard: Column[IssuingRule] = Column(
        key="hazard", label=gettext_lazy("灾种"), value=lambda row: _hazard(row, named)
    )
    table = Table(
        request,
        queries.issuing_rules(),
        [COLUMNS[0], hazard, *COLUMNS[1:]],
        name="issuing-rules",
        link=lambda row: reverse("monitoring:drop_issuing_rule", args=[row.pk]),
    )
    return listing(request, table, "monitoring/issuing_rules.html", title=_("发布审批"))


def set_rule(request: HttpRequest) -> HttpResponse:
    """Lay one down."""
    actor = actor_of(request)
    actor.demand(Permission.SET_ISSUING)
    page = reverse("monitoring:issuing_rules")
    return deed(
        request,
        forms.IssuingRuleForm(request.POST or None),
        run=lambda data: actions.set_issuing_rule(actor, **data),
        to=page,
        context={"back": page},
    )


def drop_rule(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let units issue by themselves again."""
    actor = actor_of(request)
    actor.demand(Permission.SET_ISSUING)
    row = queries.issuing_rules().filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这条发布审批。"), remedy=_("请从发布审批列表进入。"))
    page = reverse("monitoring:issuing_rules")
    what = f"{row.body or _('所有单位')} {_hazard(row, dict(forms.hazards()))}：{row}"
    return deed(
        request,
        forms.DropIssuingRuleForm(
            request.POST or None, initial={"expected_version": row.version}
        ),
        run=lambda data: actions.drop_issuing_rule(actor, rule=row, **data),
        to=page,
        context={"note": what, "back": page},
    )


def templates(request: HttpRequest) -> HttpResponse:
    """The words of every hazard and level."""
    actor_of(request).demand(Permission.SET_TEMPLATE)
    context = {"offers": queries.words_offered()}
    return render(request, "monitoring/warning_templates.html", context)


def set_template(request: HttpRequest, hazard: str, level: str) -> HttpResponse:
    """Write the county's own words for a hazard at a level."""
    actor = actor_of(request)
    actor.demand(Permission.SET_TEMPLATE)
    words = _words(hazard, level)
    page = reverse("monitoring:warning_templates")
    return deed(
        request,
        forms.TemplateForm(request.POST or None, initial=words),
        run=lambda data: actions.set_warning_template(
            actor, hazard=hazard, level=level, **data
        ),
        to=page,
        context={"note": f"{words['category']}{Level(level).label}", "back": page},
    )


def drop_template(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Use the program's words again."""
    actor = actor_of(request)
    actor.demand(Permission.SET_TEMPLATE)
    row: WarningTemplate | None = queries.warning_templates().filter(pk=pk).first()
    if row is None:
        raise Missing(_("县里没有另存这一条用语。"), remedy=_("请从拟稿用语列表进入。"))
    page = reverse("monitoring:warning_templates")
    return deed(
        request,
        forms.DropTemplateForm(request.POST or None, initial={"expected_version": row.version}),
        run=lambda data: actions.drop_warning_template(actor, template=row, **data),
        to=page,
        context={"note": str(row), "back": page},
    )


def _words(hazard: str, level: str) -> dict[str, Any]:
    """The words as they are; refuses a hazard that is not known and a level that it does not have."""
    for offer in queries.words_offered():
        for one, words, _own in offer.levels:
            if (offer.hazard, one) == (hazard, level):
                return dict(vars(words))
    raise Missing(
        _("这类灾害没有这一级预警。"), place=hazard[:20], remedy=_("请从拟稿用语列表进入。")
    )
