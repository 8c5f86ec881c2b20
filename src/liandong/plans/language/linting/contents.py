"""Rules about what a plan has to contain, and about where its figures come from."""

import re
from collections.abc import Iterator
from typing import Final

from liandong.plans.language.checking import comparisons_in
from liandong.plans.language.conditions import Status, Unread
from liandong.plans.language.document import Level, Plan
from liandong.plans.language.levels import LevelKey, level_label
from liandong.plans.language.linting.example import CORDON, SITREP, with_steps
from liandong.plans.language.linting.rule import Found, Gravity, rule
from liandong.plans.language.linting.steps import steps_by_level, steps_in
from liandong.plans.language.reader import clauses_of
from liandong.plans.language.wording import gettext_noop as _

CONTENTS = "《突发事件应急预案管理办法》（国办发〔2024〕5号）第{}条"
_RISK: Final = ("风险管控", "风险|隐患|危险|重点|巡查|排查|危害")
_WATCH: Final = ("监测预警", "监测|预警|预报|巡查|观测|叫应")
_RESCUE: Final = ("组织自救互救", "自救|互救|群众|转移|疏散|撤离|避险|救护|救治")
_SCENE: Final = ("现场管控", "管制|管控|警戒|封闭|封控|现场|疏散")
_SUPPLY: Final = ("队伍物资保障", "队伍|物资|装备|调运|力量|应急队|保障|预置")
_MOVE: Final = ("人员疏散与安置", "转移|疏散|撤离|安置|避险")
_SPREAD: Final = ("预警信息传播", "预警|叫应|通知|广播|告知")
_CALL: Final = ("资源调用", "队伍|物资|装备|调用|调运|车辆|力量")
# What each kind has to contain, and the words by which a step is taken to be about it.
WANTED: Final[dict[str, tuple[str, tuple[tuple[str, str], ...]]]] = {
    "special": (CONTENTS.format("十"), (_RISK, _WATCH, _RESCUE, _SCENE, _SUPPLY)),
    "departmental": (CONTENTS.format("十"), (_RISK, _WATCH, _RESCUE, _SCENE, _SUPPLY)),
    "township": (CONTENTS.format("十五"), (_SPREAD, _SCENE, _MOVE)),
    "village": (CONTENTS.format("十五"), (_RISK, _SPREAD, _MOVE, _CALL)),
    "unit": (CONTENTS.format("十六"), (_RISK, _WATCH, _MOVE, _CALL)),
}
_SPEAKS: Final = {
    kind: [(name, re.compile(words)) for name, words in wanted]
    for kind, (_basis, wanted) in WANTED.items()
}


@rule(
    "LD501",
    Gravity.MUST,
    _("没有信息报告的安排"),
    remedy=_("加一步“做法”为报告（do: report）的，写明交给谁、每隔多久一次。"),
    basis="《突发事件应对法》第十七条；" + CONTENTS.format("十"),
    bad=with_steps(CORDON),
    good=with_steps(CORDON, SITREP),
    of_response=True,
)
def no_report(plan: Plan) -> Iterator[Found]:
    """Find a level at which nobody reports how things stand."""
    for key, level in plan.highest_first():
        steps = steps_by_level(plan)[key].values()
        if (
            steps
            and level.source.status != Status.NOT_RECORDED
            and not any(s.do == "report" for s in steps)
        ):
            yield Found(path=("levels", key), what=f"{level_label(key)}响应没有一条报告")


@rule(
    "LD502",
    Gravity.SHOULD,
    _("缺少这类预案应有的内容"),
    remedy=_("补上有关措施；写在预案正文或附件里的，核对后可以不改。"),
    basis=CONTENTS.format("十") + "、第十五条、第十六条",
    bad=with_steps(CORDON, SITREP),
    good="plan: forest-fire",
)
def contents_missing(plan: Plan) -> Iterator[Found]:
    """Find what the regulation asks of this kind and no step speaks of."""
    said = " ".join(step.text for _path, _key, step in steps_in(plan))
    for name, words in _SPEAKS.get(plan.kind, ()):
        if not words.search(said):
            yield Found(
                path=("kind",), what=f"没有一条措施说到“{name}”（{WANTED[plan.kind][0]}）"
            )


@rule(
    "LD503",
    Gravity.SHOULD,
    _("没有写现场指挥部"),
    remedy=_("在“现场指挥部的工作组”（field_post）里写明分哪些组，各由谁牵头。"),
    basis="《突发事件应对法》第七十二条",
    bad="field_post: null",
    good="field_post: {groups: [{key: coordination, leads: emergency}]}",
)
def no_field_post(plan: Plan) -> Iterator[Found]:
    """Find a county's plan that does not say how the place itself is commanded."""
    if plan.kind in {"overall", "special", "departmental"} and not plan.field_post.groups:
        yield Found(path=("field_post",), what="没有写现场指挥部分哪些组")


@rule(
    "LD504",
    Gravity.SHOULD,
    _("没有写终止条件"),
    remedy=_(
        "在“什么时候可以终止响应”（ends_when）里写；没有时，各级条件都不成立才可终止，而面积、伤亡这类数字不会变小。"
    ),
    bad="ends_when: null",
    good="ends_when: {open_flame_out: true}",
    of_response=True,
)
def no_end(plan: Plan) -> Iterator[Found]:
    """Find a plan that does not say when its response is over."""
    if plan.ends_when is None:
        yield Found(path=("ends_when",), what="没有写满足什么才可终止响应")


@rule(
    "LD505",
    Gravity.SHOULD,
    _("没有文号或印发日期"),
    remedy=_(
        "印发后在“文件信息”里补上“文号”（number）和“印发日期”（issued）；备案、公开、评估的期限都从印发日起算。"
    ),
    bad="document: {number: null, issued: null}",
    good="document: {number: 示府办〔2026〕5号, issued: 2026-02-10}",
)
def no_number(plan: Plan) -> Iterator[Found]:
    """Find a plan that cannot be cited or counted from."""
    lacks = [
        name
        for name, value in (("文号", plan.document.number), ("印发日期", plan.document.issued))
        if not value
    ]
    if lacks:
        yield Found(path=("document",), what=f"没有{'、'.join(lacks)}")


@rule(
    "LD506",
    Gravity.SHOULD,
    _("规定的时段没有用到"),
    remedy=_("在条件里用上这个事实，或删去“每年的时段”（periods）里的这段。"),
    bad="periods: [{fact: sensitive, since: '03-01', until: '05-31'}]",
    good="{periods: [{fact: sensitive, since: '03-01', until: '05-31'}], levels: {IV: {when: {any: [{burned_ha: {at_least: 10, below: 50}}, {all: [{sensitive: true}, {spreading: true}]}]}}}}",
)
def idle_period(plan: Plan) -> Iterator[Found]:
    """Find days of the year on which a fact holds that nothing asks for."""
    conditions = [level.when for level in plan.levels.values()]
    conditions += [c for _p, _k, step in steps_in(plan) for c in (step.when, step.waits_for)]
    asked = {test.fact for one in conditions if one for _path, test in comparisons_in(one)}
    for at, period in enumerate(plan.periods):
        if period.fact not in asked:
            yield Found(path=("periods", at), what=f"没有一个条件用到“{period.fact}”")


@rule(
    "LD507",
    Gravity.SHOULD,
    _("启动条件原文未载"),
    remedy=_("查到原文后补上；在此之前，这一级研判时总是“未定”，要靠人决定。"),
    bad="levels: {III: {source: {status: not_recorded, cite: 示例 Ⅲ级}, when: null}}",
    good="levels: {III: {when: {any: [{burned_ha: {at_least: 50}}]}}}",
)
def not_recorded(plan: Plan) -> Iterator[Found]:
    """Find a level that stays open because nobody has read its condition."""
    for key, level in plan.highest_first():
        parts = clauses_of(level.when)
        unread = [
            one for one in parts if isinstance(one, Unread) or one.status == Status.NOT_RECORDED
        ]
        if level.when is None:
            yield Found(path=("levels", key), what=f"{level_label(key)}的启动条件原文未载")
        elif unread:
            what = f"{level_label(key)}的 {len(parts)} 款启动条件里有 {len(unread)} 款原文未载"
            yield Found(path=("levels", key, "when"), what=what)


@rule(
    "LD508",
    Gravity.SHOULD,
    _("启动条件是假定的"),
    remedy=_("由编制单位核定这些数字，把依据改为“有据”（recorded）并注明出处。"),
    bad="levels: {IV: {source: {status: assumed}}}",
    good="levels: {IV: {source: {status: recorded, cite: 示例 Ⅳ级}}}",
)
def assumed(plan: Plan) -> Iterator[Found]:
    """Find a level that begins by figures nobody has settled."""
    for key, level in plan.highest_first():
        parts = [one for one in clauses_of(level.when) if not isinstance(one, Unread)]
        guessed = [
            one
            for one in parts
            if (one.status or level.source_of("when").status) == Status.ASSUMED
        ]
        if guessed:
            what = f"{level_label(key)}的 {len(parts)} 款启动条件里有 {len(guessed)} 款是假定"
            yield Found(path=("levels", key, "when"), what=what)


@rule(
    "LD509",
    Gravity.SHOULD,
    _("写了有据，却看不出依据"),
    remedy=_("在“出处”（cite）里写明出自哪份文件哪一条，文件名列入“引用的文件”（sources）。"),
    bad="levels: {IV: {source: {status: recorded, cite: ''}}}",
    good="levels: {IV: {source: {status: recorded, cite: 示例 Ⅳ级}}}",
)
def not_cited(plan: Plan) -> Iterator[Found]:
    """Find a level that is said to be recorded, by no paper."""
    for key, level in _recorded(plan):
        if not level.source.cite:
            yield Found(
                path=("levels", key, "source"), what=f"{level_label(key)}写了有据，没有写出处"
            )


def _recorded(plan: Plan) -> Iterator[tuple[LevelKey, Level]]:
    for key, level in plan.highest_first():
        if level.source.status == Status.RECORDED:
            yield key, level
