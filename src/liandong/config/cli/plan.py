"""``plan``: hold a plan against facts, with no node; beside it the check-up."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from liandong.config.cli import plan_diff, plan_lint, plan_word, printing
from liandong.config.cli.options import Json
from liandong.config.cli.plan_texts import reading, text_of, text_of_file
from liandong.config.cli.wording import Command, Group
from liandong.kernel.problems import Problem
from liandong.plans.language import (
    STATUS_LABELS,
    ClauseFinding,
    Grading,
    LevelFinding,
    NextThreshold,
    Plan,
    SeverityFinding,
    TooManyCasesError,
    Verdict,
    dictionary,
    grade,
    grade_severity,
    level_label,
    load,
    read_given,
    severity_tables,
)

app = typer.Typer(cls=Group, help="预案：研判、体检、比对，Word 进出。", no_args_is_help=True)

SIGNS: Final = {Verdict.MET: "✓", Verdict.NOT_MET: "–", Verdict.UNDETERMINED: "?"}
WORDS: Final = {
    Verdict.MET: "满足",
    Verdict.NOT_MET: "不满足",
    Verdict.UNDETERMINED: "未定",
}


@app.callback()
def plans() -> None:
    """Keep each deed a word of its own."""


plan_lint.register(app)
plan_diff.register(app)
plan_word.register(app)


@app.command(
    "grade",
    cls=Command,
    help="按预案研判：各级是否满足、凭哪一条、还要问谁、离下一级差多少。",
)
def grade_plan(
    plan: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="预案的 YAML 文件，或随平台提供的预案的代号，如 flood-drought。",
        ),
    ],
    facts: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            show_default=False,
            help="事实的 YAML 或 JSON 文件，每项写值，或 {value, at, source}；不给即一无所知。",
        ),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Grade a plan; exits 0 whatever the levels are, 1 where a file does not hold."""
    with reading(plan):
        document = load(text_of(plan))
    with reading(str(facts)):
        given = read_given(text_of_file(facts) if facts else "{}", dictionary())
    try:
        grading = grade(document, given.facts, at=given.at, areas=given.areas)
    except TooManyCasesError as tangled:
        raise Problem(
            str(tangled), place=plan, remedy="请把同一事实的条件合并，或先查明所列的事实。"
        ) from None
    tables = severity_tables(document.hazard)
    severities = [grade_severity(table, given.facts) for table in tables]
    if as_json:
        printing.show_json(_data(document, grading, severities))
        return
    for line in _lines(document, grading, severities):
        printing.line(line)


def _data(plan: Plan, grading: Grading, severities: list[SeverityFinding]) -> dict[str, Any]:
    found = [
        {
            "table": one.table.key,
            "title": one.table.title,
            "basis": one.table.basis,
            "status": one.table.status,
            "at_least": one.at_least,
            "still_open": one.still_open,
            "summary": one.summary,
        }
        for one in severities
    ]
    return {
        "title": plan.title,
        "bounds": plan.bounds,
        **grading.as_data(),
        "severities": found,
    }


def _lines(plan: Plan, grading: Grading, severities: list[SeverityFinding]) -> Iterator[str]:
    yield plan.title
    yield grading.summary
    for level in grading.levels:
        yield ""
        yield from _level_lines(level)
    asked = (f"{one.ask}：{one.question}  ({one.fact})" for one in grading.questions)
    yield from _part("还要问：", asked)
    yield from _part("离上面的级别：", map(_ahead, grading.next_thresholds))
    yield from _part("事件级别，与响应级别各是各的：", map(_severity, severities))


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading with its lines; nothing where there are none."""
    listed = [f"  {line}" for line in lines]
    yield from ("", heading, *listed) if listed else ()


def _ahead(one: NextThreshold) -> str:
    way = "再降" if one.is_falling else "再增"
    return (
        f"{one.label} {one.value} {one.unit}，{way} {one.distance} {one.unit}"
        f"到 {one.threshold} {one.unit}（{level_label(one.level)}）"
    )


def _severity(one: SeverityFinding) -> str:
    table = one.table
    return f"{table.title}：{one.summary}（{table.basis}，{STATUS_LABELS[table.status]}）"


def _level_lines(level: LevelFinding) -> Iterator[str]:
    source = f"（{STATUS_LABELS[level.status]}{' ' + level.cite if level.cite else ''}）"
    yield f"{SIGNS[level.verdict]} {level.label}  {WORDS[level.verdict]}{source}"
    for clause in level.clauses:
        differs = "" if clause.status == level.status else STATUS_LABELS[clause.status]
        yield from _clause_lines(clause, differs)


def _clause_lines(clause: ClauseFinding, status: str) -> Iterator[str]:
    cited = " ".join(part for part in (status, clause.cite) if part)
    cite = f"  〔{cited}〕" if cited else ""
    yield f"  {SIGNS[clause.verdict]} {clause.sentence}{cite}"
    for one in clause.compared:
        told = "，".join(
            part for part in (one.source, one.at.isoformat() if one.at else "") if part
        )
        known = f"{one.shown}{f'（{told}）' if told else ''}"
        yield f"      {one.label}：{known if one.shown else '未问到'}"
