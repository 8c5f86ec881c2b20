"""Calling people out for a warning: what is said is looked at first, then one button."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed, recorded
from liandong.monitoring import actions, queries
from liandong.monitoring.forms import CallOutForm
from liandong.monitoring.permissions import Permission
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


def call_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Look at what is said and how many are called, then call."""
    actor = actor_of(request)
    row = queries.warnings_for(actor).filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这条预警，或当前岗位看不到。"), remedy=_("请从预警列表进入。"))
    actor.demand(Permission.CALL_OUT, body=str(row.issuing_body_id or ""), hazard=row.hazard)
    codes, unknown = queries.codes_of(row.areas)
    people = queries.owed_calls(row)
    said = {"warning": row, "n": people, "names": listed(unknown)}
    if not codes:
        note = _("%(warning)s：没有写明乡镇，按全县叫，该叫 %(n)d 人")
    elif unknown:
        note = _("%(warning)s：该叫 %(n)d 人；认不出“%(names)s”，没有按它找人")
    else:
        note = _("%(warning)s：叫应名单上该叫 %(n)d 人")
    with recorded():
        initial = {"text": queries.spoken(row)}

    def run(data: dict[str, Any]) -> Any:
        return actions.call_out_warning(
            actor, warning=row, text=data["text"], idempotency_key=data["idempotency_key"]
        )

    form = CallOutForm(request.POST or None, initial=initial)
    form.tell(note % said)
    return deed(
        request,
        form,
        run=run,
        to=lambda made: reverse("messaging:call_out", args=[made.pk]),
        context={"note": str(row), "back": reverse("monitoring:warning", args=[row.pk])},
    )
