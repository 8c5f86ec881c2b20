"""Errors of the API: problem+json, with each wrong place named in Chinese."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_noop

from liandong.kernel.wording import gettext as _

SAID = {
    "missing": gettext_noop("缺少这一项"),
    "extra_forbidden": gettext_noop("没有这一项，请删去"),
    "string_type": gettext_noop("应为文字"),
    "string_too_long": gettext_noop("太长，最多 {max_length} 字"),
    "string_too_short": gettext_noop("太短，至少 {min_length} 字"),
    "string_pattern_mismatch": gettext_noop("格式不对"),
    "int_type": gettext_noop("应为整数"),
    "int_parsing": gettext_noop("应为整数"),
    "int_from_float": gettext_noop("应为整数"),
    "decimal_type": gettext_noop("应为数字"),
    "decimal_parsing": gettext_noop("应为数字"),
    "decimal_max_digits": gettext_noop("位数太多"),
    "decimal_max_places": gettext_noop("小数位太多"),
    "finite_number": gettext_noop("应为有限的数"),
    "float_parsing": gettext_noop("应为数字"),
    "bool_parsing": gettext_noop("应为 true 或 false"),
    "uuid_parsing": gettext_noop("应为 UUID"),
    "datetime_parsing": gettext_noop("时间读不懂，请写成 2026-07-14T04:07:00+08:00"),
    "datetime_from_date_parsing": gettext_noop("时间读不懂，请写成 2026-07-14T04:07:00+08:00"),
    "timezone_aware": gettext_noop("时间要带时区，如 +08:00"),
    "date_parsing": gettext_noop("日期读不懂，请写成 2026-07-14"),
    "greater_than": gettext_noop("应大于 {gt}"),
    "greater_than_equal": gettext_noop("不应小于 {ge}"),
    "less_than": gettext_noop("应小于 {lt}"),
    "less_than_equal": gettext_noop("不应大于 {le}"),
    "too_long": gettext_noop("太多，最多 {max_length} 项"),
    "too_short": gettext_noop("太少，至少 {min_length} 项"),
    "list_type": gettext_noop("应为列表"),
    "dict_type": gettext_noop("应为对象"),
    "model_attributes_type": gettext_noop("应为对象"),
    "model_type": gettext_noop("应为对象"),
    "enum": gettext_noop("应为 {expected} 之一"),
    "literal_error": gettext_noop("应为 {expected} 之一"),
    "json_invalid": gettext_noop("JSON 读不懂"),
}


def explain(error: Mapping[str, Any]) -> tuple[str, str]:
    """Place and text of one of pydantic's errors."""
    place = ".".join(str(part) for part in error.get("loc", ()))
    if error.get("type") == "value_error":
        return place, str(error.get("msg", "")).removeprefix("Value error, ")
    text = _(SAID.get(str(error.get("type")), gettext_noop("内容不对")))
    return place, text.format_map({**error.get("ctx", {})})


def problem(
    status: int,
    title: str,
    *,
    code: str,
    place: str = "",
    remedy: str = "",
    fields: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Answer as RFC 9457 says; blanks left out."""
    body = {
        "type": f"urn:liandong:problem:{code}",
        "title": title,
        "status": status,
        "place": place,
        "remedy": remedy,
        "fields": dict(fields or {}),
    }
    text = json.dumps({key: value for key, value in body.items() if value}, ensure_ascii=False)
    return HttpResponse(
        text, status=status, content_type="application/problem+json; charset=utf-8"
    )
