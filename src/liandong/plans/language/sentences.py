"""Conditions said in Chinese, as plans write them."""

from collections.abc import Mapping
from typing import Final

from liandong.plans.language.conditions import (
    AllOf,
    AnyOf,
    Areas,
    Comparison,
    Condition,
    Count,
    Test,
    Unread,
)
from liandong.plans.language.document import Deciders
from liandong.plans.language.facts import Dictionary, Fact
from liandong.plans.language.reach import fact_of

_BOUNDS: Final = (
    ("at_least", "{}以上"),
    ("above", "超过 {}"),
    ("below", "{}以下"),
    ("at_most", "不超过 {}"),
    ("equals", "为{}"),
)


def sentence(condition: Condition, facts: Dictionary) -> str:
    """Say a condition: 过火面积 10 公顷以上、50 公顷以下."""
    if isinstance(condition, Test):
        return _test_sentence(condition, fact_of(condition, facts[condition.fact]))
    if isinstance(condition, Unread):
        return f"（原文未录）{condition.not_recorded}"
    if isinstance(condition, Areas):
        where = _bracketed(condition.where, facts)
        return f"{condition.areas_at_least} 个以上乡镇{where}"
    if isinstance(condition, Count):
        return f"下列 {condition.at_least_n} 项以上成立：" + "、".join(
            _parts(condition.of, facts)
        )
    joint = "，且" if isinstance(condition, AllOf) else "；或"
    return joint.join(_parts(condition.parts, facts))


def _parts(parts: list[Condition], facts: Dictionary) -> list[str]:
    say = _bracketed if len(parts) > 1 else sentence
    return [say(part, facts) for part in parts]


def _bracketed(part: Condition, facts: Dictionary) -> str:
    """Say a part of something larger, so that it is seen where it ends."""
    said = sentence(part, facts)
    return f"（{said}）" if isinstance(part, AllOf | AnyOf | Count) else said


def _test_sentence(test: Test, fact: Fact) -> str:
    if isinstance(test.expects, bool):
        return fact.label if test.expects else fact.negation or f"并非“{fact.label}”"
    return _spaced(fact.label, _comparison_sentence(test.expects, fact))


def _comparison_sentence(expects: Comparison, fact: Fact) -> str:
    reach = "" if fact.is_numeric or expects.at_least is None else "达到"
    said = [
        form.format(fact.show(fact.read(value)))
        for word, form in _BOUNDS
        if (value := getattr(expects, word)) is not None
    ]
    if expects.one_of:
        said.append("为" + "或".join(fact.show(fact.read(value)) for value in expects.one_of))
    return reach + "、".join(said)


def _spaced(label: str, rest: str) -> str:
    return f"{label} {rest}" if rest[:1].isdigit() else f"{label}{rest}"


def deciders_sentence(deciders: Deciders, names: Mapping[str, str]) -> str:
    """Say who decides; posts the caller has no name for stand with their key."""
    posts = [names.get(post, post) for post in deciders.posts]
    if len(posts) == 1:
        return posts[0]
    return "、".join(posts) + ("共同决定" if deciders.all_of else "任一决定")
