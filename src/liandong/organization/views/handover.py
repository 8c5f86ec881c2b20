"""Handing the shift over: what is open, handing it on, the two signatures, the sheet."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.organization import actions, queries
from liandong.organization.models import Handover, Person
from liandong.organization.permissions import Permission
from liandong.organization.states import ShiftRole
from liandong.organization.views.fetching import found
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker
from liandong.web.requests import actor_of

MOST = 20
LONG = {"rows": 2}


class BeginForm(DeedForm):
    """开始交班."""

    signs = True
    title, verb, done = _("开始交班"), _("开始交班"), _("交接班已开始，请逐项移交后签字。")
    to = forms.ModelChoiceField(
        label=_("接班人"),
        queryset=Person.objects.none(),
        required=False,
        widget=Picker,
        help_text=_("不选则由到岗的人接"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = queries.people_here()  # type: ignore[attr-defined]


class HandOnForm(DeedForm):
    """移交事项."""

    title, verb, done = _("移交事项"), _("移交所选事项"), _("已移交。")
    places = forms.MultipleChoiceField(
        label=_("未办结的事项"), widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("交代"),
        max_length=300,
        required=False,
        help_text=_("办到哪一步、下一步找谁"),
    )

    def __init__(self, *args: Any, items: list[queries.OpenItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["places"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 -- declared above
        field.choices = [
            (one.place, f"{one.title} · {one.detail}" if one.detail else one.title)
            for one in items
        ]


class GiveForm(DeedForm):
    """交班签字."""

    signs = True
    title, verb, done = _("交班签字"), _("交班签字"), _("交班人已签字，请接班人签字。")
    weather = forms.CharField(
        label=_("重点天气"), max_length=500, required=False, widget=forms.Textarea(LONG)
    )
    equipment = forms.CharField(
        label=_("设备情况"), max_length=500, required=False, widget=forms.Textarea(LONG)
    )
    notes = forms.CharField(
        label=_("其他交代"), max_length=1000, required=False, widget=forms.Textarea(LONG)
    )


class TakeForm(DeedForm):
    """接班签字."""

    signs = True
    title, verb, done = _("接班签字"), _("接班签字"), _("已交接，交接单可以打印。")


class CancelForm(DeedForm):
    """取消交班."""

    title, verb, done = _("取消交班"), _("取消交班"), _("交接班已取消。")
    dangerous = True
    reason = forms.CharField(label=_("原因"), max_length=200)


def handover(request: HttpRequest) -> HttpResponse:
    """Who goes and who comes, what is open, and how far the handover has come."""
    actor, now = actor_of(request), clock.now(ACTUAL)
    going = queries.handover_open()
    may = actor.may(Permission.HAND_OVER)
    left = queries.still_to_hand_on(actor, going) if going else queries.open_items(actor)
    version = {"expected_version": going.version} if going else {}
    context = {
        "moment": now,
        "now": queries.shifts_now(now),
        "after": [one for role in ShiftRole.values if (one := queries.next_shift(role, now))],
        "handover": going,
        "items": list(going.items.order_by("handed_at", "id")) if going else [],
        "left": left,
        "past": queries.handovers()[:MOST],
        "may": may,
        "may_call": actor.may(Permission.CALL_ROLL),
        "hand_on_form": HandOnForm(initial=version, items=left),
        "give_form": GiveForm(initial=version),
        "take_form": TakeForm(initial=version),
    }
    return render(request, "organization/handover.html", context)


def begin(request: HttpRequest) -> HttpResponse:
    """Begin to hand over."""
    actor = actor_of(request)
    actor.demand(Permission.HAND_OVER)

    def run(data: dict[str, Any]) -> Handover:
        data.pop("expected_version", None)
        return actions.begin_handover(actor_of(request), **data)

    home = reverse("organization:handover")
    after = queries.next_shift(ShiftRole.OFFICER, clock.now(ACTUAL))
    initial = {"to": after.person_id} if after else {}
    return deed(
        request,
        BeginForm(request.POST or None, initial=initial),
        run=run,
        to=home,
        context={"back": home},
    )


def hand_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand chosen things on."""
    actor, going = actor_of(request), _going(request, pk)
    left = queries.still_to_hand_on(actor, going)
    form = HandOnForm(
        request.POST or None, initial={"expected_version": going.version}, items=left
    )
    return _deed(request, going, form, actions.hand_on_items)


def give(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign as the one who goes."""
    going = _going(request, pk)
    form = GiveForm(_sent(request), initial={"expected_version": going.version})
    return _deed(request, going, form, actions.give_shift)


def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign as the one who comes."""
    going = _going(request, pk)
    form = TakeForm(_sent(request), initial={"expected_version": going.version})
    return _deed(request, going, form, actions.take_shift)


def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the handover up."""
    going = _going(request, pk)
    form = CancelForm(request.POST or None, initial={"expected_version": going.version})
    return _deed(request, going, form, actions.cancel_handover)


def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sheet of a handover that was signed by both, to be printed and filed."""
    actor_of(request).demand(Permission.HAND_OVER)
    row = found(Handover.objects.select_related("from_person", "to_person"), pk)
    context = {"handover": row, "items": row.items.order_by("handed_at", "id")}
    return render(request, "organization/handover_sheet.html", context)


def _sent(request: HttpRequest) -> Any:
    """What was sent, which may be nothing at all: the button alone is the deed."""
    return request.POST if request.method == "POST" else None


def _going(request: HttpRequest, pk: UUID) -> Handover:
    actor_of(request).demand(Permission.HAND_OVER)
    return found(Handover.objects.select_related("from_person", "to_person"), pk)


def _deed(request: HttpRequest, going: Handover, form: DeedForm, act: Any) -> HttpResponse:
    home = reverse("organization:handover")
    return deed(
        request,
        form,
        run=lambda data: act(
            actor_of(request), handover=going, **{"expected_version": 0, **data}
        ),
        to=lambda made: (
            reverse("organization:handover_sheet", args=[made.pk]) if made.taken_at else home
        ),
        context={"back": home, "note": going.from_person.name},
    )
