"""The roster: a month of shifts, laying them, changing them."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import actions, queries
from liandong.organization.models import Body, Person, Shift
from liandong.organization.permissions import Permission
from liandong.organization.states import ShiftRole
from liandong.organization.views.fetching import found
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of

HOURS = [
    (24, gettext_lazy("24 小时")),
    (12, gettext_lazy("12 小时")),
    (8, gettext_lazy("8 小时")),
    (168, gettext_lazy("一周")),
]
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 1)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker only
    """Chooses a person, named with the chair they hold."""

    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=Person.objects.none(), **more)

    def label_from_instance(self, obj: Person) -> str:
        return named(obj)


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for the checker only
    """Chooses several people, in the order in which they are listed."""

    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=Person.objects.none(), **more)

    def label_from_instance(self, obj: Person) -> str:
        return named(obj)


class OrderedPeopleField(forms.CharField):
    """Names in the order of turns, a line each; cleans to people.

    A name several bear is taken for the one among ``near``.
    """

    widget = forms.Textarea

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("轮流的人（按次序）"))
        more.setdefault(
            "help_text", gettext_lazy("每行一个姓名，按轮流的次序；休假的人自动跳过")
        )
        super().__init__(
            max_length=4000, widget=forms.Textarea({"rows": 6, "spellcheck": "false"}), **more
        )
        self.near = Person.objects.none()

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        names = [one.strip() for one in re.split(r"[\n、,，;；]", text) if one.strip()]
        by_name: dict[str, list[Person]] = defaultdict(list)
        for one in queries.people_here().filter(name__in=names):
            by_name[one.name].append(one)
        near = set(self.near.values_list("pk", flat=True))
        chosen = [self._one(name, by_name[name], near) for name in names]
        if len({one.pk for one in chosen}) < len(chosen):
            raise forms.ValidationError(_("同一个人写了两次。"))
        return chosen

    def _one(self, name: str, bearers: list[Person], near: set[UUID]) -> Person:
        if not bearers:
            raise forms.ValidationError(
                _("通讯录里没有%(name)s，请先登记人员。") % {"name": name[:30]}
            )
        here = [one for one in bearers if one.pk in near] or bearers
        if len(here) > 1:
            raise forms.ValidationError(
                _("有 %(n)d 个人叫%(name)s，请用“排一班”单独排。")
                % {"n": len(here), "name": name}
            )
        return here[0]


class TurnsForm(DeedForm):
    """What any laying by turns asks."""

    widths = dict.fromkeys(("role", "since", "days", "at", "hours"), "third")
    role = forms.ChoiceField(label=gettext_lazy("班别"), choices=ShiftRole.choices)
    since = forms.DateField(label=gettext_lazy("从哪天起"))
    days = forms.IntegerField(
        label=gettext_lazy("排几天"), min_value=1, max_value=366, initial=30
    )
    at = forms.TimeField(
        label=gettext_lazy("交接班时间"),
        initial="08:30",
        widget=forms.TimeInput({"type": "time"}),
    )
    hours = forms.TypedChoiceField(
        label=gettext_lazy("一班多长"), choices=HOURS, coerce=int, initial=24
    )


class LayForm(TurnsForm):
    """排班."""

    title, verb, done = (
        gettext_lazy("按轮次排班"),
        gettext_lazy("排班"),
        gettext_lazy("班次已排好。"),
    )
    people = PeopleField(
        label=gettext_lazy("轮流的人"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("设有值班岗位的单位的人，按名单次序轮流；别的人请用“排一班”"),
    )
    start = forms.IntegerField(
        label=gettext_lazy("从第几人起"), min_value=1, max_value=400, initial=1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = queries.people_for_shifts()  # type: ignore[attr-defined]


class LayBodyForm(TurnsForm):
    """单位值班表."""

    title, verb, done = (
        gettext_lazy("本单位排班"),
        gettext_lazy("排班"),
        gettext_lazy("班次已排好，点名时按此联系。"),
    )
    days = forms.IntegerField(
        label=gettext_lazy("排几天"), min_value=1, max_value=92, initial=30
    )
    people = OrderedPeopleField()

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("OrderedPeopleField", self.fields["people"])
        field.near = queries.people_for_shifts(body)


class OneForm(DeedForm):
    """排一班."""

    title, verb, done = (
        gettext_lazy("排一班"),
        gettext_lazy("排一班"),
        gettext_lazy("班次已排好。"),
    )
    widths = {"role": "half", "person": "half", "from_at": "half", "until_at": "half"}
    role = forms.ChoiceField(label=gettext_lazy("班别"), choices=ShiftRole.choices)
    person = PersonField(label=gettext_lazy("人员"))
    from_at = forms.DateTimeField(label=gettext_lazy("接班时间"))
    until_at = forms.DateTimeField(label=gettext_lazy("交班时间"))
    note = forms.CharField(label=gettext_lazy("备注"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = queries.all_people()  # type: ignore[attr-defined]


class SwapForm(DeedForm):
    """调班."""

    title, verb, done = gettext_lazy("调班"), gettext_lazy("调班"), gettext_lazy("已调班。")
    person = PersonField(label=gettext_lazy("改由"))
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = queries.all_people()  # type: ignore[attr-defined]


class WithdrawForm(DeedForm):
    """撤销班次."""

    title, verb, done = (
        gettext_lazy("撤销班次"),
        gettext_lazy("撤销"),
        gettext_lazy("班次已撤销。"),
    )
    dangerous = True
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)


@dataclass(frozen=True)
class Day:
    """A row of the month: its shifts by role."""

    at: datetime
    leaders: list[Shift]
    officers: list[Shift]
    is_today: bool


def named(person: Person) -> str:
    """A person with the first chair they hold now; wants ``all_people``."""
    chairs = getattr(person, "now_at", [])
    at = f"（{chairs[0].post.body.short_name} {chairs[0].post.title}）" if chairs else ""
    return f"{person.name}{at}"


def said(shift: Shift) -> str:
    """A shift in a line; wants its person."""
    role = ShiftRole(shift.role).label
    return f"{role} {shift.person.name} {localtime(shift.from_at):%m-%d %H:%M}"


def home(shift: Shift) -> str:
    """Where the month is in which a shift begins."""
    return f"{reverse('organization:roster')}?month={localtime(shift.from_at):%Y-%m}"


def roster(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Show a month of shifts: of the county's desk, or of a body's own."""
    actor = actor_of(request)
    body = found(queries.all_bodies(), pk) if pk else None
    today = localtime(clock.now(ACTUAL)).date()
    first = _month(request, today)
    following = (first + timedelta(days=32)).replace(day=1)
    context = {
        "first": first,
        "body": body,
        "mine": actor.person,
        "may_call": actor.may(Permission.CALL_ROLL),
        "may_lay_body": bool(body)
        and actor.may(Permission.LAY_BODY_ROSTER, body=str(body and body.pk)),
        "days": _days(first, following, today, body),
        "now": queries.shifts_now(body=body),
        "previous": max((first - timedelta(days=1)).replace(day=1), EARLIEST),
        "following": following,
        "may_lay": body is None and actor.may(Permission.LAY_ROSTER),
        "may_swap": body is None and actor.may(Permission.SWAP_SHIFT),
        "moment": clock.now(ACTUAL),
    }
    return render(request, "organization/roster.html", context)


def lay(request: HttpRequest) -> HttpResponse:
    """Lay shifts by turns."""
    actor = actor_of(request)
    actor.demand(Permission.LAY_ROSTER)

    def run(data: dict[str, Any]) -> Shift:
        people = list(data["people"])
        start = (data["start"] - 1) % max(len(people), 1)
        shifts = _turns(data, people[start:] + people[:start])
        return actions.lay_shifts(actor, shifts=shifts, idempotency_key=data["idempotency_key"])

    initial = {"since": localtime(clock.now(ACTUAL)).date()}
    return deed(
        request,
        LayForm(request.POST or None, initial=initial),
        run=run,
        to=home,
        context={"back": reverse("organization:roster")},
    )


def lay_one(request: HttpRequest) -> HttpResponse:
    """Lay one shift by hand."""
    actor = actor_of(request)
    actor.demand(Permission.LAY_ROSTER)

    def run(data: dict[str, Any]) -> Shift:
        key = data.pop("idempotency_key")
        data.pop("expected_version", None)
        return actions.lay_shifts(
            actor, shifts=[actions.ShiftSpec(**data)], idempotency_key=key
        )

    return deed(
        request,
        OneForm(request.POST or None),
        run=run,
        to=home,
        context={"back": reverse("organization:roster")},
    )


def lay_body(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say who sits at the duty desk of a unit or township, by turns."""
    actor, body = actor_of(request), found(queries.all_bodies(), pk)
    actor.demand(Permission.LAY_BODY_ROSTER, body=str(body.pk))
    page = reverse("organization:body_roster", args=[body.pk])

    def run(data: dict[str, Any]) -> Shift:
        shifts = _turns(data, data["people"])
        return actions.lay_body_shifts(
            actor, body=body, shifts=shifts, idempotency_key=data["idempotency_key"]
        )

    initial = {"since": localtime(clock.now(ACTUAL)).date()}
    return deed(
        request,
        LayBodyForm(request.POST or None, initial=initial, body=body),
        run=run,
        to=page,
        context={"back": page, "note": body.name},
    )


def swap(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let somebody else take a shift."""
    actor, shift = actor_of(request), found(Shift.objects.select_related("person"), pk)
    actor.demand(Permission.SWAP_SHIFT)
    return deed(
        request,
        SwapForm(request.POST or None, initial={"expected_version": shift.version}),
        run=lambda data: actions.swap_shift(
            actor, shift=shift, **{"expected_version": 0, **data}
        ),
        to=home,
        context={"back": home(shift), "note": said(shift)},
    )


def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a shift off the roster."""
    actor, shift = actor_of(request), found(Shift.objects.select_related("person"), pk)
    actor.demand(Permission.LAY_ROSTER)
    return deed(
        request,
        WithdrawForm(request.POST or None, initial={"expected_version": shift.version}),
        run=lambda data: actions.withdraw_shift(
            actor, shift=shift, **{"expected_version": 0, **data}
        ),
        to=home,
        context={"back": home(shift), "note": said(shift)},
    )


def _turns(data: dict[str, Any], people: list[Person]) -> list[actions.ShiftSpec]:
    """The shifts that a ``TurnsForm`` asks for, these people taking turns."""
    return actions.by_turns(
        data["role"],
        people,
        make_aware(datetime.combine(data["since"], data["at"])),
        days=data["days"],
        hours=data["hours"],
    )


def _month(request: HttpRequest, today: date) -> date:
    raw = request.GET.get("month", "")
    try:
        first = date.fromisoformat(f"{raw}-01") if raw else today.replace(day=1)
    except ValueError:
        first = date.min
    if not EARLIEST <= first <= LATEST:
        raise Invalid(
            _("月份“%(raw)s”读不懂。") % {"raw": raw[:20].replace("\0", "")},
            place="month",
            remedy=_("请写成 2026-07。"),
        )
    return first


def _days(first: date, following: date, today: date, body: Body | None) -> list[Day]:
    """Every day of the month; a shift stands under the day on which it begins."""
    since, until = (make_aware(datetime.combine(one, time.min)) for one in (first, following))
    by_day: dict[date, list[Shift]] = defaultdict(list)
    for shift in queries.shifts_between(since, until, body):
        by_day[max(localtime(shift.from_at).date(), first)].append(shift)
    return [
        Day(
            at=make_aware(datetime.combine(on, time.min)),
            leaders=[one for one in by_day[on] if one.role == ShiftRole.LEADER],
            officers=[one for one in by_day[on] if one.role == ShiftRole.OFFICER],
            is_today=on == today,
        )
        for on in (first + timedelta(days=n) for n in range((following - first).days))
    ]
