"""Plans the tests share, as text."""

FOREST = """\
language: 1
plan: forest-fire
title: 森林火灾应急预案
kind: special
hazard: 11G01
headquarters: forest-fire-hq
document: {number: 示府办〔2025〕12号, issued: 2025-09-28, replaces: null}
bounds: half_open
levels:
  IV:
    source: {status: recorded, cite: 5.2.1}
    when:
      any:
        - {burned_ha: {at_least: 10, below: 50}, cite: "(1)"}
        - {all: [{serious_injuries: {at_least: 1, below: 3}}, {open_flame_out: false}], cite: "(2)"}
        - {all: [{spreading: true}, {sensitive: true}, {uncontrolled_minutes: {at_least: 120}}], cite: "(3)"}
        - {all: [{spreading: true}, {sensitive: false}, {uncontrolled_minutes: {at_least: 240}}], cite: "(3)"}
        - {superior_demands: true, cite: "(4)"}
        - {dangerous_fires_at_once: {at_least: 2}, cite: "(5)"}
    proposes: forest-fire-office
    decides: {all_of: [forest-fire-hq.executive-deputy, forest-fire-office.director]}
    consent: null
    informs: [{post: forest-fire-hq.commander, within: PT10M}]
    expected: P2D
    steps:
      - {id: notify, do: order, to: emergency, text: 通知各成员单位}
      - id: cordon
        do: order
        to: public-security
        text: 对火场周边道路实施交通管制，疏散无关人员
        acknowledge_within: PT5M
        finish_within: PT40M
        after: [notify]
        needs: [{capability: traffic-control, quantity: 2, unit: 组}]
        proof: [photo]
      - {id: sitrep, do: report, to: forest-fire-office, text: 火情续报, every: PT2H}
field_post: {groups: [coordination, firefighting, medical, security]}
"""

# A real county's relief plan: a table for all disasters beside one for earthquakes of 5 and over.
RELIEF = """\
language: 1
plan: relief
title: 自然灾害救助应急预案
kind: special
hazard: any
headquarters: relief-hq
levels:
  I:
    source: {status: not_recorded, cite: 启动条件所在分页未取到}
  II:
    source: {status: recorded, cite: Ⅱ级}
    when:
      any:
        - {dead_missing: {at_least: 6, below: 10}, cite: 一般}
        - {relocated: {at_least: 2500, below: 5000}, cite: 一般}
        - all: [{earthquake_magnitude: {at_least: 5}}, {dead_missing: {at_least: 5, below: 10}}]
          cite: 地震
        - all: [{earthquake_magnitude: {at_least: 5}}, {relocated: {at_least: 1500, below: 2000}}]
          cite: 地震
  III:
    source: {status: recorded, cite: Ⅲ级}
    when:
      any:
        - {dead_missing: {at_least: 3, below: 6}, cite: 一般}
        - {relocated: {at_least: 1000, below: 2500}, cite: 一般}
        - all: [{earthquake_magnitude: {at_least: 5}}, {dead_missing: {at_least: 3, below: 5}}]
          cite: 地震
        - all: [{earthquake_magnitude: {at_least: 5}}, {relocated: {at_least: 500, below: 1500}}]
          cite: 地震
  IV:
    source: {status: recorded, cite: Ⅳ级}
    when:
      any:
        - {dead_missing: {at_least: 1, below: 3}, cite: 一般}
        - {relocated: {at_least: 300, below: 1000}, cite: 一般}
        - all: [{earthquake_magnitude: {at_least: 5}}, {dead_missing: {at_least: 1, below: 3}}]
          cite: 地震
        - all: [{earthquake_magnitude: {at_least: 5}}, {relocated: {at_least: 100, below: 500}}]
          cite: 地震
"""


def forest_with(condition: str) -> str:
    """Give the forest plan with another condition of level IV."""
    head, _, rest = FOREST.partition("    when:\n")
    return f"{head}    when: {condition}\n    proposes:{rest.partition('    proposes:')[2]}"
