"""The chapters a plan has to have by its kind (《突发事件应急预案管理办法》第八、十、十五、十六条)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from liandong.documents import Heading, Line, Part, Span, Text, Title, chinese
from liandong.plans.adapters.table import (
    conditions_grid,
    deciding_grid,
    groups_grid,
    measures_grid,
)
from liandong.plans.adapters.wording import BOUNDS, KINDS, MARKS, day_of_year
from liandong.plans.language import (
    Period,
    Plan,
    Status,
    Step,
    dictionary,
    level_label,
    parts_of,
    sentence,
)

WANTING: Final = "（平台中的预案没有这一部分的文字，请补写。）"


@dataclass(frozen=True)
class Writer:
    """A plan, and what its posts and bodies are called."""

    plan: Plan
    names: Mapping[str, str]

    def named(self, key: str) -> str:
        return self.names.get(key, key)


Chapter = Callable[[Writer], Iterator[Part]]


def front(writer: Writer) -> Iterator[Part]:
    """Title, number and dates."""
    paper = writer.plan.document
    yield Title(writer.plan.title)
    if paper.number:
        yield Line(paper.number)
    dates = [
        f"{day.year}年{day.month}月{day.day}日{what}"
        for day, what in ((paper.issued, "印发"), (paper.in_force, "施行"))
        if day
    ]
    if dates:
        yield Line(f"（{'，'.join(dates)}）")


def chapters(writer: Writer) -> Iterator[Part]:
    """Every chapter, numbered; of what the plan says nothing is said that it has to be written."""
    for at, (name, write) in enumerate(CHAPTERS[writer.plan.kind], start=1):
        yield Heading(f"{chinese(at)}、{name}")
        written = list(write(writer))
        yield from written or [Text([Span(WANTING, "missing")])]


def general(writer: Writer) -> Iterator[Part]:
    """What kind of plan it is, of what, by which papers, and how its bounds are read."""
    plan = writer.plan
    yield Text(f"本预案为{KINDS[plan.kind]}，适用的突发事件分类编码为 {plan.hazard}。")
    if plan.document.replaces:
        yield Text(f"本预案施行后，{plan.document.replaces}同时废止。")
    yield Text(BOUNDS[plan.bounds])
    yield Text(
        [
            "文中标有",
            MARKS[Status.ASSUMED],
            "的为编制时的假定，须由编制单位核定；标有",
            MARKS[Status.NOT_RECORDED],
            "的为原文未载，须补充。未标的见“来源说明”。",
        ]
    )
    for one in plan.periods:
        fact = dictionary().get(one.fact)
        label = fact.label if fact else one.fact
        yield Text(_period(one, label))


def _period(one: Period, label: str) -> str:
    """A period as papers say it; across the turn of the year, that it is."""
    next_year = "次年" if one.until < one.since else ""
    since, until = day_of_year(one.since), day_of_year(one.until)
    return f"每年{since}至{next_year}{until}认定为{label}。"


def command(writer: Writer) -> Iterator[Part]:
    """Which headquarters, and who decides what."""
    yield Text(f"指挥机构为{writer.named(writer.plan.headquarters)}。")
    yield Text("各级响应由谁建议、决定、同意和终止，见“启动条件及审批权限表”。")


def responsible(writer: Writer) -> Iterator[Part]:
    """Who is responsible, with what."""
    found: dict[str, list[str]] = {}
    for _place, step in _steps(writer.plan):
        found.setdefault(step.to, []).append(step.text)
    for key, texts in found.items():
        yield Text(f"{writer.named(key)}：{'；'.join(dict.fromkeys(texts))}。")


def response(writer: Writer) -> Iterator[Part]:
    """Levels, when each begins, who decides, what is done, and how it ends."""
    plan = writer.plan
    yield conditions_grid(plan)
    yield deciding_grid(plan, writer.names)
    what = "预警" if plan.kind == "warning" else "响应"
    for at, (key, level) in enumerate(plan.highest_first(), start=1):
        yield Heading(f"（{chinese(at)}）{level_label(key)}{what}", 2)
        if level.builds_on:
            yield Text(f"在{level_label(level.builds_on)}{what}各项措施之上，另有：")
        if level.steps:
            yield measures_grid(plan, key, writer.names)
        else:
            yield Text([Span("没有写措施。", "missing")])
    if plan.ends_when:
        yield Heading(f"（{chinese(len(plan.levels) + 1)}）响应终止", 2)
        yield Text("同时满足下列条件的，可以终止响应：")
        for at, part in enumerate(parts_of(plan.ends_when), start=1):
            mark = [MARKS[part.status]] if part.status and part.status in MARKS else []
            yield Text([f"（{at}）{sentence(part, dictionary())}", *mark, "。"])


def scene(writer: Writer) -> Iterator[Part]:
    """The field headquarters with its groups, and what is closed and guarded."""
    if writer.plan.field_post.groups:
        yield groups_grid(writer.plan, writer.names)
    yield from speaking("管制|管控|警戒|封闭|封控|疏散")(writer)


def reports(writer: Writer) -> Iterator[Part]:
    """Who reports what, how often."""
    yield from _listed(
        writer, [(place, step) for place, step in _steps(writer.plan) if step.do == "report"]
    )


def management(writer: Writer) -> Iterator[Part]:
    """From which papers the plan was written."""
    if writer.plan.sources:
        yield Text("本预案各处引用的文件：")
    for name, paper in writer.plan.sources.items():
        yield Text(f"{name}：{paper}")


def speaking(words: str) -> Chapter:
    """The measures that speak of something, each with where it stands."""

    def write(writer: Writer) -> Iterator[Part]:
        found = [
            (place, step) for place, step in _steps(writer.plan) if re.search(words, step.text)
        ]
        yield from _listed(writer, found)

    return write


def _listed(writer: Writer, found: list[tuple[str, Step]]) -> Iterator[Part]:
    if found:
        yield Text("下列措施与此有关，责任和时限见各级响应措施表：")
    for place, step in found:
        yield Text(f"{step.text}（{writer.named(step.to)}，{place}）。")


def _steps(plan: Plan) -> list[tuple[str, Step]]:
    return [
        (f"{level_label(key)}措施 {at}", step)
        for key, level in plan.highest_first()
        for at, step in enumerate(level.steps, start=1)
    ]


RISK = speaking("风险|隐患|危险|重点|巡查|排查|危害")
WATCH = speaking("监测|预警|预报|巡查|观测|叫应")
RESCUE = speaking("自救|互救|群众|转移|疏散|撤离|避险|救护|救治")
SUPPLY = speaking("队伍|物资|装备|调运|力量|应急队|保障|预置|车辆")
RECOVERY = speaking("恢复|重建|善后|评估|补偿|理赔")
SPREAD = speaking("预警|叫应|通知|广播|告知")
SPECIAL: tuple[tuple[str, Chapter], ...] = (
    ("总则", general),
    ("组织指挥机制", command),
    ("风险管控", RISK),
    ("监测预警", WATCH),
    ("信息报告", reports),
    ("组织自救互救", RESCUE),
    ("应急处置措施", response),
    ("现场管控", scene),
    ("队伍物资保障", SUPPLY),
    ("附则", management),
)
CHAPTERS: Final[dict[str, tuple[tuple[str, Chapter], ...]]] = {
    "overall": (
        ("总体要求", general),
        ("事件分类分级", speaking("分级|等级|级别")),
        ("预案体系构成", speaking("预案")),
        ("组织指挥体系与职责", command),
        ("风险防控", RISK),
        ("监测预警", WATCH),
        ("处置救援", response),
        ("现场指挥", scene),
        ("信息报告", reports),
        ("应急保障", SUPPLY),
        ("恢复重建", RECOVERY),
        ("预案管理", management),
    ),
    "special": SPECIAL,
    "departmental": SPECIAL,
    "township": (
        ("总则", general),
        ("预警信息传播", SPREAD),
        ("任务分工", responsible),
        ("处置措施", response),
        ("信息收集报告", reports),
        ("现场管理", scene),
        ("人员疏散与安置", RESCUE),
        ("附则", management),
    ),
    "village": (
        ("总则", general),
        ("风险点位", RISK),
        ("应急响应责任人", responsible),
        ("预警信息传播与响应", SPREAD),
        ("人员转移避险", RESCUE),
        ("处置措施", response),
        ("资源调用", SUPPLY),
        ("附则", management),
    ),
    "unit": (
        ("总则", general),
        ("响应责任人", responsible),
        ("风险隐患监测", RISK),
        ("信息报告", reports),
        ("预警和响应", SPREAD),
        ("处置措施", response),
        ("人员疏散转移", RESCUE),
        ("资源调用", SUPPLY),
        ("附则", management),
    ),
    "warning": (
        ("总则", general),
        ("组织指挥机制", command),
        ("预警期措施", response),
        ("附则", management),
    ),
}
