"""Leave: who is away, who stands in, where nobody does."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor
from liandong.organization import actions, queries, rules
from liandong.organization.models import Leave, Person
from liandong.organization.permissions import Permission
from liandong.organization.views.fetching import found
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker
from liandong.web.requests import actor_of


class LeaveForm(DeedForm):
    """登记请假."""

    title, verb, done = _("登记请假"), _("登记请假"), _("请假已登记，到时自动生效、自动结束。")
    widths = {"from_at": "half", "until_at": "half", "person": "half", "stand_in": "half"}

    person = forms.ModelChoiceField(
        label=_("请假人"), queryset=Person.objects.none(), widget=Picker
    )
    stand_in = forms.ModelChoiceField(
        label=_("代办人"),
        queryset=Person.objects.none(),
        required=False,
        widget=Picker,
        help_text=_("不选则由各岗位的B角代行；没有B角的岗位将列为空缺"),
    )
    from_at = forms.DateTimeField(label=_("开始"))
    until_at = forms.DateTimeField(label=_("截止"))
    reason = forms.CharField(label=_("事由"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("person", "stand_in"):
            self.fields[name].queryset = queries.people_here()  # type: ignore[attr-defined]


class BackForm(DeedForm):
    """销假."""

    title, verb, done = _("销假"), _("销假"), _("已销假，代办同时结束。")


def leaves(request: HttpRequest) -> HttpResponse:
    """Show who is away now or is going to be, and the chairs nobody sits in meanwhile."""
    actor, now = actor_of(request), clock.now(ACTUAL)
    rows = list(queries.leaves_ahead())
    context = {
        "rows": [(one, one.from_at <= now, _may_end(actor, one)) for one in rows],
        "gaps": queries.gaps(now),
        "may_call": actor.may(Permission.CALL_ROLL),
        "shifts": queries.shifts_of_absent(),
        "may_swap": actor.may(Permission.SWAP_SHIFT),
        "may_appoint": actor.may(Permission.MAKE_APPOINTMENT),
    }
    return render(request, "organization/leaves.html", context)


def enter(request: HttpRequest) -> HttpResponse:
    """Enter a leave: one's own, or by office somebody's."""
    actor = actor_of(request)
    actor.demand(Permission.ENTER_LEAVE)
    home = reverse("organization:leaves")
    begins = localtime(clock.now(ACTUAL)).replace(second=0, microsecond=0)
    initial = {"from_at": begins, "person": request.GET.get("person") or actor.person}

    def run(data: dict[str, Any]) -> Leave:
        data.pop("expected_version", None)
        return actions.enter_leave(actor, **data)

    return deed(
        request,
        LeaveForm(request.POST or None, initial=initial),
        run=run,
        to=home,
        context={"back": home},
    )


def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter that somebody is back."""
    actor = actor_of(request)
    leave = found(Leave.objects.select_related("person"), pk)
    rules.demand_leave_of(actor, leave.person)
    home = reverse("organization:leaves")
    return deed(
        request,
        BackForm(request.POST or None, initial={"expected_version": leave.version}),
        run=lambda data: actions.end_leave(
            actor, leave=leave, **{"expected_version": 0, **data}
        ),
        to=home,
        context={"back": home, "note": leave.person.name},
    )


def _may_end(actor: Actor, leave: Leave) -> bool:
    """Whether the button is worth showing; how far the right reaches the deed asks."""
    return actor.person == str(leave.person_id) or actor.may(Permission.KEEP_LEAVE)
