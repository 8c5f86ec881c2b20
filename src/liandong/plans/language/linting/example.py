"""The plan that examples of rules are changes of: short, and with nothing wrong."""

from collections.abc import Mapping
from typing import Any, Final

from liandong.plans.language.document import Plan
from liandong.plans.language.yaml_text import read_yaml, write_yaml

SOUND: Final = """\
language: 1
plan: forest-fire
title: 示例县森林火灾应急预案
kind: special
hazard: 11G
headquarters: fire-hq
document: {number: 示府办〔2026〕5号, issued: 2026-02-10}
sources: {示例: 示例县森林火灾应急预案}
levels:
  III:
    source: {status: recorded, cite: 示例 Ⅲ级}
    when: {any: [{burned_ha: {at_least: 50}}]}
    proposes: fire-office.director
    decides: {all_of: [fire-hq.commander]}
    informs: [{post: city-emergency, within: PT30M}]
    expected: P3D
    builds_on: IV
  IV:
    source: {status: recorded, cite: 示例 Ⅳ级}
    when: {any: [{burned_ha: {at_least: 10, below: 50}}]}
    proposes: fire-office.director
    decides: {all_of: [fire-hq.executive-deputy]}
    informs: [{post: city-emergency, within: PT30M}]
    expected: P2D
    steps:
      - id: watch
        do: order
        to: meteorology
        text: 加密监测火场气象，预警风向变化和风险隐患
        acknowledge_within: PT5M
        finish_within: PT1H
        proof: [text]
      - id: cordon
        do: order
        to: public-security
        text: 封闭火场周边道路，转移受威胁群众
        acknowledge_within: PT5M
        finish_within: PT40M
        proof: [photo]
      - id: attack
        do: order
        to: forestry
        text: 组织扑火队伍扑打火线
        acknowledge_within: PT5M
        finish_within: PT6H
        needs: [{capability: wildfire, quantity: 2, unit: 队}]
        proof: [photo]
      - {id: sitrep, do: report, to: fire-office.director, text: 汇总火情，形成续报, every: PT2H}
ends_when: {open_flame_out: true}
field_post: {groups: [coordination, firefighting]}
"""
CORDON: Final = (
    "id: cordon, do: order, to: public-security, text: 封闭火场周边道路, "
    "acknowledge_within: PT5M, finish_within: PT40M, proof: [photo]"
)
SITREP: Final = (
    "id: sitrep, do: report, to: fire-office.director, text: 汇总火情形成续报, every: PT2H"
)


def with_steps(*steps: str, more: str = "") -> str:
    """Write an example in which level IV has these steps alone."""
    return f"levels: {{IV: {{{more}steps: [{', '.join(f'{{{step}}}' for step in steps)}]}}}}"


def example_plans(change: str) -> list[Plan]:
    """The plans an example is about: the sound one changed, or several made of it."""
    data = read_yaml(change).data
    several = data if isinstance(data, list) else [data]
    return [Plan.model_validate(merged(read_yaml(SOUND).data, one)) for one in several]


def merged(data: Any, change: Any) -> Any:
    """Lay a change over data: mappings key by key, lists as a whole; null takes a key away."""
    if not isinstance(data, Mapping) or not isinstance(change, Mapping):
        return change
    found = {**data, **{key: merged(data.get(key), value) for key, value in change.items()}}
    return {key: value for key, value in found.items() if value is not None}


def tidy(change: str) -> str:
    """Write an example as people write plans, for the reference."""
    return write_yaml(read_yaml(change).data, short=True)
