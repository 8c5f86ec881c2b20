"""The tables a plan must have (办法 第十、十七条): 启动条件及审批权限、措施、工作组、通讯联络、来源说明."""

from collections.abc import Iterator, Mapping, Sequence

from liandong.documents import Grid, Span
from liandong.documents.parts import Words
from liandong.plans.adapters.wording import (
    ALTOGETHER,
    CONDITION_HEAD,
    CONDITIONS,
    CONTACT_HEAD,
    DECIDING,
    DECIDING_HEAD,
    DEEDS,
    EITHER,
    GROUP_HEAD,
    MARKS,
    MEASURE_HEAD,
    PROOFS,
    SOURCE_HEAD,
    UNREAD,
)
from liandong.plans.language import (
    STATUS_LABELS,
    Condition,
    Deciders,
    Inform,
    Level,
    LevelKey,
    Plan,
    Replacement,
    Source,
    Status,
    Step,
    clauses_of,
    dictionary,
    duration_label,
    level_label,
    need_said,
    sentence,
)
from liandong.plans.language.document import DEADLINES
from liandong.plans.queries import Contact

Names = Mapping[str, str]


def conditions_grid(plan: Plan) -> Grid:
    """When each level begins, clause by clause, and where that was read."""
    rows: list[Sequence[Words]] = []
    for key, level in plan.highest_first():
        source = level.source_of("when")
        for at, clause in enumerate(clauses_of(level.when), start=1):
            said: Words = [
                sentence(clause, dictionary()),
                *_mark(clause.status or source.status),
            ]
            rows.append((level_label(key), str(at), said, _cited(clause, source)))
        if level.when is None:
            rows.append((level_label(key), "—", [Span(UNREAD, "missing")], source.cite or "—"))
    return Grid(CONDITIONS, CONDITION_HEAD, (14, 12, 90, 50), rows)


def deciding_grid(plan: Plan, names: Names) -> Grid:
    """Who proposes, decides, consents, is told and ends, level by level."""
    rows = [_deciding(key, level, names) for key, level in plan.highest_first()]
    return Grid(DECIDING, DECIDING_HEAD, (14, 25, 28, 24, 28, 25, 18), rows)


def measures_grid(plan: Plan, key: LevelKey, names: Names) -> Grid:
    """What is done at a level, by whom and by when."""
    places = _places(plan, key)
    level = plan.levels[key]
    rows = [
        _measure(at, step, level, names, places) for at, step in enumerate(level.steps, start=1)
    ]
    what = "预警" if plan.kind == "warning" else "响应"
    return Grid(
        f"{level_label(key)}{what}措施表", MEASURE_HEAD, (9, 58, 27, 18, 20, 16, 14), rows
    )


def groups_grid(plan: Plan, names: Names) -> Grid:
    """The groups of the field headquarters."""
    rows = [
        (
            one.label,
            names.get(one.leads or "", one.leads or "—"),
            "、".join(names.get(member, member) for member in one.members) or "—",
        )
        for one in plan.field_post.groups
    ]
    return Grid("现场指挥部工作组", GROUP_HEAD, (30, 30, 96), rows)


def contacts_grid(contacts: Sequence[Contact]) -> Grid:
    """Whom to call; what nobody knows, or the reader may not see, stays to be filled in."""
    rows = [
        (one.label, "、".join(one.people), "、".join(one.phones), _why_not(one))
        for one in contacts
    ]
    return Grid("通讯联络表", CONTACT_HEAD, (50, 36, 42, 28), rows)


def _why_not(one: Contact) -> str:
    return "电话按权限未列" if one.withheld else ""


def sources_grid(plan: Plan, names: Names) -> Grid:
    """Where every figure comes from: recorded, assumed, not recorded."""
    rows = [row for key, level in plan.highest_first() for row in _sources(key, level, names)]
    return Grid("来源说明", SOURCE_HEAD, (14, 66, 18, 58), rows)


def deciders_said(deciders: Deciders | None, names: Names) -> str:
    """Say who decides; several of them, and whether together or any one."""
    if deciders is None:
        return ""
    posts = "、".join(names.get(one, one) for one in deciders.posts)
    if len(deciders.posts) < 2:
        return posts
    return f"{posts}（{ALTOGETHER if deciders.all_of else EITHER}）"


def _deciding(key: LevelKey, level: Level, names: Names) -> Sequence[Words]:
    said = {
        "proposes": names.get(level.proposes or "", level.proposes or ""),
        "decides": deciders_said(level.decides, names),
        "consent": names.get(level.consent or "", level.consent or ""),
        "informs": "；".join(_told(one, names) for one in level.informs),
        "ends": deciders_said(level.ends, names),
        "expected": duration_label(level.expected) if level.expected else "",
    }
    cells: list[Words] = [
        [text, *_mark(level.source_of(field).status)] if text else "—"
        for field, text in said.items()
    ]
    return [level_label(key), *cells]


def _told(one: Inform, names: Names) -> str:
    return f"{names.get(one.post, one.post)}（{duration_label(one.within)}内）"


def _measure(
    at: int, step: Step, level: Level, names: Names, places: Mapping[str, str]
) -> Sequence[Words]:
    def figure(field: str, said: str) -> Words:
        return [said, *_mark(level.source_of_step(step, field).status)] if said else "—"

    finish = [f"{duration_label(step.finish_within)}内"] if step.finish_within else []
    every = [f"每{duration_label(step.every)}一次"] if step.every else []
    return (
        str(at),
        figure("text", "".join(_said(step, names))),
        figure("to", names.get(step.to, step.to)),
        figure(
            "acknowledge_within",
            f"{duration_label(step.acknowledge_within)}内" if step.acknowledge_within else "",
        ),
        figure("finish_within" if finish else "every", "；".join(finish + every)),
        "、".join(places.get(one, one) for one in step.after) or "—",
        "、".join(PROOFS[one] for one in step.proof) or "—",
    )


def _said(step: Step, names: Names) -> Iterator[str]:
    """A measure in words, with all that hangs on it behind."""
    if step.do != "order":
        yield DEEDS[step.do]
    yield step.text
    wanted = (need_said(one.model_dump()) for one in step.needs)
    behind = (
        ("启动预案：{}", step.plan or ""),
        ("仅当{}", sentence(step.when, dictionary()) if step.when else ""),
        ("等到{}", sentence(step.waits_for, dictionary()) if step.waits_for else ""),
        ("需 {}", "、".join(wanted)),
        ("与 {} 为同一措施", step.same_as or ""),
        ("不能执行时{}", _instead(step, names)),
    )
    yield from (f"（{form.format(said)}）" for form, said in behind if said)


def _instead(step: Step, names: Names) -> str:
    other = step.otherwise
    if isinstance(other, Replacement):
        return f"由{names.get(other.to, other.to)}：{other.text}"
    return f"改由{'、'.join(names.get(one, one) for one in other)}" if other else ""


def _places(plan: Plan, key: LevelKey) -> dict[str, str]:
    """Where a step stands that others come after: its number here, or in the table of a lower level."""
    found: dict[str, str] = {}
    base = plan.levels[key].builds_on
    while base and base in plan.levels:
        for at, step in enumerate(plan.levels[base].steps, start=1):
            found.setdefault(step.id, f"{level_label(base)}{at}")
        base = plan.levels[base].builds_on
    return found | {step.id: str(at) for at, step in enumerate(plan.levels[key].steps, 1)}


def _sources(key: LevelKey, level: Level, names: Names) -> Iterator[Sequence[Words]]:
    sign = level_label(key)
    yield _sourced(sign, "启动条件", level.source_of("when"))
    for field, label in (
        ("proposes", "建议人"),
        ("decides", "决定人"),
        ("consent", "须经同意"),
        ("informs", "报告"),
        ("ends", "终止决定人"),
        ("expected", "预计期限"),
    ):
        if getattr(level, field):
            yield _sourced(sign, label, level.source_of(field))
    for at, step in enumerate(level.steps, start=1):
        yield _sourced(sign, f"措施 {at}：{step.text}", level.source_of_step(step, "text"))
        who, own = level.source_of_step(step, "to"), level.source_of_step(step, "text")
        if who != own:
            unit = names.get(step.to, step.to)
            yield _sourced(sign, f"措施 {at} 由{unit}办理", who)
    given = [(at, one) for at, one in enumerate(level.steps, 1) if _has_deadline(one)]
    timed = {level.source_of_step(step, f) for _at, step in given for f in DEADLINES}
    for source in sorted(timed, key=lambda one: (one.status, one.cite)):
        yield _sourced(sign, "各项时限", source)


def _has_deadline(step: Step) -> bool:
    return any(getattr(step, field) for field in DEADLINES)


def _sourced(sign: str, what: str, source: Source) -> Sequence[Words]:
    label = STATUS_LABELS[source.status]
    mark = MARKS[source.status].mark if source.status in MARKS else ""
    return (sign, what, [Span(label, mark)], source.cite or "—")


def _mark(status: Status) -> list[Span]:
    return [MARKS[status]] if status in MARKS else []


def _cited(clause: Condition, source: Source) -> str:
    return clause.cite or source.cite or "—"
