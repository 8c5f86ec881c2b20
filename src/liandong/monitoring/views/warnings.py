"""Warnings: the list, each with its eight elements, and what may be done with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.journal.reading import timeline
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import pgettext
from liandong.monitoring import actions, forms, queries
from liandong.monitoring.models import Warning  # noqa: A004 -- the county's word for it
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import Level, WarningState
from liandong.web import cells, signs
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing


def _warning(row: Warning, color: str) -> SafeString:
    return format_html(
        '<span class="row row-tight">{}<span>{}</span></span>', signs.warning_sign(color), row
    )


COLUMNS: list[Column[Warning]] = [
    Column(
        key="level",
        label=gettext_lazy("预警"),
        value=lambda row: row.level,
        draw=_warning,
    ),
    Column(
        key="state", label=gettext_lazy("状态"), value=lambda row: WarningState(row.state).label
    ),
    Column(
        key="body",
        label=gettext_lazy("发布单位"),
        value=lambda row: row.issuing_body or "",
    ),
    Column(key="scope", label=gettext_lazy("可能影响范围"), value=lambda row: row.scope[:60]),
    Column(
        key="published",
        label=gettext_lazy("发布时间"),
        value=lambda row: row.published_at,
        sort="published_at",
        draw=cells.moment,
    ),
    Column(
        key="ended",
        label=gettext_lazy("解除时间"),
        value=lambda row: row.ended_at,
        sort="ended_at",
        draw=cells.moment,
    ),
]
FILTERS = [
    Filter(
        key="state",
        label=gettext_lazy("状态"),
        lookup="state",
        kind="choice",
        choices=WarningState.choices,
    ),
    Filter(
        key="level",
        label=gettext_lazy("级别"),
        lookup="level",
        kind="choice",
        choices=Level.choices,
    ),
    Filter(key="since", label=gettext_lazy("从"), lookup="drafted_at__gte", kind="since"),
]


def warnings(request: HttpRequest) -> HttpResponseBase:
    """List the warnings one may see, newest first."""
    actor = actor_of(request)
    table = Table(
        request,
        queries.warnings_for(actor),
        COLUMNS,
        FILTERS,
        order=("-pk",),
        name="warnings",
        link=cells.address_of("monitoring:warning"),
    )
    may = actor.may(Permission.DRAFT_WARNING)
    return listing(
        request,
        table,
        "monitoring/warnings.html",
        title=pgettext("栏目", "预警"),
        may_draft=may,
        may_set_issuing=actor.may(Permission.SET_ISSUING),
        may_set_template=actor.may(Permission.SET_TEMPLATE),
    )


def warning(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a warning, what it rests on, what was done with it and what may be done."""
    actor = actor_of(request)
    row = _found(actor, pk)
    context = {
        "warning": row,
        "state": WarningState(row.state).label,
        "elements": queries.elements(row),
        "expired": queries.overdue_warnings(actor.realm).filter(pk=row.pk).exists(),
        "deeds": _deeds(actor, row),
        "entries": timeline(actor, subject=("monitoring.warning", str(row.pk)), limit=50),
        "call_outs": queries.call_outs_of_warning(row) if _sees_calls(actor) else [],
        "owed": queries.calls_offered(row),
        "may_call": actor.may(
            Permission.CALL_OUT, body=str(row.issuing_body_id or ""), hazard=row.hazard
        ),
        "family": queries.warnings_for(actor).filter(chain=row.chain).exclude(pk=row.pk),
    }
    return render(request, "monitoring/warning.html", context)


def _sees_calls(actor: Actor) -> bool:
    return actor.may(Permission.CALL_OUT)


def draft(request: HttpRequest) -> HttpResponse:
    """Write a warning that no reading proposed; the words of a hazard and level can be taken over."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_WARNING)
    hazard, level = request.GET.get("hazard", ""), request.GET.get("level", "")
    initial: dict[str, Any] = {"starts_at": clock.now(actor.realm).replace(microsecond=0)}
    if level in Level.values and hazard in dict(forms.hazards()):
        words = queries.words_for(hazard, level)
        initial |= {"hazard": hazard, "level": level, **vars(words)}
    return deed(
        request,
        forms.DraftForm(request.POST or None, initial=initial),
        run=lambda data: actions.draft_warning(actor, **data),
        to=_address,
        template="monitoring/draft.html",
        context={"offers": queries.words_offered(), "chosen": (hazard, level)},
    )


def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm the eight elements and issue, or have it approved where the county wants that."""
    return _deed(request, pk, forms.IssueForm, Permission.ISSUE_WARNING, actions.issue_warning)


def adjust(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Adjust a warning in force and issue it anew."""
    return _deed(
        request, pk, forms.AdjustForm, Permission.ADJUST_WARNING, actions.adjust_warning
    )


def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve a warning that waits for it."""
    return _deed(
        request, pk, forms.ApproveForm, Permission.APPROVE_WARNING, actions.approve_warning
    )


def send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a warning that waits for approval back."""
    return _deed(
        request, pk, forms.ReturnForm, Permission.APPROVE_WARNING, actions.return_warning
    )


def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lift a warning."""
    return _deed(request, pk, forms.LiftForm, Permission.LIFT_WARNING, actions.lift_warning)


def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a proposal aside."""
    return _deed(
        request, pk, forms.DiscardForm, Permission.DISCARD_WARNING, actions.discard_warning
    )


def _deed(
    request: HttpRequest,
    pk: UUID,
    form: type[DeedForm],
    permission: Permission,
    run: Callable[..., Warning],
) -> HttpResponse:
    """Show what a warning says in a form, and do with it what the form is for."""
    actor = actor_of(request)
    row = _found(actor, pk)
    # Who approves sits elsewhere than the unit: the action asks for the post.
    body = "" if permission == Permission.APPROVE_WARNING else str(row.issuing_body_id or "")
    actor.demand(permission, body=body, hazard=row.hazard)
    initial = forms.elements_of(row)
    if row.lifting_proposed_at:
        initial["reason"] = row.lifting_reason
    filled = form(request.POST or None, initial=initial)

    def tell(data: dict[str, Any]) -> Warning:
        made = run(actor, warning=row, **data)
        if made.state == WarningState.SUBMITTED:
            filled.done = _("已提请“%(post)s”批准，批准后立即发布。") % {"post": made.approver}
        return made

    return deed(
        request,
        filled,
        run=tell,
        to=_address,
        context={"note": str(row), "back": _address(row)},
    )


def _found(actor: Actor, pk: UUID) -> Warning:
    rows = queries.warnings_for(actor).select_related(
        "crossing__threshold__series__station", "approver__body"
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这条预警，或当前岗位看不到。"), remedy=_("请从预警列表进入。"))
    return row


def _address(row: Any) -> str:
    return reverse("monitoring:warning", args=[row.pk])


def _deeds(actor: Actor, row: Warning) -> list[tuple[str, str, str]]:
    """What this actor may do with a warning as it stands: label, address, looks of the button."""
    offers = {
        WarningState.DRAFT: [
            ("issue", _("确认并发布"), Permission.ISSUE_WARNING, "button-main"),
            ("discard", _("不发布"), Permission.DISCARD_WARNING, ""),
        ],
        WarningState.ISSUED: [
            ("adjust", _("调整"), Permission.ADJUST_WARNING, "button-main"),
            ("lift", _("解除"), Permission.LIFT_WARNING, "button-danger"),
        ],
    }
    if row.state == WarningState.SUBMITTED:
        waiting = [("approve", _("批准并发布"), "button-main"), ("return", _("退回"), "")]
        return [
            (label, reverse(f"monitoring:{name}", args=[row.pk]), looks)
            for name, label, looks in waiting
            if queries.may_approve(actor, row)
        ]
    body = str(row.issuing_body_id or "")
    return [
        (label, reverse(f"monitoring:{name}", args=[row.pk]), looks)
        for name, label, permission, looks in offers.get(WarningState(row.state), [])
        if actor.may(permission, body=body, hazard=row.hazard)
    ]
