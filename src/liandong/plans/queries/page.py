"""A plan as its page shows it: each level, clause and step with where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass

from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.plans.language import (
    DEED_LABELS,
    Level,
    LevelKey,
    Plan,
    Replacement,
    Shares,
    Source,
    Status,
    Step,
    clauses_of,
    deciders_sentence,
    dictionary,
    duration_label,
    level_label,
    parts_of,
    sentence,
    shares_of,
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A sentence of a plan and where it comes from."""

    text: str
    status: Status
    cite: str = ""


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A step in words."""

    id: str
    deed: str
    text: str
    to: Line
    times: tuple[Line, ...]
    after: tuple[str, ...]
    condition: str
    waits_for: str
    otherwise: str
    measure: Line


@dataclass(frozen=True, kw_only=True)
class LevelPage:
    """A level in words."""

    key: LevelKey
    label: str
    source: Line
    shares: Shares
    clauses: tuple[Line, ...]
    roles: tuple[tuple[str, Line], ...]
    builds_on: str
    steps: tuple[StepLine, ...]


def level_pages(plan: Plan, names: Mapping[str, str]) -> list[LevelPage]:
    """Say every level of a plan, the highest first; posts without a name stand with their key."""
    return [level_page(key, level, names) for key, level in plan.highest_first()]


def end_lines(plan: Plan) -> list[Line]:
    """What must hold before a response ends, part by part; nothing where the plan does not say."""
    return [
        Line(
            text=sentence(part, dictionary()),
            status=part.status or Status.RECORDED,
            cite=part.cite,
        )
        for part in parts_of(plan.ends_when)
    ]


def group_lines(plan: Plan, names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The groups of the field headquarters: name, who leads, who works in it."""
    return [
        (
            group.label,
            names.get(group.leads or "", group.leads or ""),
            "、".join(names.get(member, member) for member in group.members),
        )
        for group in plan.field_post.groups
    ]


def level_page(key: LevelKey, level: Level, names: Mapping[str, str]) -> LevelPage:
    """Say one level."""
    source = level.source_of("when")
    return LevelPage(
        key=key,
        label=_(level_label(key)),
        source=_line("", source),
        shares=shares_of(level),
        clauses=tuple(
            Line(
                text=sentence(clause, dictionary()),
                status=clause.status or source.status,
                cite=clause.cite,
            )
            for clause in clauses_of(level.when)
        ),
        roles=tuple(_roles(level, names)),
        builds_on=_(level_label(level.builds_on)) if level.builds_on else "",
        steps=tuple(step_line(step, level, names) for step in level.steps),
    )


def _roles(level: Level, names: Mapping[str, str]) -> list[tuple[str, Line]]:
    told = listed(
        _("%(post)s（%(length)s内）")
        % {"post": names.get(one.post, one.post), "length": duration_label(one.within)}
        for one in level.informs
    )
    said = {
        "proposes": (_("建议"), names.get(level.proposes or "", level.proposes or "")),
        "decides": (
            _("决定"),
            deciders_sentence(level.decides, names) if level.decides else "",
        ),
        "consent": (_("须经同意"), names.get(level.consent or "", level.consent or "")),
        "informs": (_("报告"), told),
        "ends": (_("终止"), deciders_sentence(level.ends, names) if level.ends else ""),
        "expected": (_("预计期限"), duration_label(level.expected) if level.expected else ""),
    }
    return [
        (label, _line(text, level.source_of(field)))
        for field, (label, text) in said.items()
        if text
    ]


def step_line(step: Step, level: Level, names: Mapping[str, str]) -> StepLine:
    """Say one step, as the level that has it says where things come from."""
    times = (
        ("acknowledge_within", step.acknowledge_within, _("{}内复诵")),
        ("finish_within", step.finish_within, _("{}内完成")),
        ("every", step.every, _("每{}一次")),
    )
    return StepLine(
        id=step.id,
        deed=_(DEED_LABELS[step.do]),
        text=step.text,
        to=_line(names.get(step.to, step.to), level.source_of_step(step, "to")),
        times=tuple(
            _line(form.format(duration_label(length)), level.source_of_step(step, figure))
            for figure, length, form in times
            if length
        ),
        after=tuple(step.after),
        condition=sentence(step.when, dictionary()) if step.when else "",
        waits_for=sentence(step.waits_for, dictionary()) if step.waits_for else "",
        otherwise=listed(_alternative(one, step, names) for one in step.alternatives),
        measure=_line(step.text, level.source_of_step(step, "text")),
    )


def _alternative(one: Replacement, step: Step, names: Mapping[str, str]) -> str:
    post = names.get(one.to, one.to)
    if one.text == step.text:
        return post
    return _("%(post)s（%(text)s）") % {"post": post, "text": one.text}


def _line(text: str, source: Source) -> Line:
    return Line(text=text, status=source.status, cite=source.cite)
