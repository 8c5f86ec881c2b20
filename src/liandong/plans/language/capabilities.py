"""What a measure may need, as people call it: kinds of teams that can do something."""

import re
from collections.abc import Mapping
from typing import Any, Final

CAPABILITY_LABELS: Final[Mapping[str, str]] = {
    "fire-rescue": "消防救援",
    "wildfire": "森林灭火",
    "flood-fighting": "防汛抢险",
    "water-rescue": "水上救援",
    "collapse-rescue": "坍塌搜救",
    "mine-rescue": "矿山救援",
    "hazmat": "危化品处置",
    "geological": "地质抢险",
    "medical": "医疗救护",
    "disease-control": "疾病防控",
    "psychological": "心理援助",
    "traffic-control": "交通管制",
    "road-clearing": "道路抢通",
    "snow-removal": "除雪除冰",
    "power-repair": "电力抢修",
    "communications": "通信保障",
    "water-supply": "供水抢修",
    "aviation": "航空救援",
    "drone": "无人机",
    "evacuation": "转移安置",
    "militia": "民兵",
    "volunteers": "志愿服务",
}
_KEYS: Final = {label: key for key, label in CAPABILITY_LABELS.items()}
# Longest first, so that no label is cut short by one that it begins with.
_NAMES: Final = "|".join(sorted(_KEYS, key=len, reverse=True))
NEED: Final = re.compile(
    rf"(?P<name>{_NAMES}|[a-z0-9]+(?:-[a-z0-9]+)*) ?(?P<quantity>\d{{1,6}}) ?(?P<unit>[^\d、]*)"
)


def need_said(need: Mapping[str, Any]) -> str:
    """Say what is needed: 交通管制 2 组; a capability without a name by its key."""
    capability = str(need.get("capability", ""))
    said = (
        CAPABILITY_LABELS.get(capability, capability),
        need.get("quantity"),
        need.get("unit"),
    )
    return " ".join(str(one) for one in said if one)


def need_read(found: re.Match[str]) -> dict[str, Any]:
    """Take what ``NEED`` found as the language has it."""
    name, unit = found["name"], found["unit"].strip()
    need: dict[str, Any] = {
        "capability": _KEYS.get(name, name),
        "quantity": int(found["quantity"]),
    }
    return need | ({"unit": unit} if unit else {})
