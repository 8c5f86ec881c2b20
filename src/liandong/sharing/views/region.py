"""The risk map: what lies in a circle, a polygon, below on a river or in a township."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.documents.sheets import listed_workbook
from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.sharing import queries
from liandong.sharing.forms.map_view import SaveViewForm
from liandong.sharing.forms.region import CIRCLE, RegionForm
from liandong.sharing.models import Record
from liandong.sharing.permissions import Permission
from liandong.sharing.registers import REGISTERS
from liandong.web.intake import blank_response
from liandong.web.maps.extents import grown
from liandong.web.maps.features import Feature, Sign, Tone
from liandong.web.maps.palette import PALETTES
from liandong.web.maps.registry import Asked, Layer, gather
from liandong.web.maps.sheet import Order, draw
from liandong.web.requests import actor_of

MOST_EXPORTED = 20_000
WIDTH, HEIGHT = 1120.0, 640.0


def region(request: HttpRequest) -> HttpResponse:
    """Ask what a region holds; without a question, the form beside the map. Writes nothing."""
    actor = actor_of(request)
    asked = request.GET.copy()
    export = asked.pop("export", None)
    form = RegionForm(asked if "shape" in asked else None, initial={"shape": CIRCLE})
    ground = _ground(form)
    if ground and export:
        return _workbook(actor, form, ground)
    context = {
        "form": form,
        "ground": ground,
        "found": _found(actor, form, ground) if ground else [],
        "query": asked.urlencode(),
        "may_confirm": actor.may(Permission.CONFIRM_RECORD),
        "views": queries.map_views(actor),
        "save": SaveViewForm(initial={"query": asked.urlencode()}) if ground else None,
    }
    if ground and "print" in asked:
        context["sheet"] = _sheet(request, form, ground)
        return render(request, "sharing/region_print.html", context)
    return render(request, "sharing/region.html", context, status=422 if form.errors else 200)


def _ground(form: RegionForm) -> queries.Region | None:
    """The ground asked about; None where nothing was asked, or what was asked is refused in the form."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return form.region()
    except Invalid as refused:
        for name, text in (refused.fields or {"shape": refused.title}).items():
            form.add_error(name if name in form.fields else None, text)
        return None


def _found(actor: Actor, form: RegionForm, ground: queries.Region) -> list[queries.Found]:
    kinds = form.cleaned_data["kinds"]
    return queries.found_in(actor, ground.ground, kinds=kinds, center=ground.center)


def _sheet(request: HttpRequest, form: RegionForm, ground: queries.Region) -> str:
    """The ground and what lies in and about it, drawn with its legend."""
    kinds = form.cleaned_data["kinds"] or list(REGISTERS)
    box = grown(ground.ground.bounds)
    keys = [REGISTERS[kind].layer for kind in kinds]
    pairs = gather(request, Asked(box=box), keys)
    asked = Layer(
        key="asked",
        title=ground.words,
        group="",
        sign=Sign.AREA,
        order=0,
        permission="",
        live=(),
        shown=True,
        features=lambda _request, _asked: [],
    )
    drawn = Feature(key="asked", shape=ground.ground, label=ground.words, tone=Tone.ACCENT)
    return draw(
        Order(
            box=box,
            width=WIDTH,
            height=HEIGHT,
            colors=PALETTES["light"],
            title=ground.words,
            at=clock.now(actor_of(request).realm),
            pairs=[(asked, [drawn]), *pairs],
        )
    )


def _workbook(actor: Actor, form: RegionForm, ground: queries.Region) -> HttpResponse:
    """Everything that was found, a line each."""
    found = queries.found_in(
        actor,
        ground.ground,
        kinds=form.cleaned_data["kinds"],
        center=ground.center,
        limit=MOST_EXPORTED,
    )
    heads = [
        *(_("登记簿"), _("编号"), _("名称"), _("地址"), _("责任单位"), _("距离（米）")),
        *(_("情况"), _("经度"), _("纬度")),
    ]
    name = _("范围内的风险与资源")
    return blank_response(name, listed_workbook(name, heads, _lines(found)))


def _lines(found: list[queries.Found]) -> Iterator[list[str]]:
    for one in found:
        for row in one.rows:
            record = row.record
            far = "" if row.distance_m is None else f"{row.distance_m:.0f}"
            yield [
                *(str(one.register.title), record.number, record.name, record.address),
                *(record.body.short_name, far, said_of(record)),
                *(str(record.lon), str(record.lat)),
            ]


def said_of(record: Record) -> str:
    """What a list says of a record, without what only some may see."""
    shown = (
        (one, record.values.get(one.key))
        for one in record.register.fields
        if one.listed and not one.sensitive
    )
    return "；".join(f"{one.heading}{one.show(value)}" for one, value in shown if value)
