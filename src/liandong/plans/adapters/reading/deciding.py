"""Who proposes, decides, consents, is told and ends, out of one sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from liandong.plans.adapters.reading.directory import Directory, Mention
from liandong.plans.adapters.reading.numbers import lengths_in, plain

Role = Literal["proposes", "decides", "consent", "informs", "ends"]

TOGETHER: Final = re.compile(r"^(?:[、，,]|和|与|及|以及|或|或者)$")
AHEAD: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    ("consent", re.compile(r"(?:报请?|报经|经|提请)$")),
    ("informs", re.compile(r"(?:报告|报送|上报|通报|报|向|告知)$")),
)
BEHIND: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    ("consent", re.compile(r"^(?:同意|审定|批准同意|审批同意)")),
    ("proposes", re.compile(r"^[^。；]{0,24}?(?:提出|建议|提请|报请)")),
    ("ends", re.compile(r"^[^。；]{0,16}?(?:终止|结束|解除)")),
    ("decides", re.compile(r"^[^。；]{0,16}?(?:决定|批准|宣布|签发|启动)")),
    ("informs", re.compile(r"^(?:报告|备案)")),
)
ABOUT: Final = re.compile(r"启动|响应|终止|结束")
SPEAKS: Final = re.compile(r"决定|批准|宣布|启动|同意|建议|终止|结束")


@dataclass(frozen=True, kw_only=True)
class Said:
    """Somebody in a part; of several, whether any one of them is enough."""

    role: Role
    keys: tuple[str, ...]
    either: bool = False
    within: timedelta | None = None


def is_deciding(text: str) -> bool:
    """Whether a sentence is about who starts or ends a response."""
    return bool(ABOUT.search(text) and SPEAKS.search(text))


def read_deciding(text: str, directory: Directory) -> list[Said]:
    """Read a sentence; whoever stands in no part that is known is left out."""
    said = plain(text)
    found = []
    for group, between in _groups(said, directory.mentions(said)):
        start, end = group[0].start, group[-1].end
        role = _role(said[:start], said[end:])
        if role:
            keys = tuple(dict.fromkeys(one.key for one in group))
            found.append(
                Said(
                    role=role,
                    keys=keys,
                    either="或" in between,
                    within=_within(said, start, end) if role == "informs" else None,
                )
            )
    return found


def _groups(text: str, mentions: list[Mention]) -> Iterator[tuple[list[Mention], str]]:
    """Mentions that stand together, and the words between them."""
    group: list[Mention] = []
    between = ""
    for one in mentions:
        gap = text[group[-1].end : one.start] if group else ""
        if group and TOGETHER.match(gap):
            group.append(one)
            between += gap
            continue
        if group:
            yield group, between
        group, between = [one], ""
    if group:
        yield group, between


def _role(before: str, after: str) -> Role | None:
    ahead = next((role for role, words in AHEAD if words.search(before)), None)
    behind = next((role for role, words in BEHIND if words.search(after)), None)
    if behind == "consent" or (ahead == "consent" and behind == "decides"):
        return "consent" if ahead == "consent" or behind == "consent" else behind
    if ahead == "informs" or (ahead == "consent" and behind is None):
        return "informs"
    return behind


def _within(text: str, start: int, end: int) -> timedelta | None:
    """How soon somebody is told: the length that stands nearest, before 内."""
    near = [
        (min(abs(start - to), abs(at - end)), length)
        for length, at, to in lengths_in(text)
        if text[to : to + 2].startswith(("内", "之内", "以内"))
    ]
    return min(near)[1] if near else None
