"""Roll-calls: who is to be called, what came of it, who still waits."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liandong.kernel.wording import as_kept
from liandong.organization import actions, queries
from liandong.organization.models import Body, RollCall, RollCallLine
from liandong.organization.permissions import Permission
from liandong.organization.states import Answer, BodyKind
from liandong.organization.views.fetching import found
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of

MOST = 30
ANSWERS = [(one.value, one.label) for one in Answer if one != Answer.WAITING]


class BeginForm(DeedForm):
    """开始点名."""

    title, verb, done = _("开始点名"), _("开始点名"), _("点名单已生成，逐个拨打、记下结果。")
    name = forms.CharField(
        label=_("名称"), max_length=60, required=False, initial=as_kept(_("晨检点名"))
    )
    bodies = forms.ModelMultipleChoiceField(
        label=_("点哪些单位"),
        queryset=Body.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("值班人取自各单位自己的值班表，没有的取联络岗"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = queries.bodies_to_call()
        self.fields["bodies"].queryset = wanted  # type: ignore[attr-defined]
        self.initial.setdefault(
            "bodies", [one.pk for one in wanted if one.kind == BodyKind.TOWNSHIP]
        )


class AnswerForm(DeedForm):
    """记下点名结果."""

    title, verb, done = _("记下点名结果"), _("记下"), _("已记下。")
    widths = {"answer": "half", "name": "half"}
    answer = forms.ChoiceField(label=_("结果"), choices=ANSWERS)
    name = forms.CharField(label=_("接听人"), max_length=60, required=False)
    note = forms.CharField(
        label=_("备注"), max_length=200, required=False, help_text=_("不在岗的请写明情况")
    )


def roll_calls(request: HttpRequest) -> HttpResponse:
    """List the roll-calls, and whom the latest did not reach."""
    actor = actor_of(request)
    actor.demand(Permission.CALL_ROLL)
    context = {"roll_calls": queries.roll_calls()[:MOST], "unreached": queries.unreached()}
    return render(request, "organization/roll_calls.html", context)


def begin(request: HttpRequest) -> HttpResponse:
    """Begin a roll-call."""
    actor = actor_of(request)
    actor.demand(Permission.CALL_ROLL)

    def run(data: dict[str, Any]) -> RollCall:
        return actions.begin_roll_call(
            actor,
            bodies=list(data["bodies"]),
            title=data["name"],
            idempotency_key=data["idempotency_key"],
        )

    return deed(
        request,
        BeginForm(request.POST or None),
        run=run,
        to=lambda made: reverse("organization:roll_call", args=[made.pk]),
        context={"back": reverse("organization:roll_calls")},
    )


def roll_call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list to call by: name, telephone, and a button for each answer."""
    actor_of(request).demand(Permission.CALL_ROLL)
    row = found(RollCall.objects.all(), pk)
    lines = queries.lines_of(row)
    context = {
        "roll_call": row,
        "lines": lines,
        "reached": sum(one.answer == Answer.PRESENT for one in lines),
        "answers": ANSWERS,
    }
    return render(request, "organization/roll_call.html", context)


def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put down what came of one call."""
    actor = actor_of(request)
    actor.demand(Permission.CALL_ROLL)
    line = found(RollCallLine.objects.select_related("body"), pk)
    home = reverse("organization:roll_call", args=[line.roll_call_id])
    initial = {"expected_version": line.version, "name": line.name}
    return deed(
        request,
        AnswerForm(request.POST or None, initial=initial),
        run=lambda data: actions.answer_roll_call(
            actor, line=line, **{"expected_version": 0, **data}
        ),
        to=home,
        context={"back": home, "note": f"{line.body.short_name} {line.name} {line.number}"},
    )
