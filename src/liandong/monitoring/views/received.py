"""Warnings of others: the list, each beside its original, taking one in, and what is done with it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from liandong.kernel import clock
from liandong.kernel.journal.reading import timeline
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.monitoring import actions, forms, queries
from liandong.monitoring.exchange import RULES
from liandong.monitoring.exchange.xml_text import text_of
from liandong.monitoring.models import Original, Received
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import CameBy, Level, Standing
from liandong.web import cells, signs
from liandong.web.deeds import deed
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing

SHOWN_CHARACTERS = 20_000
CONCERNS = {True: gettext_lazy("涉及本县"), False: gettext_lazy("不涉及本县"), None: gettext_lazy("是否涉及本县待核")}  # fmt: skip
SIGNATURES = {
    "unsigned": gettext_lazy("没有签名"),
    "valid": gettext_lazy("签名有效"),
    "unknown_signer": gettext_lazy("签名完好，签名人不在本县名单"),
    "weak": gettext_lazy("签名算法不安全"),
    "unchecked": gettext_lazy("签名无法核验"),
    "invalid": gettext_lazy("签名不符"),
}
TONES = {
    Standing.IN_FORCE: "good",
    Standing.REFUSED: "bad",
    Standing.CONFLICT: "bad",
    Standing.ENDING: "info",
}


def _headline(row: Received, level: str) -> SafeString:
    sign = signs.warning_sign(level) if level else ""
    return format_html('<span class="row row-tight">{}<span>{}</span></span>', sign, row)


COLUMNS: list[Column[Received]] = [
    Column(
        key="headline",
        label=gettext_lazy("收到的预警"),
        value=lambda row: row.level,
        draw=_headline,
    ),
    Column(
        key="standing",
        label=gettext_lazy("状态"),
        value=lambda row: Standing(row.standing).label,
    ),
    Column(
        key="concerns",
        label=gettext_lazy("涉及本县"),
        value=lambda row: CONCERNS[row.concerns_us],
    ),
    Column(key="sender", label=gettext_lazy("发布单位"), value=lambda row: row.sender),
    Column(key="source", label=gettext_lazy("来源"), value=lambda row: row.original.source),
    Column(
        key="sent",
        label=gettext_lazy("发布时间"),
        value=lambda row: row.sent_at,
        sort="sent_at",
        draw=cells.moment,
    ),
    Column(
        key="received",
        label=gettext_lazy("收到时间"),
        value=lambda row: row.received_at,
        sort="received_at",
        draw=cells.moment,
    ),
]
FILTERS = [
    Filter(
        key="standing",
        label=gettext_lazy("状态"),
        lookup="standing",
        kind="choice",
        choices=Standing.choices,
    ),
    Filter(
        key="level",
        label=gettext_lazy("级别"),
        lookup="level",
        kind="choice",
        choices=Level.choices,
    ),
    Filter(key="since", label=gettext_lazy("从"), lookup="received_at__gte", kind="since"),
]


def received(request: HttpRequest) -> HttpResponseBase:
    """List the warnings of others, newest first."""
    actor = actor_of(request)
    table = Table(
        request,
        queries.received_for(actor),
        COLUMNS,
        FILTERS,
        order=("-pk",),
        name="received",
        link=cells.address_of("monitoring:received_one"),
    )
    may = actor.may(Permission.RECEIVE_WARNING)
    return listing(
        request, table, "monitoring/received.html", title=_("收到的预警"), may_receive=may
    )


def receive(request: HttpRequest) -> HttpResponse:
    """Take in a message that came by other ways: a file, or its text."""
    actor = actor_of(request)
    actor.demand(Permission.RECEIVE_WARNING)
    return deed(
        request,
        forms.ReceiveForm(request.POST or None, request.FILES or None),
        run=lambda data: actions.receive_warning(actor, came_by=CameBy.HAND, **data),
        to=_after,
    )


def received_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was understood beside the original, its chain, its ground and what may be done."""
    actor = actor_of(request)
    row = _found(request, pk)
    alert = queries.alert_of(row)
    body = queries.bytes_of(row)
    text = text_of(body)[0] or body.decode("utf-8", errors="replace")
    may_note = actor.may(Permission.NOTE_RECEIVED) and not row.noted_at
    may_draft = actor.may(Permission.DRAFT_WARNING) and row.standing == Standing.IN_FORCE
    context = {
        "received": row,
        "standing": Standing(row.standing).label,
        "tone": TONES.get(Standing(row.standing), ""),
        "is_over": row.is_over(clock.now(actor.realm)),
        "concerns": CONCERNS[row.concerns_us],
        "signature": SIGNATURES.get(row.signature, row.signature),
        "elements": _elements(row, alert),
        "problems": [_told(one) for one in [*row.original.problems, *row.problems]],
        "original": text[:SHOWN_CHARACTERS],
        "is_cut": len(text) > SHOWN_CHARACTERS,
        "shape": queries.ground_of(alert),
        "chain": queries.chain_of(actor, row).exclude(pk=row.pk),
        "may_note": may_note,
        "may_draft": may_draft and not row.draft_id,
        "entries": timeline(actor, subject=("monitoring.received", str(row.pk)), limit=30),
    }
    return render(request, "monitoring/received_one.html", context)


@require_GET
def original(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The message as it came, to keep; never shown by the browser as what it says it is."""
    row = _found(request, pk)
    answer = HttpResponse(queries.bytes_of(row), content_type="application/octet-stream")
    name = f"{row.original.digest[:16]}.bin"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take note of one."""
    actor = actor_of(request)
    actor.demand(Permission.NOTE_RECEIVED)
    row = _found(request, pk)
    return deed(
        request,
        forms.NoteReceivedForm(request.POST or None, initial={"expected_version": row.version}),
        run=lambda data: actions.note_received(
            actor, received=row, **{"expected_version": 0, **data}
        ),
        to=_address(row),
        context={"note": str(row), "back": _address(row)},
    )


def take_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft a warning of our own from it."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_WARNING)
    row = _found(request, pk)

    def run(data: dict[str, Any]) -> Received:
        version, key = data.pop("expected_version", 0), data.pop("idempotency_key", "")
        return actions.take_over_received(
            actor, received=row, expected_version=version, words=data, idempotency_key=key
        )

    return deed(
        request,
        forms.TakeOverForm(request.POST or None, initial=_first_words(row)),
        run=run,
        to=lambda made: reverse("monitoring:warning", args=[made.draft_id]),
        context={"note": str(row), "back": _address(row)},
    )


def _first_words(row: Received) -> dict[str, Any]:
    alert = queries.alert_of(row)
    said = alert.elements if alert else {}
    sent = alert.sent if alert else None
    known = dict(forms.hazards())
    about = {"sender": row.sender, "headline": str(row), "number": row.identifier}
    return {
        "expected_version": row.version,
        "hazard": row.hazard if row.hazard in known else "11B99",
        "category": row.category[:40],
        "level": row.level,
        "starts_at": (said.get("starts_at") or sent),
        "expires_at": None if row.is_end_assumed else row.ends_at,
        "scope": row.scope[:2000],
        "cautions": str(said.get("cautions") or "")[:4000],
        "measures": str(said.get("measures") or "")[:4000],
        "reason": _("据%(sender)s“%(headline)s”（%(number)s）") % about,
    }


def _elements(row: Received, alert: Any) -> list[tuple[str, Any]]:
    """The eight elements, as the message says them."""
    said: Mapping[str, Any] = alert.elements if alert else {}
    return [
        (_("类别"), row.category),
        (_("级别"), Level(row.level).label if row.level else ""),
        (_("起始时间"), said.get("starts_at")),
        (_("可能影响范围"), row.scope),
        (_("警示事项"), said.get("cautions")),
        (_("应采取的措施"), said.get("measures")),
        (_("发布单位"), row.sender),
        (_("发布时间"), row.sent_at),
    ]


def _told(fault: Mapping[str, Any]) -> dict[str, Any]:
    """A fault in the reader's language."""
    rule = RULES[fault["code"]]
    line = _("第 %(n)d 行") % {"n": fault["line"]} if fault["line"] else ""
    return {
        "what": _(rule.what) % fault["values"],
        "remedy": _(rule.remedy) % fault["values"],
        "place": f"{line} {fault['path']}".strip(),
        "is_error": rule.gravity == "error",
    }


def _found(request: HttpRequest, pk: UUID) -> Received:
    row = queries.received_for(actor_of(request)).filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这条预警，或当前岗位看不到。"), remedy=_("请从收到的预警进入。"))
    return row


def _address(row: Received) -> str:
    return reverse("monitoring:received_one", args=[row.pk])


def _after(made: Original) -> str:
    alerts = list(made.alerts.all()[:2])
    return _address(alerts[0]) if len(alerts) == 1 else reverse("monitoring:received")
