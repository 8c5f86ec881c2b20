"""The duty telephone's book: every call, one call, what is done about it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from liandong.kernel import clock
from liandong.kernel.journal.reading import timeline
from liandong.kernel.wording import gettext as _
from liandong.organization import actions, queries
from liandong.organization.models import PhoneRecord
from liandong.organization.permissions import Permission
from liandong.organization.states import PhoneRecordState
from liandong.web import cells
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing

KIND = "organization.phone_record"


class RecordForm(DeedForm):
    """登记电话."""

    title, verb, done = (
        gettext_lazy("登记电话"),
        gettext_lazy("登记"),
        gettext_lazy("已登记。"),
    )
    widths = {
        "called_at": "half",
        "caller": "half",
        "number": "half",
        "occurred": "half",
    }
    called_at = forms.DateTimeField(label=gettext_lazy("来电时间"))
    caller = forms.CharField(label=gettext_lazy("来电单位、人"), max_length=120)
    number = forms.CharField(label=gettext_lazy("电话"), max_length=40, required=False)
    occurred = forms.CharField(
        label=gettext_lazy("事发时间（来电人说）"), max_length=60, required=False
    )
    place = forms.CharField(label=gettext_lazy("地点"), max_length=300, required=False)
    what = forms.CharField(
        label=gettext_lazy("事件"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    losses = forms.CharField(
        label=gettext_lazy("伤亡损失"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("没有问到就空着，没有伤亡写“无”"),
    )
    measures = forms.CharField(
        label=gettext_lazy("已采取措施、需要"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    closed = forms.BooleanField(label=gettext_lazy("已当场答复，不用跟进"), required=False)


class FollowForm(DeedForm):
    """跟进."""

    title, verb, done = gettext_lazy("跟进"), gettext_lazy("记下"), gettext_lazy("已记下。")
    note = forms.CharField(
        label=gettext_lazy("报告、通知了谁，对方怎么说"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )


class CloseForm(DeedForm):
    """办结."""

    title, verb, done = gettext_lazy("办结"), gettext_lazy("办结"), gettext_lazy("已办结。")
    outcome = forms.CharField(
        label=gettext_lazy("处理结果"), max_length=500, widget=forms.Textarea({"rows": 2})
    )


COLUMNS: list[Column[PhoneRecord]] = [
    Column(key="number", label=gettext_lazy("编号"), value=str, sort="day"),
    Column(
        key="at",
        label=gettext_lazy("来电时间"),
        value=lambda row: row.called_at,
        sort="called_at",
        draw=cells.moment,
    ),
    Column(
        key="caller",
        label=gettext_lazy("来电单位、人"),
        value=lambda row: row.caller,
        sort="caller",
    ),
    Column(key="place", label=gettext_lazy("地点"), value=lambda row: row.place),
    Column(key="what", label=gettext_lazy("事件"), value=lambda row: row.what[:60]),
    Column(
        key="state",
        label=gettext_lazy("状态"),
        value=lambda row: row.get_state_display(),
        sort="state",
    ),
    Column(key="by", label=gettext_lazy("记录人"), value=lambda row: row.recorded_by),
]
FILTERS = [
    Filter(key="q", label=gettext_lazy("事件"), lookup="what__icontains"),
    Filter(key="caller", label=gettext_lazy("来电单位、人"), lookup="caller__icontains"),
    Filter(
        key="state",
        label=gettext_lazy("状态"),
        lookup="state",
        kind="choice",
        choices=PhoneRecordState.choices,
    ),
    Filter(key="since", label=gettext_lazy("来电自"), lookup="called_at__gte", kind="since"),
]


def phone_records(request: HttpRequest) -> HttpResponseBase:
    """Every call, the latest first."""
    actor = actor_of(request)
    actor.demand(Permission.KEEP_PHONE_RECORD)
    table = Table(
        request,
        queries.visible_phone_records(actor),
        COLUMNS,
        FILTERS,
        order=("-called_at", "-pk"),
        name="phone-records",
        link=cells.address_of("organization:phone_record"),
    )
    return listing(
        request,
        table,
        "organization/phone_records.html",
        title=_("电话记录"),
        live=KIND,
    )


def take(request: HttpRequest) -> HttpResponse:
    """Put a call down."""
    actor = actor_of(request)
    actor.demand(Permission.KEEP_PHONE_RECORD)

    def run(data: dict[str, Any]) -> PhoneRecord:
        data.pop("expected_version", None)
        return actions.take_phone_record(actor, **data)

    now = localtime(clock.now(actor.realm)).replace(microsecond=0)
    return deed(
        request,
        RecordForm(request.POST or None, initial={"called_at": now}),
        run=run,
        to=address,
        context={"back": reverse("organization:phone_records")},
    )


def address(record: PhoneRecord) -> str:
    """Where a record's page is."""
    return reverse("organization:phone_record", args=[record.pk])


def phone_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One call: what was said, what was done about it, what can be made of it."""
    actor = actor_of(request)
    actor.demand(Permission.KEEP_PHONE_RECORD)
    row = queries.phone_record_for(actor, pk)
    version = {"expected_version": row.version}
    context = {
        "record": row,
        "entries": timeline(actor, subject=(KIND, str(row.pk)), limit=40),
        "follow_form": FollowForm(initial=version),
        "close_form": CloseForm(initial=version),
    }
    return render(request, "organization/phone_record.html", context)


def follow(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put down what was done about a call."""
    return _settle(request, pk, FollowForm, actions.follow_phone_record)


def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that nothing is left to do."""
    return _settle(request, pk, CloseForm, actions.close_phone_record)


def _settle(request: HttpRequest, pk: UUID, form: type[DeedForm], act: Any) -> HttpResponse:
    actor = actor_of(request)
    actor.demand(Permission.KEEP_PHONE_RECORD)
    row = queries.phone_record_for(actor, pk)
    return deed(
        request,
        form(request.POST or None, initial={"expected_version": row.version}),
        run=lambda data: act(actor, record=row, **{"expected_version": 0, **data}),
        to=address,
        context={"back": address(row), "note": str(row)},
    )
