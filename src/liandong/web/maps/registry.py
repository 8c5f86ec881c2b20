"""Layers of the map. Apps register theirs in ``panels.py``, as they do entries and panels."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.web.maps.features import Feature, Sign
from liandong.web.requests import actor_of
from liandong.web.shielding import shielded

Text = str | Promise


@dataclass(frozen=True)
class Asked:
    """What a map wants of a layer: all of it, or what belongs to one incident.

    ``box``: west, south, east, north of what is looked at. A layer ``by_view`` keeps to it; others
    may show more.
    """

    incident: str = ""
    box: tuple[float, float, float, float] | None = None


Features = Callable[[HttpRequest, Asked], Iterable[Feature]]


@dataclass(frozen=True, kw_only=True)
class Layer:
    """A kind of thing on the map, who may see it, and after which events it is asked for again."""

    key: str
    title: Text
    group: Text
    sign: Sign
    order: int
    permission: str
    live: tuple[str, ...]
    shown: bool
    by_view: bool = False
    features: Features


_layers: dict[str, Layer] = {}


def layer(  # noqa: PLR0913 -- a layer has the parts it has
    key: str,
    title: Text,
    *,
    group: Text,
    sign: Sign,
    order: int = 100,
    permission: str = "",
    live: tuple[str, ...] = (),
    shown: bool = True,
    by_view: bool = False,
) -> Callable[[Features], Features]:
    """Put what the function returns onto the map; it must keep back what the reader may not see.

    ``live`` names prefixes of events; a layer not ``shown`` is there, but switched off at first;
    one ``by_view`` is asked anew as the map moves, and only while it is switched on.
    """

    def register(fn: Features) -> Features:
        _layers[key] = Layer(
            key=key,
            title=title,
            group=group,
            sign=sign,
            order=order,
            permission=str(permission),
            live=live,
            shown=shown,
            by_view=by_view,
            features=fn,
        )
        return fn

    return register


def layers(actor: Actor) -> list[Layer]:
    """The layers that an actor may see, in their order."""
    mine = (one for one in _layers.values() if not one.permission or actor.may(one.permission))
    return sorted(mine, key=lambda one: (one.order, one.key))


def layer_for(actor: Actor, key: str) -> Layer:
    """One layer; raises ``Missing`` or ``Forbidden``."""
    found = _layers.get(key)
    if found is None:
        raise Missing(
            _("没有“%(key)s”这个图层。") % {"key": key[:40]}, remedy=_("请从一张图进入。")
        )
    if found.permission:
        actor.demand(found.permission)
    return found


def gather(
    request: HttpRequest, asked: Asked, keys: Sequence[str] | None = None
) -> list[tuple[Layer, list[Feature]]]:
    """Every layer the reader may see, or those named, with its features; a broken one is empty."""
    return [
        (one, features_of(request, one, asked))
        for one in layers(actor_of(request))
        if (one.key in keys if keys is not None else one.shown)
    ]


def features_of(request: HttpRequest, one: Layer, asked: Asked) -> list[Feature]:
    """What a layer shows now; nothing when asking it failed, which is reported."""
    found = shielded(request, lambda: list(one.features(request, asked)))
    return found if isinstance(found, list) else []


def forget(key: str) -> None:
    """Drop a layer; for tests that register their own."""
    _layers.pop(key, None)
