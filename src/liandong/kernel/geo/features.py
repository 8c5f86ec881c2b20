"""GeoJSON as files have it: a collection of features, each with a shape and what is said of it."""

import json
from collections.abc import Callable
from typing import Any

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _


def collection(text: bytes, wrong: Callable[[str], Invalid]) -> dict[str, Any]:
    """Read a collection of features; raises what ``wrong`` makes of the reason why it is none."""
    try:
        told = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise wrong(_("不是完整的 JSON 文本")) from error
    is_collection = isinstance(told, dict) and told.get("type") == "FeatureCollection"
    features = told.get("features") if is_collection else None
    if not isinstance(features, list) or not all(map(_is_feature, features)):
        raise wrong(_("不是 GeoJSON 的要素集合（FeatureCollection）"))
    return dict(told)


def _is_feature(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and one.get("type") == "Feature"
        and isinstance(one.get("geometry"), dict)
        and isinstance(one.get("properties") or {}, dict)
    )
