"""Swaps: one asks, the other answers."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from liandong.organization import actions, queries
from liandong.organization.models import Person, Shift, Swap
from liandong.organization.permissions import Permission
from liandong.organization.views.fetching import found
from liandong.organization.views.roster import home, said
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker
from liandong.web.requests import actor_of


class ShiftField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker only
    """Chooses a shift, named by its person and time."""

    def label_from_instance(self, obj: Shift) -> str:
        return said(obj)


class AskForm(DeedForm):
    """提出换班."""

    title, verb, done = _("提出换班"), _("提出换班"), _("已提出，对方同意后才生效。")
    widths = {"person": "half", "in_return": "half"}
    person = forms.ModelChoiceField(
        label=_("请谁来值"), queryset=Person.objects.none(), widget=Picker
    )
    in_return = ShiftField(
        label=_("换对方的哪一班"),
        queryset=Shift.objects.none(),
        required=False,
        help_text=_("不选则只是请对方代这一班"),
    )
    reason = forms.CharField(label=_("原因"), max_length=200)

    def __init__(self, *args: Any, shift: Shift, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = cast("forms.ModelChoiceField[Person]", self.fields["person"])
        people.queryset = queries.people_here().exclude(pk=shift.person_id)
        shifts = cast("forms.ModelChoiceField[Shift]", self.fields["in_return"])
        shifts.queryset = queries.shifts_to_come(shift.role).exclude(person=shift.person_id)


class AnswerForm(DeedForm):
    """答复换班."""

    title, verb, done = _("答复换班"), _("答复"), _("已答复。")
    agrees = forms.TypedChoiceField(
        label=_("是否同意"),
        choices=[("yes", _("同意")), ("no", _("不同意"))],
        coerce=lambda text: text == "yes",
        empty_value=None,
    )
    answer = forms.CharField(
        label=_("说明"), max_length=200, required=False, help_text=_("不同意时必填")
    )


class WithdrawForm(DeedForm):
    """撤回换班."""

    title, verb, done = _("撤回换班"), _("撤回"), _("已撤回。")


def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask somebody to take one's own shift."""
    actor, shift = actor_of(request), found(Shift.objects.select_related("person"), pk)
    actor.demand(Permission.ASK_SWAP)

    def run(data: dict[str, Any]) -> Swap:
        data.pop("expected_version", None)
        return actions.ask_swap(actor, shift=shift, **data)

    return deed(
        request,
        AskForm(request.POST or None, shift=shift),
        run=run,
        to=home(shift),
        context={"back": home(shift), "note": said(shift)},
    )


def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree or decline."""
    actor, swap = actor_of(request), found(_swaps(), pk)
    actor.demand(Permission.ASK_SWAP)
    note = (
        said(swap.shift)
        if swap.in_return is None
        else f"{said(swap.shift)} ⇄ {said(swap.in_return)}"
    )
    return deed(
        request,
        AnswerForm(request.POST or None, initial={"expected_version": swap.version}),
        run=lambda data: actions.answer_swap(
            actor, swap=swap, **{"expected_version": 0, **data}
        ),
        to="/",
        context={"back": "/", "note": f"{note} · {swap.reason}"},
    )


def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one's own request back."""
    actor, swap = actor_of(request), found(_swaps(), pk)
    actor.demand(Permission.ASK_SWAP)
    return deed(
        request,
        WithdrawForm(request.POST or None, initial={"expected_version": swap.version}),
        run=lambda data: actions.withdraw_swap(
            actor, swap=swap, **{"expected_version": 0, **data}
        ),
        to=home(swap.shift),
        context={"back": home(swap.shift), "note": said(swap.shift)},
    )


def _swaps() -> QuerySet[Swap]:
    return Swap.objects.select_related(
        "shift__person", "in_return__person", "asked_by", "asked_of"
    )
