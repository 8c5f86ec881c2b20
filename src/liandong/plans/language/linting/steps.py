"""Rules about single steps: an end to each, words that can be carried out, one thing at a time."""

import re
from collections.abc import Iterator
from typing import Final

from liandong.plans.language.conditions import Condition
from liandong.plans.language.document import DEED_LABELS, Plan, Step
from liandong.plans.language.durations import duration_label
from liandong.plans.language.facts import dictionary
from liandong.plans.language.levels import LevelKey, level_label
from liandong.plans.language.linting.example import CORDON, SITREP, with_steps
from liandong.plans.language.linting.once import once_a_plan
from liandong.plans.language.linting.rule import Found, Gravity, rule
from liandong.plans.language.problems import Path
from liandong.plans.language.truth import TooManyCasesError, Verdict, formula, verdict_of
from liandong.plans.language.wording import gettext_noop as _

LONGEST: Final = 80
ENDED_BY_DEADLINE: Final = frozenset({"order", "release"})
ENDED_BY_ANSWER: Final = frozenset({"request", "call_out"})
# Characters of the verbs in which orders are given; a text with none of them asks for nothing.
VERBS: Final = re.compile(
    "[报撤转移疏封停关开启设立派调运送救援治护抢修查巡守值告知通发布劝组织指挥落实保障核验登记"
    "采取实施执行做备集召研判协商请求支拨供排清除扑灭防加强监测汇总编制签领配备置安抚接收交办"
    "赴到进入宣暂扣禁限制管控警戒搜寻消毒隔离采样检洗]"
)
JOINED: Final = re.compile("[；;。][^；;。]")


@rule(
    "LD301",
    Gravity.MUST,
    _("没有时限"),
    remedy=_(
        "写上“完成限”（finish_within），如 1小时；请求支援和叫应至少写“复诵限”（acknowledge_within）。"
    ),
    bad=with_steps(
        "id: cordon, do: order, to: public-security, text: 封闭火场周边道路, acknowledge_within: PT5M, proof: [photo]",
        SITREP,
    ),
    good=with_steps(CORDON, SITREP),
)
def no_deadline(plan: Plan) -> Iterator[Found]:
    """Find a step that can never be overdue."""
    for path, _key, step in steps_in(plan):
        answered = step.acknowledge_within or step.finish_within
        if (step.do in ENDED_BY_DEADLINE and not step.finish_within) or (
            step.do in ENDED_BY_ANSWER and not answered
        ):
            yield Found(path=path, what=f"“{_short(step)}”没有时限，超时也不会催办")


@rule(
    "LD302",
    Gravity.MUST,
    _("报告没有频次"),
    remedy=_("写上“每隔多久一次”（every），如 2小时；只报一次的写“完成限”（finish_within）。"),
    bad=with_steps(
        CORDON, "id: sitrep, do: report, to: fire-office.director, text: 汇总火情形成续报"
    ),
    good=with_steps(CORDON, SITREP),
)
def no_frequency(plan: Plan) -> Iterator[Found]:
    """Find a report that says neither when nor how often."""
    for path, _key, step in steps_in(plan):
        if step.do == "report" and not step.every and not step.finish_within:
            yield Found(path=path, what=f"“{_short(step)}”没有写多久报一次")


@rule(
    "LD303",
    Gravity.MUST,
    _("复诵的时限不早于完成的时限"),
    remedy=_(
        "复诵应在接令后几分钟内；改小“复诵限”（acknowledge_within），或改大“完成限”（finish_within）。"
    ),
    bad=with_steps(
        "id: cordon, do: order, to: public-security, text: 封闭火场周边道路, acknowledge_within: PT1H, finish_within: PT40M, proof: [photo]",
        SITREP,
    ),
    good=with_steps(CORDON, SITREP),
)
def late_answer(plan: Plan) -> Iterator[Found]:
    """Find a step that should be finished before it need be read back."""
    for path, _key, step in steps_in(plan):
        if (
            step.acknowledge_within
            and step.finish_within
            and step.acknowledge_within >= step.finish_within
        ):
            what = (
                f"“{_short(step)}”要求{duration_label(step.finish_within)}内完成，"
                f"却允许{duration_label(step.acknowledge_within)}才复诵"
            )
            yield Found(path=path, what=what)


@rule(
    "LD304",
    Gravity.MUST,
    _("反复的指令没有尽头"),
    remedy=_(
        "给指令写上“完成限”（finish_within），写明做到何时为止；定时报情况的，“做法”选报告（do: report）。"
    ),
    bad=with_steps(
        "id: patrol, do: order, to: forestry, text: 巡查火场四周, every: PT1H, proof: [text]",
        SITREP,
    ),
    good=with_steps(
        "id: patrol, do: order, to: forestry, text: 巡查火场四周, every: PT1H, acknowledge_within: PT5M, finish_within: PT24H, proof: [text]",
        SITREP,
    ),
)
def endless(plan: Plan) -> Iterator[Found]:
    """Find something other than a report that is asked for again and again."""
    for path, _key, step in steps_in(plan):
        if step.do != "report" and step.every and not step.finish_within:
            every = duration_label(step.every)
            yield Found(path=path, what=f"“{_short(step)}”每{every}一次，没有写到何时为止")


@rule(
    "LD305",
    Gravity.MUST,
    _("一次也轮不到"),
    remedy=_("间隔应短于本级的预计期限。"),
    bad=with_steps(
        CORDON,
        "id: sitrep, do: report, to: fire-office.director, text: 汇总火情形成续报, every: P3D",
        more="expected: P1D, ",
    ),
    good=with_steps(CORDON, SITREP, more="expected: P1D, "),
)
def too_seldom(plan: Plan) -> Iterator[Found]:
    """Find something repeated whose first turn comes after the level's expected end."""
    for path, key, step in steps_in(plan):
        expected = plan.levels[key].expected
        if step.every and expected and step.every >= expected:
            what = (
                f"“{_short(step)}”每{duration_label(step.every)}一次，"
                f"而{level_label(key)}响应预计{duration_label(expected)}"
            )
            yield Found(path=path, what=what)


@rule(
    "LD306",
    Gravity.MUST,
    _("措施的条件永远不能成立，或总是成立"),
    remedy=_("核对“仅当”（when）、“等到”（waits_for）里的数字；总是成立的删去。"),
    bad=with_steps(
        "id: cordon, do: order, to: public-security, text: 封闭火场周边道路, when: {burned_ha: {at_least: 9, below: 5}}, acknowledge_within: PT5M, finish_within: PT40M, proof: [photo]",
        SITREP,
    ),
    good=with_steps(
        "id: cordon, do: order, to: public-security, text: 封闭火场周边道路, when: {burned_ha: {at_least: 5}}, acknowledge_within: PT5M, finish_within: PT40M, proof: [photo]",
        SITREP,
    ),
)
def idle_condition(plan: Plan) -> Iterator[Found]:
    """Find a condition of a step, or of the end, that decides nothing."""
    if plan.ends_when and (said := _settled(plan.ends_when, plan)):
        yield Found(path=("ends_when",), what=f"终止条件{said}")
    for path, _key, step in steps_in(plan):
        for word, condition in (("when", step.when), ("waits_for", step.waits_for)):
            if condition and (said := _settled(condition, plan)):
                yield Found(path=(*path, word), what=f"“{_short(step)}”的条件{said}")


@rule(
    "LD307",
    Gravity.SHOULD,
    _("没有复诵时限"),
    remedy=_("写上“复诵限”（acknowledge_within），如 5分钟；否则不知道对方收到没有。"),
    bad=with_steps(
        "id: cordon, do: order, to: public-security, text: 封闭火场周边道路, finish_within: PT40M, proof: [photo]",
        SITREP,
    ),
    good=with_steps(CORDON, SITREP),
)
def no_answer(plan: Plan) -> Iterator[Found]:
    """Find an order of which nobody would know whether it arrived."""
    for path, _key, step in steps_in(plan):
        if step.do == "order" and step.finish_within and not step.acknowledge_within:
            yield Found(path=path, what=f"“{_short(step)}”没有复诵时限")


@rule(
    "LD308",
    Gravity.SHOULD,
    _("没有写凭什么算完成"),
    remedy=_("选“凭据”（proof）：照片、清单、文字等，便于核验。"),
    bad=with_steps(
        "id: cordon, do: order, to: public-security, text: 封闭火场周边道路, acknowledge_within: PT5M, finish_within: PT40M",
        SITREP,
    ),
    good=with_steps(CORDON, SITREP),
)
def no_proof(plan: Plan) -> Iterator[Found]:
    """Find an order that is finished when somebody says so."""
    for path, _key, step in steps_in(plan):
        if step.do == "order" and not step.proof:
            yield Found(path=path, what=f"“{_short(step)}”没有写完成后交什么")


@rule(
    "LD309",
    Gravity.SHOULD,
    _("看不出要做什么"),
    remedy=_("用动词写明要做的事，如“封闭”“转移”“报告”。"),
    bad=with_steps(
        "id: cordon, do: order, to: public-security, text: 火场周边道路, acknowledge_within: PT5M, finish_within: PT40M, proof: [photo]",
        SITREP,
    ),
    good=with_steps(CORDON, SITREP),
)
def no_verb(plan: Plan) -> Iterator[Found]:
    """Find a text that names a thing and asks for nothing."""
    for path, _key, step in steps_in(plan):
        if not VERBS.search(step.text):
            yield Found(path=(*path, "text"), what=f"“{_short(step)}”里没有动词")


@rule(
    "LD310",
    Gravity.SHOULD,
    _("一条措施写得太长，或写了几件事"),
    remedy=_("拆成几条，各有各的单位和时限。"),
    bad=with_steps(
        "id: cordon, do: order, to: public-security, text: 封闭火场周边道路；组织群众转移到学校, acknowledge_within: PT5M, finish_within: PT40M, proof: [photo]",
        SITREP,
    ),
    good=with_steps(CORDON, SITREP),
)
def several_things(plan: Plan) -> Iterator[Found]:
    """Find a text of several sentences, or one nobody reads out on the telephone."""
    for path, _key, step in steps_in(plan):
        if JOINED.search(step.text):
            yield Found(path=(*path, "text"), what=f"“{_short(step)}”里写了几件事")
        elif len(step.text) > LONGEST:
            yield Found(path=(*path, "text"), what=f"“{_short(step)}”有 {len(step.text)} 个字")


@once_a_plan
def steps_in(plan: Plan) -> list[tuple[Path, LevelKey, Step]]:
    """Every step where it is written."""
    return [
        (("levels", key, "steps", at), key, step)
        for key, level in plan.highest_first()
        for at, step in enumerate(level.steps)
    ]


@once_a_plan
def steps_by_level(plan: Plan) -> dict[LevelKey, dict[str, Step]]:
    """All steps of each level by their ids, those of the levels it builds on first."""
    return {key: {step.id: step for step in plan.steps_of(key)} for key in plan.levels}


def _short(step: Step) -> str:
    text = step.text if len(step.text) <= 24 else step.text[:23] + "…"
    return f"{DEED_LABELS[step.do]}：{text}"


def _settled(condition: Condition, plan: Plan) -> str:
    try:
        verdict = verdict_of(formula(condition, dictionary(), plan.bounds), {})
    except TooManyCasesError:
        return ""
    return {Verdict.MET: "总是成立", Verdict.NOT_MET: "永远不能成立"}.get(verdict, "")
